import { type LogOutputChannel, ProgressLocation, Uri, window, workspace } from "vscode";
import { hostPortText } from "../../common/host-port.ts";
import type { InspectionView } from "../../protocol/inspection-view.ts";
import type { EngineHost } from "../engine-host.ts";
import { plain } from "../text.ts";
import { readWorkspaceSettings } from "../workspace-settings.ts";
import { type Inspected, type InspectTarget, shownTarget } from "./inspected.ts";
import { askTarget, type TargetPorts } from "./target.ts";

export interface InspectPorts extends TargetPorts {
  readonly engine: Pick<EngineHost, "get">;
  readonly log: LogOutputChannel;
  /** The active environment; "" for none. */
  environmentName(document: Uri): string;
  /** In the panel. */
  show(inspected: Inspected): void;
}

/** What the panel asks for: to look at the server of what it shows. */
export interface InspectRequest {
  /** Of the exchange or of the inspection. */
  readonly id: string;
}

let running: AbortController | undefined;

/**
 * “Inspect TLS”: a handshake with a server as the settings of the folder say, and nothing sent. One at a time: a newer
 * one ends the one before.
 */
export async function inspectTls(ports: InspectPorts, request?: InspectRequest): Promise<void> {
  if (!workspace.isTrusted) return tell("Padlock connects to no server in Restricted Mode. Trust the folder first.");
  const target = request ? shownTarget(ports.shown.state, request.id) : await askTarget(ports);
  if (!target) return;
  if (typeof target === "string") return tell(target);
  running?.abort();
  const abort = new AbortController();
  running = abort;
  const inspection = await withProgress(target, abort, () => look(target, ports, abort.signal));
  if (running === abort) running = undefined;
  const { code } = inspection.failure ?? {};
  ports.log.info(
    plain(`Inspected ${hostPortText(target)}: ${inspection.verdict.text}${code ? ` [${code}]` : ""}`, 300),
  );
  // What the panel shows stays there.
  if (code !== "canceled") ports.show({ kind: "inspected", target, inspection });
}

async function look(
  { host, port, document }: InspectTarget,
  { engine, environmentName }: InspectPorts,
  signal: AbortSignal,
): Promise<InspectionView> {
  const uri = Uri.parse(document);
  const [loaded, settings] = await Promise.all([engine.get(), readWorkspaceSettings(uri)]);
  const trusted = workspace.isTrusted;
  return loaded.inspect({ host, port, settings, trusted, environmentName: environmentName(uri), signal });
}

function withProgress<T>(target: InspectTarget, abort: AbortController, run: () => Promise<T>): Thenable<T> {
  const title = `Inspecting the TLS of ${plain(hostPortText(target))}`;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      return run();
    },
  );
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}
