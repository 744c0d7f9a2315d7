import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  activationEvents,
  category,
  commandTable,
  contextKeys,
  editorSettings,
  languageId,
  machineSettings,
  restrictedSettings,
  settings,
} from "../../../src/extension/manifest.ts";
import { codeFacts } from "../../../src/language/rules/codes.ts";

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly languages: readonly { readonly id: string }[];
    readonly snippets: readonly { readonly path: string }[];
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  };
}

const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const menuItems = Object.values(contributes.menus).flat();

test("package.json contributes the commands of the table, with their titles, icons and our category", () => {
  const expected = Object.entries(commandTable).map(([command, { title, icon }]) => ({
    command,
    title,
    category,
    ...(icon === undefined ? {} : { icon }),
  }));
  assert.deepEqual(contributes.commands, expected);
});

test("the command palette offers each command when the table says so", () => {
  const expected = Object.entries(commandTable).flatMap(([command, { palette }]) =>
    palette === undefined ? [] : [{ command, when: palette }],
  );
  assert.deepEqual(contributes.menus["commandPalette"], expected);
});

test("menus and key bindings name only commands that exist", () => {
  for (const { command } of [...menuItems, ...contributes.keybindings]) {
    assert.ok(Object.hasOwn(commandTable, command), command);
  }
});

test("a command that stands as an icon in a title bar has one, and only one stands there at a time", () => {
  const icons = contributes.menus["editor/title"]?.filter(({ group }) => group === "navigation") ?? [];
  for (const { command } of icons)
    assert.ok(contributes.commands.some((own) => own.command === command && "icon" in own));
  const conditions = icons.map(({ when }) => when);
  assert.deepEqual(conditions, [
    "resourceLangId == https && !padlock.running",
    "resourceLangId == https && padlock.running",
    "activeWebviewPanelId == padlock.response && padlock.hasExchange",
  ]);
});

test("when clauses use only context keys that the code sets", () => {
  const clauses = [...menuItems, ...contributes.keybindings].map(({ when }) => when ?? "").join(" ");
  // `padlock.response` is the panel's type, which VS Code's own keys are compared with.
  const used = [...clauses.matchAll(/(?<!== )\bpadlock\.\w+/g)].map(([key]) => key);
  assert.ok(used.length > 0);
  for (const key of used) assert.ok((Object.values(contextKeys) as string[]).includes(key), key);
});

test("every key binding holds in request files only", () => {
  assert.ok(contributes.keybindings.length > 0);
  for (const { when } of contributes.keybindings) assert.match(when, /\beditorTextFocus && editorLangId == https\b/);
});

test("every setting of the table has a description, a default and its scope: what weakens something, the machine's", () => {
  assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), Object.values(settings).sort());
  for (const [key, setting] of Object.entries(contributes.configuration.properties)) {
    const scope = key === settings.historyPersist ? "application" : "resource";
    assert.equal(setting["scope"], machineSettings.includes(key) ? "machine" : scope, key);
    assert.ok("default" in setting, key);
    assert.match(String(setting["markdownDescription"]), /\.$/, key);
    if (setting["type"] === "object") assert.ok("additionalProperties" in setting, key);
  }
});

test("padlock.diagnostics offers every code of the language, with its level, and hides no error", () => {
  const setting = contributes.configuration.properties[settings.diagnostics]?.["properties"];
  const levels = ["off", "hint", "information", "warning", "error"];
  const expected = codeFacts.map(({ code, severity, summary }) => [
    code,
    {
      type: "string",
      enum: severity === "error" ? levels.slice(2) : levels,
      default: severity,
      markdownDescription: summary,
    },
  ]);
  assert.deepEqual(setting, Object.fromEntries(expected));
});

test("snippets and schemas are files that are there", () => {
  for (const path of [
    ...contributes.snippets.map((one) => one.path),
    ...contributes.jsonValidation.map((one) => one.url),
  ])
    assert.doesNotThrow(() => JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8")), path);
});

test("what decides where a request goes is not read in Restricted Mode", () => {
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, restrictedSettings);
  for (const key of Object.values(settings))
    assert.ok(restrictedSettings.includes(key) || editorSettings.includes(key), `${key} is read in Restricted Mode`);
});

test("the extension wakes up for its language, its panel and its demo only", () => {
  assert.deepEqual(manifest.activationEvents, activationEvents);
  assert.ok(contributes.languages.some(({ id }) => id === languageId));
});

test("durations of the settings' schema are the ones that the settings are read with", async () => {
  const { parseDuration } = await import("../../../src/settings/index.ts");
  const timeout = contributes.configuration.properties[settings.timeout]?.["properties"] as Record<
    string,
    { readonly pattern: string; readonly default: string }
  >;
  const { defaultTimeouts } = await import("../../../src/settings/model.ts");
  for (const [phase, { pattern, default: written }] of Object.entries(timeout)) {
    assert.equal(parseDuration(written), defaultTimeouts[phase as keyof typeof defaultTimeouts], phase);
    for (const good of ["500ms", "1.5s", "2m", "1h"]) assert.match(good, new RegExp(pattern));
    for (const bad of ["10", "10 s", "-1s", "1d", ""]) assert.doesNotMatch(bad, new RegExp(pattern));
  }
});

test("padlock.hosts offers what the settings are read with: every member, suite and group, also in a list of entries", async () => {
  const { readSettings } = await import("../../../src/settings/index.ts");
  const { cipherSuites, keyExchangeGroups } = await import("../../../src/settings/tls-names.ts");
  interface EntrySchema {
    readonly properties: Readonly<
      Record<string, { readonly items?: { readonly enum?: readonly string[]; readonly pattern?: string } }>
    >;
  }
  const entry = contributes.configuration.properties[settings.hosts]?.["additionalProperties"] as EntrySchema & {
    readonly items: EntrySchema;
  };
  assert.deepEqual(entry.items.properties, entry.properties);
  const values = { "padlock.hosts": { "a.test": { nothing: 1 } } };
  const read = readSettings({ root: "/w", file: "/w/.vscode/settings.json", text: undefined, values });
  const known = /Known here: (.*?)\./.exec(read.ok ? "" : (read.error[0]?.fix ?? ""))?.[1];
  assert.deepEqual(Object.keys(entry.properties).sort(), known?.split(", ").sort());
  assert.deepEqual(entry.properties["ciphers"]?.items?.enum, Object.keys(cipherSuites));
  assert.deepEqual(entry.properties["groups"]?.items?.enum, Object.keys(keyExchangeGroups));
  const pin = new RegExp(entry.properties["pins"]?.items?.pattern ?? "^$");
  assert.match(`sha256/${"A".repeat(43)}=`, pin);
  for (const bad of ["sha256/AAAA=", `sha256//${"A".repeat(43)}=`, `sha256/${"A".repeat(42)}B=`])
    assert.doesNotMatch(bad, pin);
});
