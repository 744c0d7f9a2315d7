import assert from "node:assert/strict";
import { test } from "node:test";
import { ActiveEnvironments } from "../../../src/extension/environments/active-environments.ts";
import {
  type EnvironmentSnapshot,
  filesOf,
  knownEnvironment,
} from "../../../src/extension/environments/known-environment.ts";
import { statusText } from "../../../src/extension/environments/status-text.ts";
import { type EnvironmentFile, readEnvironments } from "../../../src/settings/index.ts";

function snapshotOf(texts: Readonly<Record<string, string>>): EnvironmentSnapshot {
  const files = Object.entries(texts).map(
    ([shown, text]): EnvironmentFile => ({
      path: `/project/${shown}`,
      shown,
      kind: shown.includes("private") ? "private" : "public",
      text,
    }),
  );
  return { files, environments: readEnvironments(files), dotenvNames: () => [] };
}

const two = snapshotOf({
  "http-client.private.env.json": '{ "dev": { "pin": "4711" } }',
  "http-client.env.json":
    '{ "$shared": { "version": "v1" }, "dev": { "host": "h.test" }, "prod": { "host": "p.test" } }',
});

/** What VS Code's Memento does: it keeps copies. */
function memory(kept: Record<string, unknown> = {}) {
  return {
    kept,
    get: (key: string) => structuredClone(kept[key]),
    update: async (key: string, value: unknown) => {
      kept[key] = structuredClone(value);
    },
  };
}

test("each workspace folder keeps its own environment", async () => {
  const state = memory();
  const active = new ActiveEnvironments(state);
  await active.set("file:///a", "dev");
  await active.set("file:///b", "prod");
  assert.deepEqual([active.get("file:///a"), active.get("file:///b"), active.get("")], ["dev", "prod", ""]);
  await active.set("file:///a", "");
  assert.deepEqual(new ActiveEnvironments(memory(state.kept)).get("file:///b"), "prod");
  assert.equal(active.get("file:///a"), "");
});

test("what another version kept is no environment", () => {
  for (const kept of ["dev", null, 7, { "file:///a": { name: "dev" } }]) {
    assert.equal(new ActiveEnvironments(memory({ "padlock.environments": kept })).get("file:///a"), "");
  }
});

test("the language service gets names and places, and no value of a private file", () => {
  const { name, names, variables } = knownEnvironment(two, "dev");
  assert.equal(name, "dev");
  assert.deepEqual([...names].sort(), ["dev", "prod"]);
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  assert.equal(byName.get("host")?.value, "h.test");
  assert.equal(byName.get("host")?.uri, "file:///project/http-client.env.json");
  assert.equal(byName.get("version")?.environment, "$shared");
  assert.equal(byName.get("pin")?.value, undefined);
  assert.doesNotMatch(JSON.stringify(variables), /4711/);
  assert.deepEqual(knownEnvironment(undefined, "dev"), { name: "dev", names: [], variables: [] });
});

test("an environment names the files that it comes from", () => {
  assert.deepEqual([...filesOf(two, "dev")].sort(), ["http-client.env.json", "http-client.private.env.json"]);
  assert.deepEqual(filesOf(two, "prod"), ["http-client.env.json"]);
});

test("the status says which environment is active and where it comes from", () => {
  const detail = "http-client.private.env.json, http-client.env.json";
  assert.deepEqual(statusText(two, "dev", true), { text: "Environment: dev", detail, severity: "information" });
  assert.equal(statusText(two, "", true).text, "No environment");
});

test("the status warns of an environment that is gone, and of files that cannot be read", () => {
  assert.deepEqual(statusText(two, "stage", true), {
    text: "Environment: stage",
    detail: "No environment file has “stage” any more",
    severity: "warning",
  });
  const broken = snapshotOf({ "http-client.env.json": '{ "dev": ' });
  assert.equal(statusText(broken, "", true).severity, "error");
});

test("in Restricted Mode the status says that no file is read", () => {
  const { text, detail } = statusText(undefined, "dev", false);
  assert.equal(text, "No environment");
  assert.match(detail, /Restricted Mode/);
});

test("a name from a file can neither draw an icon nor break the line", () => {
  assert.equal(statusText(undefined, "$(alert)\n\u202ex", true).text, "Environment: $ (alert)\\u{a}\\u{202e}x");
});
