import { applyEdits, type FormattingOptions, modify, parse } from "jsonc-parser";

/**
 * The text of a private environment file with one variable more, its comments and layout kept. Undefined where it is no
 * JSON object, and where the environment has a variable of that name already. `text`: "" for a new file.
 */
export function withVariable(text: string, environment: string, name: string, value: string): string | undefined {
  const whole = text.trim() === "" ? "{}\n" : text;
  const root: unknown = parse(whole, [], { allowTrailingComma: true });
  if (!isRecord(root)) return undefined;
  const own = Object.hasOwn(root, environment) ? root[environment] : {};
  if (!isRecord(own) || Object.hasOwn(own, name)) return undefined;
  const eol = /\r\n|\n/.exec(whole)?.[0] ?? "\n";
  const tabSize = /^\t/m.test(whole) ? undefined : /^( +)\S/m.exec(whole)?.[1]?.length;
  const formattingOptions: FormattingOptions = { insertSpaces: !/^\t/m.test(whole), tabSize: tabSize ?? 2, eol };
  return applyEdits(whole, modify(whole, [environment, name], value, { formattingOptions }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
