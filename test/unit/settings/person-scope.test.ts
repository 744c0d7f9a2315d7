import assert from "node:assert/strict";
import { homedir } from "node:os";
import { describe, it } from "node:test";
import { readSettings, type Settings } from "../../../src/settings/index.ts";
import { placesOf, rawSettings } from "./given.ts";

type Values = Readonly<Record<string, unknown>>;

function read(text: string, person: Values): Settings {
  const result = readSettings({ ...rawSettings(text), person });
  assert.ok(result.ok, result.ok ? "" : result.error.map(({ detail }) => detail).join("\n"));
  return result.value;
}

function failuresOf(text: string, person: Values) {
  const result = readSettings({ ...rawSettings(text), person });
  assert.ok(!result.ok, "the settings should have been refused");
  return result.error;
}

const listed = ({ secrets }: Settings) => secrets.map(({ name, hosts }) => [name, ...hosts.map(({ text }) => text)]);

describe("a person's own scope", () => {
  it("holds what weakens: folders, unverified hosts, hosts over plain http", () => {
    const settings = read("{}", {
      "padlock.outsidePaths": [`\${userHome}/certs`, "/etc/ssl/team/"],
      "padlock.unverifiedHosts": ["test.example.com:8443"],
      "padlock.plainHttpHosts": ["*.lab.example.com"],
    });
    assert.deepEqual(settings.outsidePaths, [`${homedir()}/certs`, "/etc/ssl/team"]);
    assert.deepEqual(
      settings.unverifiedHosts.map(({ text }) => text),
      ["test.example.com:8443"],
    );
    assert.deepEqual(
      settings.plainHttpHosts.map(({ text }) => text),
      ["*.lab.example.com"],
    );
    assert.deepEqual(settings.warnings, []);
  });

  it("says so where a workspace holds them, and does not heed them", () => {
    const settings = read(
      `{
  "padlock.outsidePaths": ["/etc"],
  "padlock.unverifiedHosts": ["*.example.com"],
  "padlock.plainHttpHosts": "not even a list"
}`,
      {},
    );
    assert.deepEqual([settings.outsidePaths, settings.unverifiedHosts, settings.plainHttpHosts], [[], [], []]);
    assert.deepEqual(placesOf(settings.warnings), [
      "settings.machine-scope 2:3-25",
      "settings.machine-scope 3:3-28",
      "settings.machine-scope 4:3-27",
    ]);
    assert.match(settings.warnings[1]?.fix ?? "", /user settings in VS Code, or use --unverified HOST/);
  });

  it("warns of them also where only the values are known, not where they are the person's own", () => {
    const values = { "padlock.unverifiedHosts": ["a.example.com"] };
    const warningsWith = (person: Values) => {
      const result = readSettings({ ...rawSettings("{}"), values, person });
      return result.ok ? result.value.warnings.length : undefined;
    };
    assert.deepEqual([warningsWith({}), warningsWith(values)], [1, 0]);
  });

  it("adds secrets and public variables to those of the workspace", () => {
    const settings = read('{ "padlock.secrets": { "T": ["a.test"] }, "padlock.publicEnv": ["HOST"] }', {
      "padlock.secrets": { T: ["b.test"], U: [] },
      "padlock.publicEnv": ["TENANT"],
    });
    assert.deepEqual(listed(settings), [["T", "a.test"], ["T", "b.test"], ["U"]]);
    assert.deepEqual([...settings.publicEnv], ["HOST", "TENANT"]);
  });

  it("makes nothing public that the workspace lists as a secret, nor the other way round", () => {
    const ways: readonly (readonly [text: string, person: Values])[] = [
      ['{ "padlock.secrets": { "T": ["a.test"] } }', { "padlock.publicEnv": ["T"] }],
      ['{ "padlock.publicEnv": ["T"] }', { "padlock.secrets": { T: ["a.test"] } }],
      ['{ "padlock.publicEnv": ["T"], "padlock.secrets": { "T": [] } }', { "padlock.secrets": { T: ["a.test"] } }],
    ];
    for (const [text, person] of ways) {
      const settings = read(text, person);
      assert.deepEqual([...settings.publicEnv], []);
      assert.match(settings.warnings[0]?.title ?? "", /T is treated as a secret/);
    }
  });

  const wrong: readonly (readonly [title: string, person: Values, code: string])[] = [
    ["a relative folder", { "padlock.outsidePaths": ["certs"] }, "settings.wrong-type"],
    ["the whole disk", { "padlock.outsidePaths": ["/"] }, "settings.wrong-type"],
    ["the whole disk in other words", { "padlock.outsidePaths": ["/etc/../"] }, "settings.wrong-type"],
    ["a folder of the environment's choice", { "padlock.outsidePaths": [`\${env:X}`] }, "settings.wrong-type"],
    ["a folder that is a number", { "padlock.outsidePaths": [1] }, "settings.wrong-type"],
    ["every host", { "padlock.unverifiedHosts": ["*"] }, "settings.bad-pattern"],
    ["a URL as a host", { "padlock.plainHttpHosts": ["http://a.test"] }, "settings.bad-pattern"],
    ["a host that is no list", { "padlock.unverifiedHosts": "a.test" }, "settings.wrong-type"],
    ["an unknown name", { "padlock.unverifiedHost": [] }, "settings.unknown-key"],
    ["a name twice", { "padlock.publicEnv": ["A"], "padlock.secrets": { A: [] } }, "settings.wrong-type"],
  ];
  for (const [title, person, code] of wrong) {
    it(`refuses ${title}, and shows no line of the workspace's file for it`, () => {
      const [failure] = failuresOf('{ "padlock.secrets": {} }', person);
      assert.deepEqual([failure?.code, failure?.location], [code, undefined]);
      assert.match(failure?.detail ?? "", /your own settings/);
    });
  }
});

describe("padlock.publicEnv", () => {
  it("keeps names as they are", () => {
    assert.deepEqual(
      [...read('{ "padlock.publicEnv": ["Api_Host", "API_HOST"] }', {}).publicEnv],
      ["Api_Host", "API_HOST"],
    );
  });

  it("refuses a name that is listed as a secret, at its place", () => {
    const text = '{\n"padlock.secrets": { "A": [] },\n"padlock.publicEnv": ["B", "A"]\n}';
    const [failure] = failuresOf(text, {});
    assert.deepEqual(placesOf(failure ? [failure] : []), ["settings.wrong-type 3:28-31"]);
    assert.match(failure?.fix ?? "", /Remove A from one of the two/);
  });

  for (const value of ['"A"', "[1]", '["A B"]', '[""]', '["A=B"]', '{ "A": true }']) {
    it(`refuses ${value}`, () => {
      assert.equal(failuresOf(`{ "padlock.publicEnv": ${value} }`, {})[0]?.code, "settings.wrong-type");
    });
  }
});
