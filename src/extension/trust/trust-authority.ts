import { Uri, type WorkspaceFolder, window, workspace } from "vscode";
import { hostPortText } from "../../common/host-port.ts";
import type { ExchangeView } from "../../protocol/exchange-view.ts";
import type { InspectionView } from "../../protocol/inspection-view.ts";
import { trustCandidate } from "../../protocol/trust-candidate.ts";
import { type RawSettings, readSettings, shownFile } from "../../settings/index.ts";
import { SettingsDocument } from "../../settings/settings-document.ts";
import type { ShownState } from "../inspect/inspected.ts";
import { settingsArrive } from "../settings-arrival.ts";
import { escapeControls, plain } from "../text.ts";
import { folderOf, readWorkspaceSettings } from "../workspace-settings.ts";
import { trustText } from "./trust-text.ts";

export interface TrustPorts {
  readonly shown: { readonly state: ShownState };
  environmentName(document: Uri): string;
  openCertificate(index: number): Promise<void>;
  sendAgain(): Promise<void>;
  /** `id`: of the inspection that is shown. */
  inspect(request: { readonly id: string }): Promise<void>;
}

/** What the panel asks for: a place in what it shows, never a certificate. */
export interface TrustRequest {
  /** Of the exchange or of the inspection. */
  readonly id: string;
  /** In the chain. */
  readonly index: number;
}

interface Refused {
  readonly shown: ExchangeView | InspectionView;
  readonly url: URL | null;
  readonly again: "Send Again" | "Inspect Again";
  readonly document: Uri;
  readonly folder: WorkspaceFolder;
  readonly index: number;
}

/**
 * “Trust this CA for this host”: shows a certificate of the chain that was refused, asks, writes it into the workspace
 * and names it in the settings. The certificate is the one that the extension itself received.
 */
export async function trustAuthority(ports: TrustPorts, request?: TrustRequest): Promise<void> {
  if (!workspace.isTrusted) return tell("Padlock trusts nobody in Restricted Mode. Trust the folder first.");
  const refused = findRefused(ports.shown.state, request);
  if (typeof refused === "string") return tell(refused);
  const { shown, url, again, document, folder, index } = refused;
  const certificate = shown.connection?.tls?.chain[index];
  if (!certificate || url?.protocol !== "https:") return tell("There is no host here that could be trusted.");
  const { checkAuthority, trustPlace } = await import("../../certs/index.ts");
  const check = checkAuthority(certificate.pem, index === 0, new Date());
  if (check.kind === "refused") return explain(`“${plain(certificate.subjectName)}” cannot be trusted`, check.reason);
  const raw = await readWorkspaceSettings(document);
  const settings = readSettings(raw);
  if (!settings.ok) return explain("The settings have to be mended first", settings.error[0]?.detail ?? "");
  const place = trustPlace(raw, settings.value, url, ports.environmentName(document));
  if (!place.ok) return explain("Padlock cannot write this setting", place.error);
  const { kind } = check;
  const { path, pattern, entry } = place.value;
  const shownSettings = shownFile(raw.root, raw.file);
  const text = trustText({ certificate, kind, pattern, settings: shownSettings, folder: folder.name });
  const chosen = await window.showWarningMessage(text.title, { modal: true, detail: text.detail }, ...text.buttons);
  if (chosen?.answer === "show") return ports.openCertificate(index);
  if (chosen?.answer !== "trust" || !workspace.isTrusted) return;
  const problem = await write(raw, folder, url, certificate.pem, path, entry);
  if (problem !== undefined) return explain("Nothing was trusted", problem);
  const done = `Padlock now trusts “${plain(certificate.subjectName)}” for ${plain(pattern)}.`;
  // Not awaited: the command is over.
  void window.showInformationMessage(done, again).then((answer) => {
    if (!answer) return undefined;
    return again === "Send Again" ? ports.sendAgain() : ports.inspect(shown);
  });
}

/** What is shown, where the server was refused for its chain; else what to tell. */
function findRefused(state: ShownState, request: TrustRequest | undefined): Refused | string {
  if (state.kind !== "finished" && state.kind !== "inspected") return "There is no response yet.";
  const isInspection = state.kind === "inspected";
  const shown = isInspection ? state.inspection : state.exchange;
  const url = URL.parse(isInspection ? `https://${hostPortText(state.target)}/` : state.exchange.request.url);
  const again = isInspection ? "Inspect Again" : "Send Again";
  const index = trustCandidate(shown);
  if (index === undefined) return "This request was not refused because of an unknown authority.";
  if (request && (request.id !== shown.id || request.index !== index))
    return "The panel shows another response by now.";
  const document = Uri.parse(state.target.document);
  const folder = folderOf(document);
  if (!folder) return "Open the folder of this request file: what is trusted is kept in its settings.";
  return { shown, url, again, document, folder, index };
}

/** @returns why nothing was written */
async function write(
  raw: RawSettings,
  folder: WorkspaceFolder,
  url: URL,
  pem: string,
  path: readonly string[],
  entry: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  const { saveAuthority, writeAuthority } = await import("../../certs/index.ts");
  const isOpen = workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.fsPath === raw.file);
  if (isOpen) return `${shownFile(raw.root, raw.file)} has changes that are not saved. Save it first.`;
  const saved = await saveAuthority(raw.root, url.hostname, pem);
  if (!saved.ok) return saved.error;
  const written = await writeAuthority(raw, path, saved.value.path, entry);
  if (!written.ok) {
    await saved.value.undo();
    return written.error;
  }
  const values = new SettingsDocument({ root: raw.root, file: raw.file, text: written.value.text }).values();
  await settingsArrive(folder.uri, values["padlock.hosts"]);
  return undefined;
}

async function explain(title: string, detail: string): Promise<void> {
  await window.showWarningMessage(title, { modal: true, detail: escapeControls(detail) });
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}
