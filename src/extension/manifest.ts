/**
 * Every name that package.json and the code share. The code uses only these, and a test holds package.json to them,
 * so that neither side can name a command, a setting or a context key that the other does not know.
 */

export const languageId = "https";
export const category = "Padlock";
export const panelViewType = "padlock.response";
/** Schemes of the read-only documents that show a body or a certificate in an editor. */
export const readOnlyScheme = "padlock";

interface CommandContribution {
  readonly title: string;
  /** A codicon, only for commands that stand in a title bar. */
  readonly icon?: string;
  /** When the command palette offers it; "false" for commands that need arguments, absent: always. */
  readonly palette?: string;
}

const whenHttps = "editorLangId == https";
const whenTrusted = "isWorkspaceTrusted";
const whenExchange = "padlock.hasExchange";

const commands = {
  "padlock.send": { title: "Send Request", icon: "$(play)", palette: whenHttps },
  "padlock.sendBlock": { title: "Send This Request", palette: "false" },
  "padlock.sendAgain": { title: "Send Again", icon: "$(refresh)", palette: whenExchange },
  "padlock.cancel": { title: "Cancel Request", icon: "$(debug-stop)", palette: "padlock.running" },
  "padlock.showResponse": { title: "Show Response", palette: whenExchange },
  "padlock.revealRequest": { title: "Go to Request", palette: whenExchange },
  "padlock.openBody": { title: "Open Response Body in Editor", palette: whenExchange },
  "padlock.saveBody": { title: "Save Response Body As...", palette: whenExchange },
  "padlock.copyBody": { title: "Copy Response Body", palette: whenExchange },
  "padlock.copyReport": { title: "Copy Report as JSON", palette: whenExchange },
  "padlock.copyAsCurl": { title: "Copy Request as cURL", palette: whenExchange },
  "padlock.selectEnvironment": { title: "Select Environment", palette: whenHttps },
  "padlock.setSecret": { title: "Set Secret", palette: whenTrusted },
  "padlock.listSecrets": { title: "List Secrets", palette: whenTrusted },
  "padlock.deleteSecret": { title: "Delete Secret", palette: whenTrusted },
  "padlock.allowSecret": { title: "Allow Secret for Host", palette: "false" },
  "padlock.moveSecret": { title: "Move Secret to Environment Variable", palette: "false" },
  "padlock.trustAuthority": { title: "Trust CA for This Host...", palette: `${whenTrusted} && ${whenExchange}` },
  "padlock.inspect": { title: "Inspect TLS...", palette: whenTrusted },
  "padlock.createCertificates": { title: "Create Development Certificates...", palette: whenTrusted },
  "padlock.openSettings": { title: "Open Settings" },
  "padlock.openDemo": { title: "Open Demo Workspace" },
  "padlock.showCookies": { title: "Show Cookies", palette: whenTrusted },
  "padlock.clearCookies": { title: "Clear Cookies", palette: whenTrusted },
  "padlock.showHistory": { title: "Show History" },
  "padlock.clearHistory": { title: "Clear History" },
  "padlock.showLog": { title: "Show Log" },
} as const satisfies Record<string, CommandContribution>;

export type CommandId = keyof typeof commands;

export const commandTable: Readonly<Record<CommandId, CommandContribution>> = commands;

/** Keys in full. The engine reads all but `editorSettings`, as the CLI does. */
export const settings = {
  hosts: "padlock.hosts",
  secrets: "padlock.secrets",
  publicEnv: "padlock.publicEnv",
  outsidePaths: "padlock.outsidePaths",
  unverifiedHosts: "padlock.unverifiedHosts",
  plainHttpHosts: "padlock.plainHttpHosts",
  timeout: "padlock.timeout",
  maxBodySize: "padlock.maxBodySize",
  diagnostics: "padlock.diagnostics",
  codeLens: "padlock.codeLens.enabled",
  historyLimit: "padlock.history.limit",
  historyPersist: "padlock.history.persist",
} as const;

/** Those that the engine never sees: they change what the editor shows, not what is sent. */
export const editorSettings: readonly string[] = [
  settings.diagnostics,
  settings.codeLens,
  settings.historyLimit,
  settings.historyPersist,
];

/** Those that weaken something: VS Code takes them from the person's own settings only (`"scope": "machine"`). */
export const machineSettings: readonly string[] = [
  settings.outsidePaths,
  settings.unverifiedHosts,
  settings.plainHttpHosts,
];

/** Those that the engine wants to have as the person set them, apart from the workspace's. */
export const personSettings: readonly string[] = [
  settings.hosts,
  settings.secrets,
  settings.publicEnv,
  ...machineSettings,
];

/** What decides where a request may go and who is trusted: read only in a trusted workspace. */
export const restrictedSettings: readonly string[] = [
  settings.hosts,
  settings.secrets,
  settings.publicEnv,
  settings.timeout,
  settings.maxBodySize,
  ...machineSettings,
];

export const contextKeys = {
  running: "padlock.running",
  hasExchange: "padlock.hasExchange",
} as const;

/** Where the extension keeps what a person chose: the state of the workspace, and the prefix of a stored secret. */
export const storageKeys = {
  environments: "padlock.environments",
  secretPrefix: "padlock.secret.",
} as const;

/** The file that marks the demo workspace; only its folder in the extension's own storage counts. */
export const demoMarker = ".padlock-demo.json";

/** What VS Code does not derive by itself from commands and languages. */
export const activationEvents: readonly string[] = [
  `onLanguage:${languageId}`,
  `onWebviewPanel:${panelViewType}`,
  `workspaceContains:${demoMarker}`,
];
