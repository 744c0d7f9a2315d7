import { homedir } from "node:os";
import { Uri, window, workspace } from "vscode";
import { hostPortText, readHostPort } from "../../common/host-port.ts";
import type { LanguageHost } from "../../language/index.ts";
import { activeRequestEditor, type Documents, isSendable } from "../documents.ts";
import type { InspectTarget, ShownState } from "./inspected.ts";

export interface TargetPorts {
  readonly documents: Documents;
  readonly host: LanguageHost;
  readonly shown: { readonly state: ShownState };
}

/** Asks for a server: the one of the request at the cursor is suggested, else the one of what the panel shows. Undefined: dismissed. */
export async function askTarget({ documents, host, shown }: TargetPorts): Promise<InspectTarget | undefined> {
  const document = settingsPlace();
  const text = await window.showInputBox({
    title: "Inspect TLS",
    prompt: "The server to look at; no request is sent to it",
    placeHolder: "api.example.com:8443",
    value: (await serverAtCursor(documents, host)) ?? lastServer(shown.state),
    validateInput: problemOf,
    ignoreFocusOut: true,
  });
  const server = text === undefined ? undefined : readHostPort(text.trim());
  return server && { ...server, document: document.toString() };
}

function problemOf(text: string): string | undefined {
  if (readHostPort(text.trim())) return undefined;
  if (/^\s*http:/i.test(text)) return "http: has no TLS to look at. Write a host and its port.";
  return "Write a host with an optional port, such as api.example.com:8443.";
}

/** The language is a bundle of its own, which a request file in an editor has loaded already. */
async function serverAtCursor(documents: Documents, host: LanguageHost): Promise<string | undefined> {
  const editor = activeRequestEditor();
  if (!editor) return undefined;
  const { document, selection } = editor;
  const { serverAt } = await import("../../language/index.ts");
  return serverAt(documents.language(document), document.offsetAt(selection.active), host);
}

function lastServer(state: ShownState): string {
  if (state.kind === "inspected") return hostPortText(state.target);
  const server = state.kind === "finished" ? readHostPort(state.exchange.request.url) : undefined;
  return server ? hostPortText(server) : "";
}

/** The document in the editor where it is one of a folder, else the first folder; without any, the person's own settings count. */
function settingsPlace(): Uri {
  const document = window.activeTextEditor?.document;
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
  if (document && (isSendable(document) || workspace.getWorkspaceFolder(document.uri)?.uri.scheme === "file"))
    return document.uri;
  return folder?.uri ?? Uri.file(homedir());
}
