/** Those of the values that stand in a text, as they are or encoded. */
export function hiddenIn(text: string, values: readonly string[]): string[] {
  return values.filter((value) =>
    [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString("base64url"),
      Buffer.from(value).toString("hex"),
    ].some((form) => text.includes(form)),
  );
}
