import assert from "node:assert/strict";
import { chmod, stat, symlink } from "node:fs/promises";
import { test } from "node:test";
import { writeHosts } from "../../../src/certs/index.ts";
import { type Hosts, withAuthority, withHosts } from "../../../src/certs/settings-edit.ts";
import { SettingsDocument } from "../../../src/settings/settings-document.ts";
import { makeWorkspace } from "../../support/temp.ts";

const hosts: Hosts = { "localhost:*": { cert: "c.pem", key: "k.pem", ca: ["certs/ca.pem"] } };

/** Of settings with these hosts. */
function edited(text: string | undefined, added: Hosts = hosts, replace = false, file = "/w/.vscode/settings.json") {
  const result = withHosts({ file, text }, added, replace);
  assert.ok(result.ok, result.ok ? "" : result.error);
  const values = new SettingsDocument({ root: "/w", file, text: result.value.text }).values();
  return { ...result.value, hosts: values["padlock.hosts"] };
}

test("a file that is not there yet, or empty, gets the setting", () => {
  for (const text of [undefined, "", " \n"]) assert.deepEqual(edited(text).hosts, hosts);
});

test("comments, trailing commas, indentation and line ends stay as they are", () => {
  const text = [
    "{",
    "    // Everybody's",
    '    "editor.tabSize": 4, // four',
    '    "padlock.hosts": {',
    "        // The development server",
    '        "LOCALHOST:*": { "ca": ["team.pem"], /* ours */ "timeout": { "connect": "5s" } },',
    "    },",
    "}",
    "",
  ].join("\r\n");
  const result = edited(text);
  for (const comment of ["// Everybody's", "// four", "// The development server", "/* ours */"])
    assert.ok(result.text.includes(comment), comment);
  assert.ok(!/(?<!\r)\n/.test(result.text), "every line ends as the others do");
  assert.deepEqual(result.hosts, {
    "LOCALHOST:*": {
      ca: ["team.pem", "certs/ca.pem"],
      timeout: { connect: "5s" },
      cert: "c.pem",
      key: "k.pem",
    },
  });
  assert.equal(edited(result.text).text, result.text, "a second time changes nothing");
});

test("another client certificate is left alone, unless it is to be replaced", () => {
  const text = JSON.stringify({ "padlock.hosts": { "localhost:*": { pfx: "a.p12", passphrase: "$" + "{secret:A}" } } });
  const left = edited(text);
  assert.deepEqual(left.kept, ["localhost:*"]);
  assert.deepEqual(left.hosts, {
    "localhost:*": { pfx: "a.p12", passphrase: "$" + "{secret:A}", ca: ["certs/ca.pem"] },
  });
  assert.deepEqual(edited(text, hosts, true).hosts, hosts);
  assert.deepEqual(edited(text, { "localhost:*": { ca: ["x.pem"] } }).kept, [], "an authority is no rival of it");
});

test("in a list of entries the one for every environment grows, or is added", () => {
  const staging = { environment: "staging", ca: ["s.pem"] };
  const one = edited(JSON.stringify({ "padlock.hosts": { "localhost:*": [staging, { ca: ["a.pem"] }] } }));
  assert.deepEqual(one.hosts, { "localhost:*": [staging, { ...hosts["localhost:*"], ca: ["a.pem", "certs/ca.pem"] }] });
  const other = edited(JSON.stringify({ "padlock.hosts": { "localhost:*": [staging] } }));
  assert.deepEqual(other.hosts, { "localhost:*": [staging, hosts["localhost:*"]] });
});

test("a .code-workspace file has its settings inside", () => {
  const result = edited('{\n\t"folders": [{ "path": "." }]\n}', hosts, false, "/w/team.code-workspace");
  assert.deepEqual(result.hosts, hosts);
  assert.match(result.text, /\t"settings": \{\n\t\t"padlock\.hosts"/);
});

test("what is not JSON with comments is not touched", () => {
  for (const text of [
    "{ broken",
    "[]",
    '"x"',
    '{ "padlock.hosts": 3 }',
    '{ "padlock.hosts": { "localhost:*": "x" } }',
  ]) {
    const result = withHosts({ file: "/w/.vscode/settings.json", text }, hosts, false);
    assert.ok(!result.ok, text);
    assert.match(result.error, /[Mm]end it first/);
  }
});

test("an authority is appended where an entry is, and brings an entry where none is", () => {
  const settings = (text: string) => ({ file: "/w/.vscode/settings.json", text });
  const values = (result: ReturnType<typeof withAuthority>) => (result.ok ? JSON.parse(result.value) : result.error);
  const list = '{ "padlock.hosts": { "a.test": [{ "environment": "x" }, { "environment": "y", "ca": ["y.pem"] }] } }';
  assert.deepEqual(values(withAuthority(settings(list), ["padlock.hosts", "a.test", "1"], "n.pem", {})), {
    "padlock.hosts": { "a.test": [{ environment: "x" }, { environment: "y", ca: ["y.pem", "n.pem"] }] },
  });
  const entry = { cert: "c.pem", key: "k.pem", ca: ["team.pem"] };
  const wildcard = JSON.stringify({ "padlock.hosts": { "*.test": entry } });
  assert.deepEqual(values(withAuthority(settings(wildcard), ["padlock.hosts", "a.test"], "n.pem", entry)), {
    "padlock.hosts": { "*.test": entry, "a.test": { ...entry, ca: ["team.pem", "n.pem"] } },
  });
});

test("the file is replaced as a whole, keeps its permissions, and is never a link to somewhere else", async () => {
  await using workspace = await makeWorkspace({ ".vscode/settings.json": "{}" });
  await using elsewhere = await makeWorkspace({ "settings.json": "{}" });
  const file = workspace.path(".vscode/settings.json");
  await chmod(file, 0o640);
  assert.ok((await writeHosts({ root: workspace.root, file }, hosts, false)).ok);
  assert.deepEqual(JSON.parse(await workspace.read(".vscode/settings.json")), { "padlock.hosts": hosts });
  assert.equal((await stat(file)).mode & 0o777, 0o640);

  await symlink(elsewhere.root, workspace.path("linked"));
  const linked = workspace.path("linked/settings.json");
  const refused = await writeHosts({ root: workspace.root, file: linked }, hosts, false);
  assert.match(refused.ok ? "" : refused.error, /link to a file outside/);
  assert.equal(await elsewhere.read("settings.json"), "{}");
  const unreadable = await writeHosts(
    { root: workspace.root, file, unreadable: "it belongs to another user" },
    hosts,
    false,
  );
  assert.match(unreadable.ok ? "" : unreadable.error, /belongs to another user/);
});
