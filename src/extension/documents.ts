import { basename, join } from "node:path";
import { Range, type TextDocument, type TextEditor, type Uri, window, workspace } from "vscode";
import type { TextRange } from "../common/range.ts";
import { LanguageDocument } from "../language/index.ts";
import type { RequestFile } from "../syntax/nodes.ts";
import { languageId } from "./manifest.ts";
import { requestKey } from "./request-key.ts";
import type { SendTarget } from "./request-runner.ts";
import { requestSource } from "./request-source.ts";
import { folderOf, workspaceRoot } from "./workspace-settings.ts";

/** The language's documents of any kind: diagnostics, outline and folding work without a disk, and in Restricted Mode. */
export const anyRequestFile = { language: languageId };

/** The documents that can be sent: body and certificate files need a folder on a disk, unsaved files take the workspace's. */
const sendableSchemes = ["file", "untitled"] as const;
export const sendableRequestFile = sendableSchemes.map((scheme) => ({ language: languageId, scheme }));

/** Parses each version of a document once, whoever asks. */
export class Documents {
  readonly #versions = new WeakMap<TextDocument, LanguageDocument>();

  /** The document as it stands now. */
  language(document: TextDocument): LanguageDocument {
    const known = this.#versions.get(document);
    if (known?.version === document.version) return known;
    const made = new LanguageDocument(document.uri.toString(), document.version, document.getText());
    this.#versions.set(document, made);
    return made;
  }

  parse(document: TextDocument): RequestFile {
    return this.language(document).file;
  }

  /** What is needed to send a block of the document as it stands now, saved or not; undefined where it sends nothing. */
  target(document: TextDocument, block: number): SendTarget | undefined {
    const { file, lines } = this.language(document);
    const key = requestKey(file, block);
    const source = requestSource(file, block, lines, workspace.asRelativePath(document.uri, false));
    if (!key || !source) return undefined;
    return {
      document: document.uri.toString(),
      key,
      source,
      text: file.text,
      file: pathOf(document.uri),
    };
  }
}

export function isRequestDocument(document: TextDocument): boolean {
  return document.languageId === languageId;
}

export function isSendable(document: TextDocument): boolean {
  return isRequestDocument(document) && hasDisk(document.uri);
}

/** A document that was never saved stands in the first folder, which may be elsewhere: in a virtual workspace. */
export function hasDisk(uri: Uri): boolean {
  const { workspaceFolders } = workspace;
  if (uri.scheme === "untitled" && workspaceFolders?.length) return folderOf(uri) !== undefined;
  return sendableSchemes.some((sendable) => sendable === uri.scheme);
}

/** The editor to act on: the active one, if it holds a request file. */
export function activeRequestEditor(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return editor && isRequestDocument(editor.document) ? editor : undefined;
}

export function editorRange(document: TextDocument, { start, end }: TextRange): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** The path for the engine. An unsaved document has no folder: it is read as if it stood in the workspace folder. */
export function pathOf(uri: Uri): string {
  return uri.scheme === "file" ? uri.fsPath : join(workspaceRoot(uri), basename(uri.path));
}
