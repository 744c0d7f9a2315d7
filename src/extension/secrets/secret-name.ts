export const secretNameRule = "A name is letters, digits, “_”, “-” and “.”, and at most 100 of them.";

/** What can stand behind `$secret` in every editor and on every shell. */
export function isSecretName(value: unknown): value is string {
  return typeof value === "string" && /^[\w.-]{1,100}$/.test(value);
}
