import assert from "node:assert/strict";
import { chmod, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { History, type HistoryPorts } from "../../../src/extension/history/history.ts";
import type { HistoryEntry } from "../../../src/extension/history/history-entry.ts";
import { HistoryFile } from "../../../src/extension/history/history-file.ts";
import { historyItem } from "../../../src/extension/history/history-items.ts";
import { blockToSendAgain } from "../../../src/extension/history/send-again.ts";
import { ShownExchange } from "../../../src/extension/history/shown-exchange.ts";
import { requestKey } from "../../../src/extension/request-key.ts";
import { parse } from "../../../src/syntax/index.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { treeOf } from "../../support/tree.ts";
import { exchange, failed, response } from "./exchanges.ts";

const isWindows = process.platform === "win32";

function entry(id: string, change: Partial<HistoryEntry> = {}): HistoryEntry {
  const key = { block: 0, digest: "d", name: undefined, blocks: 1 };
  return { document: "file:///project/api.https", key, environment: "", exchange: exchange({ id }), ...change };
}

interface Scene {
  readonly history: History;
  readonly problems: string[];
  readonly ports: { trusted: boolean; persistent: boolean; limit: number };
}

function scene({ root }: TempWorkspace, change: Partial<Scene["ports"]> = {}): Scene {
  const ports = { trusted: true, persistent: false, limit: 200, ...change };
  const problems: string[] = [];
  const asked: HistoryPorts = {
    isTrusted: () => ports.trusted,
    isPersistent: () => ports.persistent,
    limit: () => ports.limit,
    onProblem: (text) => problems.push(text),
  };
  return { history: new History(new HistoryFile(`${root}/storage/padlock`), asked), problems, ports };
}

async function idsOf(history: History): Promise<string[]> {
  return (await history.entries()).map(({ exchange: { id } }) => id);
}

const file = "storage/padlock/history.jsonl";

test("the newest stands first, and the oldest give way", async () => {
  await using workspace = await makeWorkspace();
  const { history, ports } = scene(workspace, { limit: 3 });
  for (const id of ["a", "b", "c", "d"]) history.add(entry(id));
  assert.deepEqual(await idsOf(history), ["d", "c", "b"]);
  ports.limit = 1;
  await history.settingsChanged();
  assert.deepEqual(await idsOf(history), ["d"]);
  ports.limit = 0;
  history.add(entry("e"));
  assert.deepEqual(await idsOf(history), []);
});

test("the entries together stay below a size, whatever servers send", async () => {
  await using workspace = await makeWorkspace();
  const { history } = scene(workspace, { limit: 1000 });
  const { body } = response();
  const long = exchange({ response: response({ headers: [{ name: "x", value: "y".repeat(1024 * 1024) }] }) });
  for (let count = 0; count < 40; count++) history.add(entry("a", { exchange: long }));
  const kept = await history.entries();
  assert.ok(kept.length >= 10 && kept.length < 17, String(kept.length));
  const text = "z".repeat(1024 * 1024);
  history.add(entry("b", { exchange: exchange({ response: response({ body: { ...body, text, raw: text } }) }) }));
  const [cut] = await history.entries();
  assert.equal(cut?.exchange.response?.body.truncated, true);
  assert.ok((cut?.exchange.response?.body.text.length ?? 0) <= 64 * 1024);
});

test("a request with @no-log is not in it", async () => {
  await using workspace = await makeWorkspace();
  const { history } = scene(workspace, { persistent: true });
  history.add(entry("a", { exchange: exchange({ request: { ...exchange().request, noLog: true } }) }));
  await history.flush();
  assert.deepEqual(await idsOf(history), []);
  assert.deepEqual(await treeOf(workspace.root), {});
});

test("nothing of an entry can be revealed any more", async () => {
  await using workspace = await makeWorkspace();
  const { history } = scene(workspace);
  const masked = [{ name: "Authorization", value: "Bearer ••••••", masked: true }];
  const view = exchange({
    request: { ...exchange().request, headers: masked },
    response: response({ headers: masked }),
  });
  history.add(entry("a", { exchange: view }));
  assert.doesNotMatch(JSON.stringify(await history.entries()), /"masked"/);
});

test("without the setting nothing is written", async () => {
  await using workspace = await makeWorkspace();
  const { history } = scene(workspace);
  history.add(entry("a"));
  await history.flush();
  assert.deepEqual(await idsOf(history), ["a"]);
  assert.deepEqual(await treeOf(workspace.root), {});
});

test("with the setting one file is written, for its owner only, and the next window continues it", async () => {
  await using workspace = await makeWorkspace();
  const first = scene(workspace, { persistent: true, limit: 3 });
  for (const id of ["a", "b"]) first.history.add(entry(id));
  await first.history.flush();
  assert.deepEqual(Object.keys(await treeOf(workspace.root)), ["storage", "storage/padlock", file]);
  if (!isWindows) {
    assert.equal((await stat(workspace.path(file))).mode & 0o777, 0o600);
    assert.equal((await stat(workspace.path("storage/padlock"))).mode & 0o777, 0o700);
  }
  const second = scene(workspace, { persistent: true, limit: 3 });
  for (const id of ["c", "d"]) second.history.add(entry(id));
  await second.history.flush();
  assert.deepEqual(await idsOf(second.history), ["d", "c", "b"]);
  assert.deepEqual(await idsOf(scene(workspace, { persistent: true }).history), ["d", "c", "b"]);
});

test("a folder or file that was open to others is closed", { skip: isWindows }, async () => {
  await using workspace = await makeWorkspace();
  const { history } = scene(workspace, { persistent: true });
  history.add(entry("a"));
  await history.flush();
  await chmod(workspace.path(file), 0o666);
  await chmod(workspace.path("storage/padlock"), 0o755);
  history.add(entry("b"));
  await history.flush();
  assert.equal((await stat(workspace.path(file))).mode & 0o777, 0o600);
  assert.equal((await stat(workspace.path("storage/padlock"))).mode & 0o777, 0o700);
});

test("turning the setting off deletes the file, also one that an earlier window has left", async () => {
  await using workspace = await makeWorkspace();
  const { history, ports } = scene(workspace, { persistent: true });
  history.add(entry("a"));
  await history.flush();
  ports.persistent = false;
  history.add(entry("b"));
  await history.settingsChanged();
  await history.flush();
  assert.deepEqual(await idsOf(history), ["b", "a"]);
  assert.deepEqual(Object.keys(await treeOf(workspace.root)), ["storage", "storage/padlock"]);

  await workspace.write(file, "left over\n");
  await scene(workspace).history.settingsChanged();
  assert.deepEqual(Object.keys(await treeOf(workspace.root)), ["storage", "storage/padlock"]);
});

test("clearing forgets all, in memory and on the disk", async () => {
  await using workspace = await makeWorkspace();
  const { history } = scene(workspace, { persistent: true });
  history.add(entry("a"));
  await history.flush();
  history.add(entry("b"));
  await history.clear();
  await history.flush();
  assert.deepEqual(await idsOf(history), []);
  assert.deepEqual(await idsOf(scene(workspace, { persistent: true }).history), []);
  assert.deepEqual(Object.keys(await treeOf(workspace.root)), ["storage", "storage/padlock"]);
});

test("in Restricted Mode the file is neither read nor written, and is there again afterwards", async () => {
  await using workspace = await makeWorkspace();
  const before = scene(workspace, { persistent: true });
  before.history.add(entry("a"));
  await before.history.flush();
  const onDisk = await treeOf(workspace.root);
  const { history, ports } = scene(workspace, { persistent: true, trusted: false });
  history.add(entry("b"));
  await history.settingsChanged();
  await history.flush();
  assert.deepEqual(await idsOf(history), ["b"]);
  assert.deepEqual(await treeOf(workspace.root), onDisk);
  ports.trusted = true;
  assert.deepEqual(await idsOf(history), ["b", "a"]);
});

const heading = '{"padlock":"history","version":1}';
const broken: readonly [what: string, text: string][] = [
  ["no text of ours", "hello\n"],
  ["empty", ""],
  ["of another version", `{"padlock":"history","version":2}\n${JSON.stringify(entry("a"))}\n`],
  ["cut off in a line", `${heading}\n${JSON.stringify(entry("a")).slice(0, 100)}`],
  ["cut off behind a line", `${heading}\n${JSON.stringify(entry("a"))}`],
  ["one with an entry of another shape", `${heading}\n${JSON.stringify({ ...entry("a"), extra: 1 })}\n`],
  ["one with a key that is none", `${heading}\n${JSON.stringify(entry("a")).replace('"block":0', '"block":"0"')}\n`],
  ["one with hostile members", `${heading}\n{"__proto__":{"document":"x"},"exchange":null}\n`],
];
for (const [what, text] of broken) {
  test(`a file that is ${what} is set aside, and the history goes on`, async () => {
    await using workspace = await makeWorkspace({ [file]: text });
    const { history, problems } = scene(workspace, { persistent: true });
    history.add(entry("b"));
    await history.flush();
    assert.deepEqual(await idsOf(history), ["b"]);
    assert.match(problems.join("\n"), /could not be read/);
    assert.equal(await readFile(workspace.path("storage/padlock/history.unreadable"), "utf8"), text);
    assert.deepEqual(await idsOf(scene(workspace, { persistent: true }).history), ["b"]);
  });
}

test("no link in the place of the file is followed", { skip: isWindows }, async () => {
  await using workspace = await makeWorkspace({ "other.txt": "of somebody else\n" });
  await mkdir(workspace.path("storage/padlock"), { recursive: true });
  await symlink(workspace.path("other.txt"), workspace.path(file));
  await symlink(workspace.path("other.txt"), workspace.path("storage/padlock/history.tmp"));
  const { history } = scene(workspace, { persistent: true });
  history.add(entry("a"));
  await history.flush();
  assert.equal(await readFile(workspace.path("other.txt"), "utf8"), "of somebody else\n");
  assert.deepEqual(await idsOf(scene(workspace, { persistent: true }).history), ["a"]);
});

test("a disk that refuses is a line of the log, and the exchange is there all the same", async () => {
  await using workspace = await makeWorkspace({ storage: "a file where the folder should be" });
  const { history, problems } = scene(workspace, { persistent: true });
  history.add(entry("a"));
  await history.flush();
  assert.deepEqual(await idsOf(history), ["a"]);
  assert.match(problems.join("\n"), /history file/);
});

test("a crash while writing leaves the file as it was", async () => {
  await using workspace = await makeWorkspace();
  const { history } = scene(workspace, { persistent: true });
  history.add(entry("a"));
  await history.flush();
  const before = await readFile(workspace.path(file), "utf8");
  await writeFile(workspace.path("storage/padlock/history.tmp"), "half");
  assert.equal(await readFile(workspace.path(file), "utf8"), before);
  history.add(entry("b"));
  await history.flush();
  assert.deepEqual(await idsOf(scene(workspace, { persistent: true }).history), ["b", "a"]);
  assert.deepEqual(Object.keys(await treeOf(workspace.root)), ["storage", "storage/padlock", file]);
});

test("the list tells requests apart, and no text in it hides, breaks out or draws an icon", () => {
  const item = historyItem(entry("a", { environment: "dev" }));
  assert.equal(item.label, "GET api.example.com:8443/users/42");
  assert.equal(item.description, "200 · 43 ms");
  assert.equal(item.icon, "pass");
  assert.match(item.detail, /^2026-11-\d\d \d\d:00:00 · dev · api\.https:3$/);
  const { request } = exchange();
  const hostile = {
    ...request,
    method: "GET\u202e",
    name: "$(trash)\n",
    url: `https://h/$(alert)\u0007${"a".repeat(500)}?t=S3CR3T`,
  };
  const texts = Object.values(historyItem(entry("a", { exchange: exchange({ request: hostile }) })));
  for (const text of texts) {
    assert.doesNotMatch(text, /\$\(|[\p{Cc}\p{Cf}]|S3CR3T/u);
    assert.ok(text.length <= 160);
  }
  const { exchange: view } = entry("b", { exchange: failed("tls.expired", false) });
  const failure = historyItem(entry("b", { exchange: view }));
  assert.match(failure.description, /^tls\.expired · /);
  assert.equal(failure.icon, "error");
  const missing = exchange({ response: response({ status: 404 }) });
  assert.equal(historyItem(entry("c", { exchange: missing })).icon, "warning");
});

test("what the panel shows is the entry that was chosen, until something else is", () => {
  const state = { kind: "idle" } as const;
  const shown = new ShownExchange({ state }, (document) => document.replace("file://", ""));
  assert.equal(shown.state, state);
  const past = entry("a");
  shown.choose(past);
  assert.deepEqual(shown.state, {
    kind: "finished",
    target: { document: past.document, key: past.key, file: "/project/api.https" },
    exchange: past.exchange,
    isPast: true,
  });
  shown.choose(undefined);
  assert.equal(shown.state, state);
});

const text = "### a\nGET https://h/a\n\n### b\nDELETE https://h/b\n";

function keyOf(block: number, from = text) {
  return requestKey(parse(from), block) ?? null;
}

test("Send Again on an entry sends the very request that it was, wherever it stands by now", () => {
  const past = entry("a", { key: keyOf(1) });
  assert.equal(blockToSendAgain(parse(text), past, ""), 1);
  assert.equal(blockToSendAgain(parse(`### new\nGET https://h/new\n\n${text}`), past, ""), 2);
});

test("Send Again on an entry never sends another request in its place", () => {
  const refuses = (file: string, past: HistoryEntry, environment = "") => {
    const result = blockToSendAgain(parse(file), past, environment);
    assert.equal(typeof result, "object", file);
  };
  const past = entry("a", { key: keyOf(0) });
  // The same place and name, but not the same request.
  refuses(text.replace("GET https://h/a", "DELETE https://h/a"), past);
  refuses("### a\nGET https://h/elsewhere\n\n### b\nDELETE https://h/b\n", past);
  refuses("", past);
  // The same text twice, and neither stands where it stood.
  const twice = "### new\nGET https://h/new\n\n### a\nGET https://h/a\n\n### a\nGET https://h/a\n";
  refuses(twice, entry("a", { key: keyOf(0, "### a\nGET https://h/a\n") }));
  refuses(text, entry("a", { key: null }));
  refuses(text, entry("a", { key: keyOf(0), environment: "dev" }), "prod");
});
