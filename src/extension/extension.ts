import { randomUUID } from "node:crypto";
import { type ExtensionContext, Uri, window, workspace } from "vscode";
import { processEnvironment } from "../secrets/index.ts";
import { RequestLenses } from "./code-lenses.ts";
import { DemoWorkspace } from "./demo-workspace.ts";
import { Documents } from "./documents.ts";
import { EngineHost } from "./engine-host.ts";
import { startEnvironments } from "./environments/start.ts";
import { ExchangeCommands } from "./exchange-commands.ts";
import { logLine } from "./exchange-log.ts";
import { EditorLanguageHost } from "./language/host.ts";
import { startLanguage } from "./language/start.ts";
import { category } from "./manifest.ts";
import { Outcomes } from "./outcomes.ts";
import { contentOf } from "./panel/panel-content.ts";
import { ResponsePanel } from "./panel/response-panel.ts";
import { handlePanelMessage } from "./panel-requests.ts";
import { ReadOnlyDocuments } from "./read-only-documents.ts";
import { registerCommands } from "./register-commands.ts";
import { earlierKey } from "./request-key.ts";
import { RequestRunner, type RunState } from "./request-runner.ts";
import { RunStatus } from "./run-status.ts";
import { allowSecret } from "./secrets/allow-secret.ts";
import { askValue } from "./secrets/prompt.ts";
import { StoredSecrets } from "./secrets/stored-secrets.ts";
import { SendCommands } from "./send-commands.ts";
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
  const secrets = new StoredSecrets(context.secrets);
  const engine = new EngineHost({ environment, secret: (name) => secrets.get(name), prompt: askValue });
  const environments = startEnvironments(context.workspaceState);
  const host = new EditorLanguageHost({
    environment,
    engine,
    files: environments.files,
    choice: environments.choice,
    documentation: Uri.joinPath(context.extensionUri, "README.md").toString(),
  });

  const runner = new RequestRunner({
    isTrusted: () => workspace.isTrusted,
    engine: () => engine.get(),
    settings: ({ document }) => readWorkspaceSettings(Uri.parse(document)),
    environmentName: ({ document }) => environments.choice.nameFor(Uri.parse(document)),
    newId: randomUUID,
    now: () => performance.now(),
    onState: (state) => showState(state),
    onExchange: ({ document, key }, exchange) => {
      outcomes.set(document, key, exchange);
      log.info(logLine(exchange));
    },
    onEarlierExchange: (target, exchange) => {
      const key = earlierKey(target, exchange);
      if (key) outcomes.set(target.document, key, exchange);
      log.info(logLine(exchange));
    },
  });
  const lenses = new RequestLenses(documents, outcomes, runner);
  const status = new RunStatus(() => lenses.refresh());
  const panel = new ResponsePanel(context.extensionUri, {
    onMessage: (message) => {
      handlePanelMessage(message, { runner, send, exchange, log }).catch((error: unknown) => log.error(String(error)));
    },
    onProblem: (text) => log.error(text),
  });
  const send = new SendCommands(documents, runner, panel);
  const exchange = new ExchangeCommands(runner, documents, readOnly);

  const showState = (state: RunState) => {
    panel.show(() => contentOf(state, performance.now()));
    status.show(state);
  };
  stop = async () => {
    runner.cancel();
    await Promise.allSettled([engine.close(), demo.close()]);
  };

  context.subscriptions.push(
    log,
    status,
    ...panel.register(),
    ...readOnly.register(),
    ...environments.register(),
    ...lenses.register(),
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
        "padlock.deleteSecret": () => secrets.delete(),
        "padlock.allowSecret": (request) => allowSecret(request),
        "padlock.openSettings": () => exchange.openSettings(),
        "padlock.openDemo": () => demo.open(),
        "padlock.showLog": () => log.show(),
      },
      log,
    ),
  );
  startLanguage(host, documents, environments.onDidChange).then(
    (language) => context.subscriptions.push(language),
    (error: unknown) => log.error("The language features did not start:", String(error)),
  );
  demo.resume().catch((error: unknown) => log.error("The demo did not start:", String(error)));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
