import type { RequestBlock, RequestFile } from "../syntax/index.ts";
import type { LanguageDocument } from "./document.ts";
import type { LanguageHost } from "./host.ts";
import { blockTitle } from "./request-title.ts";

/** A file whose variables and named requests a document can use, with its URI. */
export interface KnownFile {
  readonly uri: string;
  readonly file: RequestFile;
}

/** Who gives a variable its value where no file defines it. */
export type VariableSource =
  /** `@prompt` and `@secret-prompt`: a person is asked. */
  | { readonly kind: "prompt"; readonly isSecret: boolean }
  /** `@capture`: a part of the response to a request. */
  | { readonly kind: "capture"; readonly isSecret: boolean; readonly request: string };

/** A request that references, `@ref` and `run` can name. */
export interface KnownRequest {
  readonly name: string;
  /** It has a request, or `run` lines that send others. */
  readonly block: RequestBlock;
  readonly uri: string;
}

/** A file that imports thousands of others is a mistake or an attack. */
const mostFiles = 100;

/** The document and the files that it imports, directly or through others: the nearest import first, each once. */
export async function knownFiles(document: LanguageDocument, host: LanguageHost): Promise<readonly KnownFile[]> {
  const files: KnownFile[] = [{ uri: document.uri, file: document.file }];
  const seen = new Set([document.uri]);
  for (let next = 0; next < files.length && files.length < mostFiles; next++) {
    const from = files[next];
    const paths = from?.file.blocks.flatMap(({ imports }) => imports.map(({ path }) => path.text)) ?? [];
    for (const path of paths.slice(0, mostFiles)) {
      const imported = from && (await host.imported(from.uri, path));
      if (!imported || seen.has(imported.uri)) continue;
      seen.add(imported.uri);
      files.push(imported);
    }
  }
  return files;
}

/** The last part of a URI's path, for people. */
export function fileName(uri: string): string {
  const last = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** The first of each name. */
export function knownRequests(files: readonly KnownFile[]): readonly KnownRequest[] {
  const byName = new Map<string, KnownRequest>();
  for (const { uri, file } of files) {
    for (const block of file.blocks) {
      const { name } = block;
      if (!name || byName.has(name.text) || (!block.request && block.runs.length === 0)) continue;
      byName.set(name.text, { name: name.text, block, uri });
    }
  }
  return [...byName.values()];
}

/** The names that directives give a value, in the order of the file. */
export function answeredNames(file: RequestFile): ReadonlyMap<string, VariableSource> {
  return new Map(file.blocks.flatMap((block) => (block.directives.length === 0 ? [] : [...answersOf(block)])));
}

/** The names that the directives of one block give a value: questions count in this block alone. */
export function answersOf(block: RequestBlock): ReadonlyMap<string, VariableSource> {
  const answers = new Map<string, VariableSource>();
  for (const { name: directive, value } of block.directives) {
    const [name, source] = answerOf(directive.text, value.text, block) ?? [];
    if (name !== undefined && source && !answers.has(name)) answers.set(name, source);
  }
  return answers;
}

function answerOf(directive: string, value: string, block: RequestBlock): [string, VariableSource] | undefined {
  if (directive === "prompt" || directive === "secret-prompt") {
    const [name] = /^[^\s={}]+/.exec(value) ?? [];
    return name === undefined ? undefined : [name, { kind: "prompt", isSecret: directive === "secret-prompt" }];
  }
  if (directive !== "capture") return undefined;
  const [, secret, name] = /^(secret[ \t]+(?=[^\s=]))?([^\s={}]+)[ \t]*=/.exec(value) ?? [];
  if (name === undefined) return undefined;
  return [name, { kind: "capture", isSecret: secret !== undefined, request: blockTitle(block) ?? "" }];
}
