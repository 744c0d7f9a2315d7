import {
  applyEdits,
  findNodeAtLocation,
  type JSONPath,
  modify,
  type Node,
  type ParseError,
  parseTree,
} from "jsonc-parser";
import { err, ok, type Result } from "../common/result.ts";
import { parseHostPattern, samePattern } from "../settings/host-pattern.ts";

/** What an entry of `padlock.hosts` says of authorities and of the client's identity; paths as they are written there. */
export interface HostSettings {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  readonly pfx?: string;
  readonly passphrase?: string;
}

/** `padlock.hosts`, by host pattern. */
export type Hosts = Readonly<Record<string, HostSettings>>;

export interface EditedSettings {
  readonly text: string;
  /** Patterns whose entry shows another client certificate, which was left as it is. */
  readonly kept: readonly string[];
}

/** A settings file: `.vscode/settings.json` or a `.code-workspace`; text undefined where there is none yet. */
export interface SettingsText {
  readonly file: string;
  readonly text: string | undefined;
}

const identityMembers = ["cert", "key", "pfx", "passphrase"] as const;

/**
 * The settings with these hosts added: authorities to those that an entry has, an identity where it has none or
 * `replace` says so. Comments and everything else stay as they are. The reason, as a full sentence, where the text is
 * not JSON with comments.
 */
export function withHosts(settings: SettingsText, hosts: Hosts, replace: boolean): Result<EditedSettings, string> {
  const editor = new Editor(settings);
  const kept: string[] = [];
  for (const [pattern, entry] of Object.entries(hosts)) {
    const path = editor.entryPath(pattern);
    if (!editor.find(path)) {
      editor.set(path, entry);
      continue;
    }
    for (const file of entry.ca ?? []) editor.append([...path, "ca"], file);
    const differs = identityMembers.some((name) => editor.value([...path, name]) !== entry[name]);
    const hasOwn = identityMembers.some((name) => editor.find([...path, name]));
    const brings = entry.cert !== undefined || entry.pfx !== undefined;
    if (!brings || !differs) continue;
    if (hasOwn && !replace) kept.push(pattern);
    else for (const name of identityMembers) editor.set([...path, name], entry[name]);
  }
  return editor.problem === undefined ? ok({ text: editor.text, kept }) : err(editor.problem);
}

/**
 * The settings with one more authority: in the entry at `path` (from `padlock.hosts` on), or in a new one that says what
 * `entry` says beside it.
 */
export function withAuthority(
  settings: SettingsText,
  path: readonly string[],
  file: string,
  entry: Readonly<Record<string, unknown>>,
): Result<string, string> {
  const editor = new Editor(settings);
  const [, ...steps] = path.map((step, index) => (index > 1 && /^\d+$/.test(step) ? Number(step) : step));
  const at = editor.inHosts(steps);
  if (editor.find(at)) editor.append([...at, "ca"], file);
  else editor.set(at, { ...entry, ca: [...(Array.isArray(entry["ca"]) ? entry["ca"] : []), file] });
  return editor.problem === undefined ? ok(editor.text) : err(editor.problem);
}

/** One text that is changed step by step, each time at one place of it. */
class Editor {
  readonly #top: JSONPath;
  readonly #format: { readonly insertSpaces: boolean; readonly tabSize: number; readonly eol: string };
  #text: string;
  #tree: Node | undefined;
  #problem: string | undefined;

  constructor({ file, text }: SettingsText) {
    this.#text = text === undefined || text.trim() === "" ? "{}\n" : text;
    this.#top = file.endsWith(".code-workspace") ? ["settings"] : [];
    const errors: ParseError[] = [];
    this.#tree = parseTree(this.#text, errors, { allowTrailingComma: true });
    const isSettings = errors.length === 0 && this.#tree?.type === "object";
    if (!isSettings) this.#problem = "The settings file is not valid JSON with comments: mend it first.";
    const indent = /^([ \t]+)"/m.exec(this.#text)?.[1] ?? "  ";
    const insertSpaces = !indent.startsWith("\t");
    this.#format = {
      insertSpaces,
      tabSize: insertSpaces ? indent.length : 4,
      eol: this.#text.includes("\r\n") ? "\r\n" : "\n",
    };
  }

  get text(): string {
    return this.#text;
  }

  /** Why the text cannot be changed, as a full sentence. */
  get problem(): string | undefined {
    return this.#problem;
  }

  inHosts(steps: JSONPath): JSONPath {
    return [...this.#top, "padlock.hosts", ...steps];
  }

  /** Of the entry for a pattern, however its key is spelled; in a list of entries of the one for every environment. */
  entryPath(pattern: string): JSONPath {
    const hosts = this.find(this.inHosts([]));
    const keys = (hosts?.type === "object" && hosts.children) || [];
    const key = keys.map((property) => String(property.children?.[0]?.value)).find((known) => isSame(known, pattern));
    const path = this.inHosts([key ?? pattern]);
    const found = this.find(path);
    if (found?.type !== "array") return path;
    const entries = found.children ?? [];
    const index = entries.findIndex((_, at) => !this.find([...path, at, "environment"]));
    return [...path, index < 0 ? entries.length : index];
  }

  find(path: JSONPath): Node | undefined {
    return this.#tree && findNodeAtLocation(this.#tree, path);
  }

  value(path: JSONPath): unknown {
    return this.find(path)?.value;
  }

  /** `undefined` removes what is there. */
  set(path: JSONPath, value: unknown): void {
    if (value === undefined && !this.find(path)) return;
    this.#modify(path, value, typeof path.at(-1) === "number" && !this.find(path));
  }

  /** To a list, which is made as needed; not twice. */
  append(path: JSONPath, item: string): void {
    const list = this.find(path);
    const items = (list?.type === "array" && list.children) || [];
    if (list?.type !== "array") this.set(path, [item]);
    else if (!items.some(({ value }) => value === item)) this.#modify([...path, items.length], item, true);
  }

  #modify(path: JSONPath, value: unknown, isArrayInsertion: boolean): void {
    if (this.#problem !== undefined) return;
    try {
      const edits = modify(this.#text, path, value, { formattingOptions: this.#format, isArrayInsertion });
      this.#text = applyEdits(this.#text, edits);
      this.#tree = parseTree(this.#text, [], { allowTrailingComma: true });
    } catch {
      // jsonc-parser's way to say that what holds the place is neither an object nor a list.
      this.#problem = `${path.filter((step) => step !== "settings").join(" › ")} cannot be set: what holds it is no object. Mend it first.`;
    }
  }
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [parseHostPattern(a), parseHostPattern(b)];
  return one.ok && other.ok ? samePattern(one.value, other.value) : a === b;
}
