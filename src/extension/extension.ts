import { randomUUID } from "node:crypto";
import { type ExtensionContext, Uri, window, workspace } from "vscode";
import type { HostMessage } from "../protocol/messages.ts";
import { processEnvironment } from "../secrets/index.ts";
import { RequestLenses } from "./code-lenses.ts";
import { CookieCommands } from "./cookies/cookie-commands.ts";
import { DemoWorkspace } from "./demo-workspace.ts";
import { Documents, pathOf } from "./documents.ts";
import { EngineHost } from "./engine-host.ts";
import { startEnvironments } from "./environments/start.ts";
import { ExchangeCommands } from "./exchange-commands.ts";
import { logExchange } from "./exchange-log.ts";
import { HistoryCommands } from "./history/history-commands.ts";
import { openHistory, otherDocument, watchHistorySettings } from "./history/open-history.ts";
import { ShownExchange } from "./history/shown-exchange.ts";
import type { InspectRequest } from "./inspect/inspect-tls.ts";
import type { Inspected } from "./inspect/inspected.ts";
import { EditorLanguageHost } from "./language/host.ts";
import { startLanguage } from "./language/start.ts";
import { removeLeftoverBodies } from "./leftover-bodies.ts";
import { category, contextKeys } from "./manifest.ts";
import { Outcomes } from "./outcomes.ts";
import { contentOf } from "./panel/panel-content.ts";
import { ResponsePanel } from "./panel/response-panel.ts";
import { handlePanelMessage } from "./panel-requests.ts";
import { ReadOnlyDocuments } from "./read-only-documents.ts";
import { registerCommands } from "./register-commands.ts";
import { earlierKey } from "./request-key.ts";
import { RequestRunner, type RunState } from "./request-runner.ts";
import { RunStatus, setContext } from "./run-status.ts";
import { allowSecret } from "./secrets/allow-secret.ts";
import { allowedHosts } from "./secrets/allowed-hosts.ts";
import { askConsent } from "./secrets/consent.ts";
import { MoveSecret } from "./secrets/move-secret.ts";
import { askValue } from "./secrets/prompt.ts";
import { SecretStore } from "./secrets/secret-store.ts";
import { StoredNames } from "./secrets/stored-names.ts";
import { StoredSecrets } from "./secrets/stored-secrets.ts";
import { SendCommands } from "./send-commands.ts";
import type { TrustRequest } from "./trust/trust-authority.ts";
import { readWorkspaceSettings } from "./workspace-settings.ts";

let stop: (() => Promise<void>) | undefined;

