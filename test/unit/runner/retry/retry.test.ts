import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { listenOnLoopback } from "../../../../src/demo/loopback.ts";
import { createEngine } from "../../../../src/engine/index.ts";
import { pauseBefore, retryAfter } from "../../../../src/runner/retry/pause.ts";
import { parse } from "../../../../src/syntax/index.ts";
import { createTestPki } from "../../../support/pki.ts";
import { serverIdentity, startTlsServer, unusedPort } from "../../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { ports } from "../../engine/given.ts";

/** What a server answers with, in turn; the last one again and again. */
type Answer = number | "close" | "silence" | string;

describe("@retry", () => {
  let workspace: TempWorkspace;
  before(async () => {
    workspace = await makeWorkspace();
  });
  after(() => workspace.remove());

  async function start(...answers: readonly Answer[]) {
    const times: number[] = [];
    const answer = (socket: Socket) => {
      const next = answers[Math.min(times.length, answers.length - 1)] ?? 200;
      times.push(performance.now());
      if (next === "close") socket.destroy();
      else if (typeof next === "number") socket.write(`HTTP/1.1 ${next} X\r\nContent-Length: 0\r\n\r\n`);
      else if (next !== "silence") socket.write(next);
    };
    const server = await listenOnLoopback((socket) => socket.on("data", () => answer(socket)));
    return { times, url: `http://localhost:${server.port}`, [Symbol.asyncDispose]: server.close };
  }

  async function send(text: string, signal = new AbortController().signal) {
    const file = workspace.path("api.https");
    const engine = createEngine(ports());
    try {
      const settings = await engine.findSettings(file);
      const block = parse(text).blocks.findIndex(({ request }) => request);
      const environmentName = "";
      return await engine.run({ text, file, block, settings, trusted: true, environmentName, signal });
    } finally {
      await engine.close();
    }
  }
  const texts = ({ notes }: { readonly notes: readonly { readonly text: string }[] }) => notes.map(({ text }) => text);

  test("sends again after what may pass, and tells what failed before", async () => {
    await using server = await start("close", 503, 425, 200);
    const view = await send(`# @retry 5 every 1ms\nGET ${server.url}/`);
    assert.equal(view.response?.status, 200);
    assert.equal(server.times.length, 4);
    assert.deepEqual(texts(view), ["3 attempts failed before: network.reset, 503, 425."]);
  });

  for (const status of [408, 425, 429, 500, 502, 503, 504]) {
    test(`again after ${status}, as often as asked and no more`, async () => {
      await using server = await start(status);
      const view = await send(`# @retry 1 every 1ms\nGET ${server.url}/`);
      assert.deepEqual([view.response?.status, server.times.length], [status, 2]);
    });
  }
  for (const status of [200, 301, 400, 401, 403, 404, 409, 501]) {
    test(`not after ${status}`, async () => {
      await using server = await start(status);
      const view = await send(`# @retry 3 every 1ms\nGET ${server.url}/`);
      assert.deepEqual([view.response?.status, server.times.length, texts(view)], [status, 1, []]);
    });
  }

  test("not without @retry", async () => {
    await using server = await start(503);
    await send(`GET ${server.url}/`);
    assert.equal(server.times.length, 1);
  });

  for (const method of ["HEAD", "OPTIONS", "QUERY"]) {
    test(`${method} is safe`, async () => {
      await using server = await start(503, 204);
      assert.equal((await send(`# @retry 1 every 1ms\n${method} ${server.url}/`)).response?.status, 204);
    });
  }
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "PURGE"]) {
    test(`${method} is sent once, unless "unsafe" stands there`, async () => {
      await using once = await start(503, 200);
      const [note = ""] = texts(await send(`# @retry 2 every 1ms\n${method} ${once.url}/`));
      assert.equal(once.times.length, 1);
      assert.match(note, new RegExp(`not sent again: ${method} may change .*"unsafe"`));
      await using again = await start(503, 200);
      assert.equal((await send(`# @retry 2 every 1ms unsafe\n${method} ${again.url}/`)).response?.status, 200);
      assert.equal(again.times.length, 2);
    });
  }

  test("a host that refuses, and one that is silent", async () => {
    const refused = await send(`# @retry 2 every 1ms\nGET http://localhost:${await unusedPort()}/`);
    assert.equal(refused.failure?.code, "network.refused");
    assert.deepEqual(texts(refused), ["2 attempts failed before: network.refused, network.refused."]);
  });

  test("the total timeout is for all attempts: a pause that would go beyond it is not begun", async () => {
    await using server = await start("HTTP/1.1 503 X\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n");
    const view = await send(`# @retry 5 every 1ms\n# @timeout 2s\nGET ${server.url}/`);
    assert.deepEqual([view.response?.status, server.times.length], [503, 1]);
    assert.deepEqual(texts(view), [
      "It was not sent again: a pause of 1 min 0 s would go beyond the total timeout of 2.00 s.",
    ]);
    await using silent = await start(503, "silence");
    const late = await send(`# @retry 5 every 1ms\n# @timeout 150ms\nGET ${silent.url}/`);
    assert.equal(late.failure?.code, "timeout.total");
    const [first = 0, second = 0] = silent.times;
    assert.ok(second - first < 150 && silent.times.length === 2);
  });

  test("Retry-After is waited for", async () => {
    await using server = await start("HTTP/1.1 429 X\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n", 200);
    assert.equal((await send(`# @retry 1 every 1ms\nGET ${server.url}/`)).response?.status, 200);
    const [first = 0, second = 0] = server.times;
    assert.ok(second - first >= 990);
  });

  test("a cancel in the pause ends it at once", async () => {
    await using server = await start(503);
    const begun = performance.now();
    const view = await send(`# @retry 5 every 10s\nGET ${server.url}/`, AbortSignal.timeout(200));
    assert.equal(view.failure?.code, "canceled");
    assert.ok(performance.now() - begun < 2000);
    assert.deepEqual([server.times.length, texts(view)], [1, ["1 attempt failed before: 503."]]);
  });

  test("never for a server that is not verified", async () => {
    const pki = await createTestPki();
    await using server = await startTlsServer(serverIdentity(pki.server));
    const view = await send(`# @retry 3 every 1ms\nGET ${server.url}/`);
    assert.match(view.failure?.code ?? "", /^tls\./);
    assert.deepEqual([server.connections, server.receivedBytes], [1, 0]);
  });

  test("never for what is wrong in the file", async () => {
    await using server = await start(200);
    const wrong = await send(`# @retry soon\nGET ${server.url}/`);
    assert.equal(wrong.failure?.code, "parse.error");
    assert.equal((await send(`# @retry 3\nGET ${server.url}/{{nothing}}`)).failure?.code, "variable.undefined");
    assert.equal(server.times.length, 0);
  });

  test("a body that is sent again is whole again, also after a redirect", async () => {
    const pki = await createTestPki();
    const trusting = await makeWorkspace({
      "ca.pem": pki.root.certificatePem,
      ".vscode/settings.json": '{ "padlock.hosts": { "localhost:*": { "ca": ["ca.pem"] } } }',
    });
    let tries = 0;
    await using server = await startTlsServer({
      ...serverIdentity(pki.server),
      handler: (_request, response, { url }) => {
        if (url === "/") response.setHeader("location", "/next");
        response.statusCode = url === "/" ? 307 : ++tries < 3 ? 503 : 200;
        response.end();
      },
    });
    const engine = createEngine(ports());
    const text = `# @retry 3 every 1ms unsafe\nPOST ${server.url}/\n\nwhole`;
    const file = await trusting.write("api.https", text);
    const settings = await engine.findSettings(file);
    const signal = new AbortController().signal;
    const view = await engine.run({ text, file, block: 0, settings, trusted: true, environmentName: "", signal });
    await engine.close();
    await trusting.remove();
    assert.equal(view.response?.status, 200);
    assert.deepEqual(new Set(server.recorded.map(({ body }) => body.toString())), new Set(["whole"]));
    assert.equal(server.recorded.length, 6);
  });

  test("pauses double, to 30 s at most, with a tenth of chance", () => {
    const middle = () => 0.5;
    assert.deepEqual(
      [2, 3, 4, 5, 20].map((attempt) => pauseBefore(attempt, 500, middle)),
      [500, 1000, 2000, 4000, 30_000],
    );
    assert.deepEqual(
      [2, 3].map((attempt) => pauseBefore(attempt, 60_000, middle)),
      [60_000, 60_000],
    );
    assert.deepEqual(
      [() => 0, () => 1].map((random) => pauseBefore(2, 1000, random)),
      [900, 1100],
    );
  });

  test("Retry-After: seconds, dates, nonsense", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    const asked = (value: string) => retryAfter({ headers: [["retry-AFTER", value]] }, now);
    assert.equal(asked("120"), 120_000);
    assert.equal(asked("Thu, 01 Jan 2026 00:00:05 GMT"), 5000);
    assert.equal(asked("Thu, 01 Jan 2015 00:00:05 GMT"), 0);
    assert.deepEqual(["soon", "-1", "1.5", "", "9".repeat(30)].map(asked), Array(5).fill(undefined));
    assert.equal(retryAfter({ headers: [] }, now), undefined);
  });
});
