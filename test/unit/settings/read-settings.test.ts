import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readSettings } from "../../../src/settings/index.ts";
import { defaultTimeouts } from "../../../src/settings/model.ts";
import { failuresOf, placesOf, rawSettings, settingsFrom } from "./given.ts";

describe("readSettings", () => {
  it("takes nothing as the defaults", () => {
    const settings = settingsFrom("{}");
    assert.deepEqual([settings.hosts, settings.secrets, settings.timeout], [[], [], defaultTimeouts]);
    assert.equal(settings.file, ".vscode/settings.json");
  });

  it("reads every setting, with comments and trailing commas", () => {
    const settings = settingsFrom(`{
      // the API
      "editor.tabSize": 2,
      "padlock.codeLens.enabled": false,
      "padlock.diagnostics": { "variable.unused": "off" },
      "padlock.hosts": {
        "api.example.com": { "cert": "c.pem", "key": "k.pem", "passphrase": "\${env:PASS}", },
        "*.dev.example.com:8443": { "pfx": "d.p12", "ca": ["ca.pem", "system"], "minVersion": "TLSv1.3", "timeout": { "connect": "2s" } },
      },
      "padlock.secrets": { "TOKEN": ["api.example.com", "127.0.0.1:*"], "NONE": [] },
      "padlock.timeout": { "connect": "500ms", "total": "1.5m" },
    }`);
    const [api, dev] = settings.hosts;
    assert.deepEqual(api?.cert, { text: "c.pem", path: ["padlock.hosts", "api.example.com", "cert"] });
    assert.equal(api?.passphrase?.text, `\${env:PASS}`);
    assert.deepEqual(dev?.pattern, {
      text: "*.dev.example.com:8443",
      host: "dev.example.com",
      wildcard: true,
      port: 8443,
    });
    assert.deepEqual(
      dev?.ca?.map(({ path }) => path.at(-1)),
      ["0", "1"],
    );
    assert.deepEqual([dev?.minVersion, dev?.timeout], ["TLSv1.3", { connect: 2000 }]);
    assert.deepEqual(
      settings.secrets.map(({ name, hosts }) => [name, hosts.length]),
      [
        ["TOKEN", 2],
        ["NONE", 0],
      ],
    );
    assert.deepEqual(settings.timeout, { ...defaultTimeouts, connect: 500, total: 90_000 });
  });

  it("says where a setting stands: its value, or its key where the value is an object", () => {
    const settings = settingsFrom(`{\r\n  "padlock.hosts": {\r\n    "a.b": { "ca": ["x", "y"] }\r\n  }\r\n}`);
    const place = (path: readonly string[]) => {
      const found = settings.locate(path);
      return found && [found.file, found.line, found.column, found.endColumn, found.lineText];
    };
    const line = '    "a.b": { "ca": ["x", "y"] }';
    assert.deepEqual(place(["padlock.hosts", "a.b"]), [".vscode/settings.json", 3, 5, 10, line]);
    assert.deepEqual(place(["padlock.hosts", "a.b", "ca", "1"]), [".vscode/settings.json", 3, 26, 29, line]);
    assert.equal(place(["padlock.hosts", "other"]), undefined);
  });

  it('finds the settings of a .code-workspace under its "settings"', () => {
    const text = '{ "folders": [],\n "settings": { "padlock.timeout": { "connect": 5 } } }';
    const raw = { ...rawSettings("{}"), file: "/projectspace/team.code-workspace", text };
    const read = readSettings({ ...raw, values: { "padlock.timeout": { connect: 5 } } });
    assert.deepEqual(placesOf(read.ok ? [] : read.error), ["settings.bad-duration 2:48-49"]);
  });

  it("collects all problems, in the order of the file", () => {
    const failures = failuresOf(`{
  "padlock.timeout": { "connect": 10, "idel": "1s", "total": "soon" },
  "padlock.secrets": { "T": ["https://api.example.com/v1"] },
  "padlock.hots": {}
}`);
    assert.deepEqual(placesOf(failures), [
      "settings.bad-duration 2:35-37",
      "settings.unknown-key 2:39-45",
      "settings.bad-duration 2:62-68",
      "settings.bad-pattern 3:30-58",
      "settings.unknown-key 4:3-17",
    ]);
    assert.match(failures[0]?.fix ?? "", /"10s"/);
    assert.match(failures[1]?.fix ?? "", /Did you mean "idle"\?/);
    assert.match(failures[3]?.fix ?? "", /Write "api\.example\.com"/);
    assert.match(failures[4]?.fix ?? "", /Did you mean "padlock\.hosts"\?/);
    assert.equal(failures[0]?.setting, "padlock.timeout › connect");
    assert.equal(
      failures[0]?.location?.lineText,
      '  "padlock.timeout": { "connect": 10, "idel": "1s", "total": "soon" },',
    );
  });

  const wrong: readonly (readonly [title: string, settings: string, code: string])[] = [
    ["a host entry that is a text", '"padlock.hosts": { "a.b": "c.pem" }', "settings.wrong-type"],
    ["hosts that are a list", '"padlock.hosts": []', "settings.wrong-type"],
    ["null", '"padlock.secrets": null', "settings.wrong-type"],
    ["a ca that is a text", '"padlock.hosts": { "a.b": { "ca": "ca.pem" } }', "settings.wrong-type"],
    ["an empty ca, which would trust nobody", '"padlock.hosts": { "a.b": { "ca": [] } }', "settings.wrong-type"],
    ["a number in a ca", '"padlock.hosts": { "a.b": { "ca": [1] } }', "settings.wrong-type"],
    ["an empty path", '"padlock.hosts": { "a.b": { "cert": "" } }', "settings.wrong-type"],
    ["an old TLS version", '"padlock.hosts": { "a.b": { "minVersion": "TLSv1.1" } }', "settings.wrong-type"],
    ["verify: false", '"padlock.hosts": { "a.b": { "verify": false } }', "settings.unknown-key"],
    ["a key without a certificate", '"padlock.hosts": { "a.b": { "key": "k" } }', "settings.wrong-type"],
    ["two identities", '"padlock.hosts": { "a.b": { "cert": "c", "key": "k", "pfx": "p" } }', "settings.wrong-type"],
    ["one pattern in two spellings", '"padlock.hosts": { "a.b": {}, "A.B.": {} }', "settings.ambiguous-pattern"],
    ["one pattern twice", '"padlock.hosts": { "a.b": {}, "a.b": {} }', "settings.ambiguous-pattern"],
    ["one key twice", '"padlock.hosts": { "a.b": { "cert": "x", "cert": "y" } }', "settings.unreadable"],
    ["one setting twice", '"padlock.secrets": {}, "padlock.secrets": {}', "settings.unreadable"],
    ["a secret's name with a blank", '"padlock.secrets": { "A B": [] }', "settings.wrong-type"],
    ["a secret's hosts as a text", '"padlock.secrets": { "A": "a.b" }', "settings.wrong-type"],
    ["an unknown placeholder", `"padlock.hosts": { "a.b": { "cert": "\${file}/c" } }`, "variable.undefined"],
    ["settings in an object", '"padlock": { "hosts": {} }', "settings.unknown-key"],
    ["an unknown level", '"padlock.diagnostics": { "variable.unused": "never" }', "settings.wrong-type"],
    ["a text where true or false belongs", '"padlock.codeLens.enabled": "yes"', "settings.wrong-type"],
    ["__proto__ as a host", '"padlock.hosts": { "__proto__": { "cret": "x" } }', "settings.unknown-key"],
    ["__proto__ in a host", '"padlock.hosts": { "a.b": { "__proto__": {} } }', "settings.unknown-key"],
    ["toString in a host", '"padlock.hosts": { "a.b": { "toString": {} } }', "settings.unknown-key"],
    ["a syntax error", '"padlock.secrets": { "A": [ }', "settings.unreadable"],
  ];
  for (const [title, settings, code] of wrong) {
    it(`refuses ${title}, with file and line`, () => {
      const [first] = failuresOf(`{\n${settings}\n}`);
      assert.equal(first?.code, code);
      assert.deepEqual([first?.location?.file, first?.location?.line], [".vscode/settings.json", 2]);
      assert.match(first?.detail ?? "", /\.vscode\/settings\.json/);
    });
  }

  it("refuses a file that could not be read", () => {
    const read = readSettings({ ...rawSettings("{}"), text: undefined, unreadable: "EACCES: permission denied" });
    assert.deepEqual(placesOf(read.ok ? [] : read.error), ["settings.unreadable"]);
    assert.match(read.ok ? "" : (read.error[0]?.detail ?? ""), /EACCES/);
  });

  it("checks values that are not in the file's text, as an editor may hand them in", () => {
    const read = readSettings({ ...rawSettings("{}"), values: { "padlock.timeout": { connect: true } } });
    assert.deepEqual(placesOf(read.ok ? [] : read.error), ["settings.wrong-type"]);
  });

  it("does not show a passphrase that stands in the settings in clear", () => {
    const [failure] = failuresOf('{ "padlock.hosts": { "a.b": { "passphrase": "hunter\\"2", "ca": 1 } } }');
    assert.doesNotMatch(JSON.stringify(failure?.location), /hunter/);
    assert.equal(failure?.location?.lineText?.[(failure.location.column ?? 0) - 1], "1");
  });

  it("leaves the prototypes of objects alone", () => {
    rawSettings('{ "padlock.__proto__": { "x": 1 }, "__proto__": { "polluted": true } }');
    assert.equal(Reflect.get({}, "polluted"), undefined);
  });
});