/** Builds the parts and joins them. The engine is not loaded here: that is for the first Send. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel(category, { log: true });
  const documents = new Documents();
  const outcomes = new Outcomes();
  const readOnly = new ReadOnlyDocuments();
  const demo = new DemoWorkspace(context.globalStorageUri);
  const ownEnvironment = processEnvironment();
  const environment = {
    get: (name: string) => (Object.hasOwn(demo.environment, name) ? demo.environment[name] : ownEnvironment.get(name)),
  };
  const secretStore = new SecretStore(context.secrets, () => workspace.isTrusted);
  const secrets = new StoredSecrets(secretStore, allowedHosts);
  const storedNames = new StoredNames(secretStore);
  const bodyFolder = Uri.joinPath(context.globalStorageUri, "bodies").fsPath;
  void removeLeftoverBodies(bodyFolder);
  const engine = new EngineHost({
    bodyFolder,
    environment,
    secret: (name) => secretStore.get(name),
    prompt: (question, signal) => runner.asking(() => askValue(question, signal)),
    consent: (question, signal) => runner.asking(() => askConsent(question, sendingDocument(runner), signal)),
  });
  const environments = startEnvironments(context.workspaceState);
  const host = new EditorLanguageHost({
    environment,
    isStored: (name) => storedNames.has(name),
    engine,
    files: environments.files,
    choice: environments.choice,
    documentation: Uri.joinPath(context.extensionUri, "README.md").toString(),
  });

  const environmentOf = (document: string) => environments.choice.nameFor(Uri.parse(document));
  const cookies = new CookieCommands(engine, (document) => environmentOf(document.toString()));
  const history = openHistory(context, (text) => log.warn(text));
  const runner = new RequestRunner({
    isTrusted: () => workspace.isTrusted,
    engine: () => engine.get(),
    settings: ({ document }) => readWorkspaceSettings(Uri.parse(document)),
    environmentName: ({ document }) => environmentOf(document),
    newId: randomUUID,
    now: () => performance.now(),
    onState: (state) => showState(state),
    onExchange: ({ document, key }, exchange) => {
      outcomes.set(document, key, exchange);
      logExchange(exchange, log);
      history.add({ document, key, environment: environmentOf(document), exchange });
    },
    onEarlierExchange: (target, exchange) => {
      const { document } = target;
      const key = earlierKey(target, exchange) ?? null;
      if (key) outcomes.set(document, key, exchange);
      logExchange(exchange, log);
      const place = key ? document : otherDocument(document, exchange);
      history.add({ document: place, key, environment: environmentOf(document), exchange });
    },
  });
  const lenses = new RequestLenses(documents, outcomes, runner);
  const status = new RunStatus(() => lenses.refresh());
  const panel = new ResponsePanel(context.extensionUri, {
    onMessage: (message) => {
      const answer = (reply: HostMessage) => panel.answer(reply);
      const showCookies = () => cookies.show();
      handlePanelMessage(message, { runner, send, exchange, engine, log, answer, showCookies, trust, inspect }).catch(
        (error: unknown) => log.error(String(error)),
      );
    },
    onProblem: (text) => log.error(text),
  });
  const shown = new ShownExchange(runner, (document) => pathOf(Uri.parse(document)));
  const showShown = () => panel.show(() => contentOf(shown.state, performance.now()));
  const past = { shown, environmentName: (document: Uri) => environmentOf(document.toString()) };
  const { files, choice } = environments;
  const moveSecret = new MoveSecret({ documents, host, store: secretStore, environment, files, choice });
  const send = new SendCommands(documents, runner, panel, past);
  const exchange = new ExchangeCommands(shown, documents, readOnly, engine);
  const trust = async (request?: TrustRequest) => {
    const { trustAuthority } = await import("./on-demand/index.ts");
    const openCertificate = (index: number) => exchange.openCertificate(index);
    await trustAuthority({ ...past, openCertificate, sendAgain: () => send.sendAgain(), inspect }, request);
  };
  const inspect = async (request?: InspectRequest) => {
    const { inspectTls } = await import("./on-demand/index.ts");
    await inspectTls({ ...past, documents, host, engine, log, show: showInspected }, request);
  };
  const showInspected = (inspected: Inspected) => {
    shown.inspect(inspected);
    setContext(contextKeys.hasExchange, false);
    showShown();
    panel.reveal();
  };
  const historyCommands = new HistoryCommands(history, shown, panel, showShown);

  const showState = (state: RunState) => {
    shown.choose(undefined);
    showShown();
    status.show(state);
  };
  stop = async () => {
    runner.cancel();
    await Promise.allSettled([engine.close(), demo.close(), history.flush()]);
  };

  context.subscriptions.push(
    log,
    status,
    ...panel.register(),
    ...readOnly.register(),
    ...environments.register(),
    ...storedNames.register(context.secrets, (error) =>
      log.error("The stored secrets cannot be listed:", String(error)),
    ),
    ...lenses.register(),
    watchHistorySettings(history),
    ...registerCommands(
      {
        "padlock.send": () => send.sendAtCursor(),
        "padlock.sendBlock": (document, request) => send.sendBlock(document, request),
        "padlock.sendAgain": () => send.sendAgain(),
        "padlock.cancel": () => runner.cancel(),
        "padlock.showResponse": () => panel.reveal(),
        "padlock.revealRequest": () => exchange.revealRequest(),
        "padlock.openBody": () => exchange.openBody(),
        "padlock.saveBody": () => exchange.saveBody(),
        "padlock.copyBody": () => exchange.copyBody(),
        "padlock.copyReport": () => exchange.copyReport(),
        "padlock.copyAsCurl": () => exchange.copyAsCurl(),
        "padlock.selectEnvironment": (name) => environments.select(name),
        "padlock.setSecret": (name) => secrets.set(name),
        "padlock.listSecrets": () => secrets.list(),
        "padlock.deleteSecret": () => secrets.delete(),
        "padlock.allowSecret": (request) => allowSecret(request),
        "padlock.moveSecret": (request) => moveSecret.run(request),
        "padlock.trustAuthority": () => trust(),
        "padlock.inspect": () => inspect(),
        "padlock.createCertificates": async () => (await import("./on-demand/index.ts")).createCertificates(),
        "padlock.openSettings": () => exchange.openSettings(),
        "padlock.openDemo": () => demo.open(),
        "padlock.showCookies": () => cookies.show(),
        "padlock.clearCookies": () => cookies.clear(),
        "padlock.showHistory": () => historyCommands.show(),
        "padlock.clearHistory": () => historyCommands.clear(),
        "padlock.showLog": () => log.show(),
      },
      log,
    ),
  );
  startLanguage(host, documents, environments.onDidChange, storedNames.onDidChange).then(
    (language) => context.subscriptions.push(language),
    (error: unknown) => log.error("The language features did not start:", String(error)),
  );
  demo.resume().catch((error: unknown) => log.error("The demo did not start:", String(error)));
}

/** The request file that is being sent. */
function sendingDocument({ state }: RequestRunner): Uri | undefined {
  return state.kind === "running" ? Uri.parse(state.target.document) : undefined;
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
