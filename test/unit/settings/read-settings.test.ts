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
    ["a fingerprint as a pin", `"padlock.hosts": { "a.b": { "pins": ["${"ab".repeat(32)}"] } }`, "settings.wrong-type"],
    ["a pin of another length", '"padlock.hosts": { "a.b": { "pins": ["sha256/AAAA="] } }', "settings.wrong-type"],
    [
      "a pin of another digest",
      `"padlock.hosts": { "a.b": { "pins": ["sha1/${"A".repeat(43)}="] } }`,
      "settings.wrong-type",
    ],
    [
      "the pin of base64 that is not canonical",
      `"padlock.hosts": { "a.b": { "pins": ["sha256/${"A".repeat(42)}B="] } }`,
      "settings.wrong-type",
    ],
    ["no pins", '"padlock.hosts": { "a.b": { "pins": [] } }', "settings.wrong-type"],
    [
      "TLS versions the wrong way round",
      '"padlock.hosts": { "a.b": { "minVersion": "TLSv1.3", "maxVersion": "TLSv1.2" } }',
      "settings.wrong-type",
    ],
    [
      "suites of a version that is ruled out",
      '"padlock.hosts": { "a.b": { "minVersion": "TLSv1.3", "ciphers": ["ECDHE-RSA-AES128-GCM-SHA256"] } }',
      "settings.wrong-type",
    ],
    [
      "and of the other one",
      '"padlock.hosts": { "a.b": { "maxVersion": "TLSv1.2", "ciphers": ["TLS_AES_128_GCM_SHA256"] } }',
      "settings.wrong-type",
    ],
    ...[
      "ALL",
      "DEFAULT@SECLEVEL=0",
      "@SECLEVEL=0",
      "!aNULL",
      "HIGH",
      "RC4-SHA",
      "AES128-SHA",
      "NULL-SHA256",
      "TLS_AES_128_GCM_SHA256:ALL",
    ].map(
      (name) =>
        [
          `the cipher ${name}`,
          `"padlock.hosts": { "a.b": { "ciphers": ["${name}"] } }`,
          "settings.wrong-type",
        ] as const,
    ),
    ...["P-192", "secp256k1", "X25519:P-192", "auto", "toString"].map(
      (name) =>
        [`the group ${name}`, `"padlock.hosts": { "a.b": { "groups": ["${name}"] } }`, "settings.wrong-type"] as const,
    ),
    ...["127.0.0.1", "[::1]", "::1", "a.b:443", "*.b", "a..b", "https://a.b", "a b", "."].map(
      (name) =>
        [
          `the server name ${name}`,
          `"padlock.hosts": { "a.b": { "servername": "${name}" } }`,
          "settings.wrong-type",
        ] as const,
    ),
    ...["direct", "ftp://p:21", "http://", "http://p:3128/x", "p:3128"].map(
      (name) =>
        [`the proxy ${name}`, `"padlock.hosts": { "a.b": { "proxy": "${name}" } }`, "settings.wrong-type"] as const,
    ),
    ["an environment that is empty", '"padlock.hosts": { "a.b": { "environment": "" } }', "settings.wrong-type"],
    ["no environment", '"padlock.hosts": { "a.b": { "environment": [] } }', "settings.wrong-type"],
    ["an empty list of entries", '"padlock.hosts": { "a.b": [] }', "settings.wrong-type"],
    ["a list that holds no entry", '"padlock.hosts": { "a.b": ["c.pem"] }', "settings.wrong-type"],
    [
      "one key twice in a list's entry",
      '"padlock.hosts": { "a.b": [{ "cert": "x", "cert": "y" }] }',
      "settings.unreadable",
    ],
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

  it("reads what a connection is to be like", () => {
    const pin = `sha256/${"A".repeat(43)}=`;
    const [entry] = settingsFrom(`{ "padlock.hosts": { "a.b": {
      "environment": ["staging", "production"], "ca": ["authorities"], "crl": ["ca.crl"], "pins": ["${pin}"],
      "minVersion": "TLSv1.2", "maxVersion": "TLSv1.3", "ciphers": ["tls_aes_256_gcm_sha384", "ECDHE-RSA-AES128-GCM-SHA256"],
      "groups": ["x25519", "P-256"], "servername": "BÜCHER.example.", "http2": true, "proxy": "none", "socket": "run/api.sock"
    } } }`).hosts;
    assert.deepEqual(entry?.environments, ["staging", "production"]);
    assert.deepEqual([entry?.pins, entry?.crl?.[0]?.text, entry?.socket?.text], [[pin], "ca.crl", "run/api.sock"]);
    assert.deepEqual([entry?.minVersion, entry?.maxVersion], ["TLSv1.2", "TLSv1.3"]);
    assert.deepEqual(entry?.ciphers, ["TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]);
    assert.deepEqual(entry?.groups, ["X25519", "secp256r1"]);
    assert.deepEqual([entry?.servername, entry?.http2, entry?.proxy?.text], ["xn--bcher-kva.example", true, "none"]);
  });

  it("says how a pin is written that another program wrote in its own way", () => {
    const key = `${"A".repeat(43)}=`;
    for (const written of [`sha256//${key}`, key, `pin-sha256=\\"${key}\\"`]) {
      const [failure] = failuresOf(`{ "padlock.hosts": { "a.b": { "pins": ["${written}"] } } }`);
      assert.equal(failure?.fix, `Write "sha256/${key}".`);
    }
  });

  it("takes several entries for one pattern, each for other environments, and shows both places of two that collide", () => {
    const entries = (second: string) => `{ "padlock.hosts": {
      "a.b": [
        { "environment": "staging", "cert": "s.pem" },
        ${second}
      ]
    } }`;
    const fine = settingsFrom(
      entries('{ "environment": ["production"], "cert": "p.pem" }, { "ca": ["ca.pem"] }'),
    ).hosts;
    assert.deepEqual(
      fine.map(({ environments, path }) => [environments, path]),
      [
        [["staging"], ["padlock.hosts", "a.b", "0"]],
        [["production"], ["padlock.hosts", "a.b", "1"]],
        [undefined, ["padlock.hosts", "a.b", "2"]],
      ],
    );
    const [named] = failuresOf(entries('{ "environment": ["x", "staging"], "cert": "p.pem" }'));
    assert.equal(named?.code, "settings.ambiguous-pattern");
    assert.equal(named?.location?.line, 4);
    assert.match(named?.detail ?? "", /same hosts as "a\.b" in line 3 in the environment "staging"/);
    const [unnamed] = failuresOf(entries('{ "ca": ["x"] }, { "cert": "y.pem" }'));
    assert.equal(unnamed?.code, "settings.ambiguous-pattern");
  });

  it("does not show a passphrase in a list of entries, nor a proxy's password", () => {
    for (const secret of ['"passphrase": "hunter2"', '"proxy": "http://me:hunter2@proxy"', '"pasphrase": "hunter2"']) {
      const failures = failuresOf(`{ "padlock.hosts": { "a.b": [{ ${secret}, "ca": 1 }] } }`);
      assert.doesNotMatch(JSON.stringify(failures.map(({ location }) => location)), /hunter/);
    }
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
