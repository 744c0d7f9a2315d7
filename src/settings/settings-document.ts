import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { SourceLocation } from "../common/range.ts";
import { isPassphraseReference } from "./placeholders.ts";
import type { RawSettings } from "./raw-settings.ts";
import type { SettingPath } from "./setting-path.ts";
import { shownFile } from "./shown-file.ts";

/** The settings that a refusal may ask a person to add a name or a host to. */
export type AddableSetting = "padlock.hosts" | "padlock.secrets" | "padlock.publicEnv";

/** The settings file's text with the places of its settings: JSON with comments and trailing commas. */
export class SettingsDocument {
  readonly file: string;
  readonly #text: string;
  readonly #root: Node | undefined;
  readonly #errors: readonly ParseError[];
  readonly #clear: readonly Node[];

  constructor(raw: Pick<RawSettings, "root" | "file" | "text">) {
    this.file = shownFile(raw.root, raw.file);
    this.#text = raw.text ?? "";
    const errors: ParseError[] = [];
    const options = { allowTrailingComma: true, disallowComments: false, allowEmptyContent: true };
    const tree = parseTree(this.#text, errors, options);
    this.#root = raw.file.endsWith(".code-workspace") ? memberOf(tree, "settings") : tree;
    this.#errors = errors;
    this.#clear = clearPassphrases(this.#root);
  }

  /** Own `padlock.*` members, and a `padlock` object, which is a slip that `readSettings` reports. */
  values(): Record<string, unknown> {
    const members = (this.#root?.type === "object" && this.#root.children) || [];
    return Object.fromEntries(
      members
        .map((property): [string, unknown] => [keyOf(property), plainValue(property.children?.[1])])
        .filter(([key]) => key === "padlock" || key.startsWith("padlock.")),
    );
  }

  /** Every syntax error, in plain words. */
  syntaxErrors(): { readonly words: string; readonly location: SourceLocation }[] {
    return this.#errors.map(({ error, offset, length }) => ({
      words: printParseErrorCode(error)
        .replace(/([a-z])([A-Z])/g, "$1 $2")
        .toLowerCase(),
      location: this.#locationOf(offset, length),
    }));
  }

  /** Keys that stand twice in one object of a `padlock.*` setting: JSON readers silently keep the last. */
  duplicates(): { readonly path: SettingPath; readonly location: SourceLocation }[] {
    const found: { path: SettingPath; location: SourceLocation }[] = [];
    const visit = (node: Node | undefined, path: SettingPath): void => {
      if (node?.type === "array") {
        for (const [index, element] of (node.children ?? []).entries()) visit(element, [...path, String(index)]);
      }
      if (node?.type !== "object") return;
      const seen = new Set<string>();
      for (const property of node.children ?? []) {
        const key = keyOf(property);
        if (path.length === 0 && !key.startsWith("padlock.")) continue;
        const keyNode = property.children?.[0];
        if (seen.has(key) && keyNode) {
          found.push({ path: [...path, key], location: this.#locationOf(keyNode.offset, keyNode.length) });
        }
        seen.add(key);
        visit(property.children?.[1], [...path, key]);
      }
    };
    visit(this.#root, []);
    return found;
  }

  /** Where a setting's value stands; its key where the value is an object or a list. */
  locate(path: SettingPath): SourceLocation | undefined {
    const { key, value } = this.#find(path);
    const node = key && (value?.type === "object" || value?.type === "array") ? key : (value ?? key);
    return node && this.#locationOf(node.offset, node.length);
  }

  /** Where a setting's key stands; its value for an element of a list. */
  locateKey(path: SettingPath): SourceLocation | undefined {
    const { key, value } = this.#find(path);
    const node = key ?? value;
    return node && this.#locationOf(node.offset, node.length);
  }

  /**
   * In words, how a person adds an entry to the object or list of a setting: text to paste, and where. A second setting
   * of the same name would be an error, so one that is there grows.
   */
  howToAdd(key: AddableSetting, entry: string): string {
    if (propertyOf(this.#root, key)) return `add ${entry} to "${key}" in ${this.file}`;
    const setting = `"${key}": ${key === "padlock.publicEnv" ? `[${entry}]` : `{ ${entry} }`}`;
    const isWorkspaceFile = this.file.endsWith(".code-workspace");
    if (this.#root) return `write this into ${isWorkspaceFile ? '"settings" of ' : ""}${this.file}: ${setting}`;
    return `write this into ${this.file}: ${isWorkspaceFile ? '"settings": ' : ""}{ ${setting} }`;
  }

  #find(path: SettingPath): { key: Node | undefined; value: Node | undefined } {
    let value = this.#root;
    let key: Node | undefined;
    for (const step of path) {
      if (value?.type === "array") {
        key = undefined;
        value = value.children?.[Number(step)];
      } else {
        const property: Node | undefined = propertyOf(value, step);
        key = property?.children?.[0];
        value = property?.children?.[1];
      }
    }
    return { key, value };
  }

  #locationOf(offset: number, length: number): SourceLocation {
    const before = this.#text.slice(0, offset);
    const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
    const line = before.split(/\r\n|[\n\r]/).length;
    const lineText = /^[^\r\n]*/.exec(this.#text.slice(lineStart))?.[0] ?? "";
    const column = offset - lineStart + 1;
    const endColumn = Math.min(column + length, lineText.length + 1);
    return { file: this.file, line, column, endColumn, lineText: this.#withoutPassphrases(lineText, lineStart) };
  }

  /** A passphrase that somebody wrote in clear into the settings must not travel further with an error message. */
  #withoutPassphrases(lineText: string, lineStart: number): string {
    return this.#clear.reduce((text, { offset, length }) => {
      const from = Math.max(offset - lineStart, 0);
      const to = Math.min(offset + length - lineStart, text.length);
      return from < to ? text.slice(0, from) + "•".repeat(to - from) + text.slice(to) : text;
    }, lineText);
  }
}

/** Members of a host's entry whose values may be shown: paths, names and limits. */
const shownMembers = new Set([
  ...["environment", "cert", "key", "pfx", "ca", "crl", "pins", "minVersion", "maxVersion", "ciphers", "groups"],
  ...["servername", "http2", "socket", "timeout"],
]);

/**
 * The values in `padlock.hosts` that may be a passphrase in clear: of `passphrase` itself, of any name that is not
 * known, because it may be a misspelt one, and of a proxy's URL with a user name.
 */
function clearPassphrases(root: Node | undefined): Node[] {
  const values = membersOf(memberOf(root, "padlock.hosts")).map(({ value }) => value);
  const entries = values.flatMap((value) => (value.type === "array" ? (value.children ?? []) : [value]));
  return entries
    .flatMap(membersOf)
    .filter(({ key, value }) => !shownMembers.has(key) && !isReference(value) && !isBareProxy(key, value))
    .map(({ value }) => value);
}

function isBareProxy(key: string, { value }: Node): boolean {
  return key === "proxy" && typeof value === "string" && !value.includes("@");
}

function isReference({ value }: Node): boolean {
  return typeof value === "string" && isPassphraseReference(value);
}

function membersOf(object: Node | undefined): { readonly key: string; readonly value: Node }[] {
  const properties = (object?.type === "object" && object.children) || [];
  return properties.flatMap((property) => {
    const value = property.children?.[1];
    return value ? [{ key: keyOf(property), value }] : [];
  });
}

function memberOf(object: Node | undefined, key: string): Node | undefined {
  return propertyOf(object, key)?.children?.[1];
}

/** The last one wins, as in `JSON.parse`. */
function propertyOf(object: Node | undefined, key: string): Node | undefined {
  return object?.type === "object" ? object.children?.findLast((property) => keyOf(property) === key) : undefined;
}

function keyOf(property: Node): string {
  return String(property.children?.[0]?.value);
}

/** Plain values in which a key such as `__proto__` is only a key. */
function plainValue(node: Node | undefined): unknown {
  if (node?.type === "array") return (node.children ?? []).map(plainValue);
  if (node?.type !== "object") return node?.value;
  return Object.fromEntries(
    (node.children ?? []).map((property) => [keyOf(property), plainValue(property.children?.[1])]),
  );
}
