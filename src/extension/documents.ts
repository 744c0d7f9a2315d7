import { basename, join } from "node:path";
import { Range, type TextDocument, type TextEditor, type Uri, window, workspace } from "vscode";
import type { TextRange } from "../common/range.ts";
import { parse } from "../syntax/index.ts";
import type { RequestFile } from "../syntax/nodes.ts";
import { languageId } from "./manifest.ts";
import { requestKey } from "./request-key.ts";
import type { SendTarget } from "./request-runner.ts";
import { workspaceRoot } from "./workspace-settings.ts";

/** The language's documents of any kind: diagnostics, outline and folding work without a disk, and in Restricted Mode. */
export const anyRequestFile = { language: languageId };

/** The documents that can be sent: body and certificate files need a folder on a disk, unsaved files take the workspace's. */
const sendableSchemes = ["file", "untitled"] as const;
export const sendableRequestFile = sendableSchemes.map((scheme) => ({ language: languageId, scheme }));

/** Parses each version of a document once, whoever asks. */
export class Documents {
  readonly #parsed = new WeakMap<TextDocument, { readonly version: number; readonly file: RequestFile }>();

  parse(document: TextDocument): RequestFile {
    const known = this.#parsed.get(document);
    if (known?.version === document.version) return known.file;
    const file = parse(document.getText());
    this.#parsed.set(document, { version: document.version, file });
    return file;
  }

  /** What is needed to send a block of the document as it stands now, saved or not; undefined where it holds no request. */
  target(document: TextDocument, block: number): SendTarget | undefined {
    const file = this.parse(document);
    const key = requestKey(file, block);
    const request = file.blocks[block]?.request;
    if (!key || !request) return undefined;
    return {
      document: document.uri.toString(),
      key,
      source: {
        name: key.name ?? null,
        method: request.method?.text ?? "GET",
        url: request.url.text,
        file: workspace.asRelativePath(document.uri, false),
        line: document.positionAt(request.lineRange.start).line + 1,
      },
      text: file.text,
      file: pathOf(document.uri),
    };
  }
}

export function isRequestDocument(document: TextDocument): boolean {
  return document.languageId === languageId;
}

export function isSendable(document: TextDocument): boolean {
  return isRequestDocument(document) && sendableSchemes.some((scheme) => scheme === document.uri.scheme);
}

/** The editor to act on: the active one, if it holds a request file. */
export function activeRequestEditor(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return editor && isRequestDocument(editor.document) ? editor : undefined;
}

export function editorRange(document: TextDocument, { start, end }: TextRange): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** An unsaved document has no folder: it is read as if it stood in the workspace folder. */
function pathOf(uri: Uri): string {
  return uri.scheme === "file" ? uri.fsPath : join(workspaceRoot(uri), basename(uri.path));
}
