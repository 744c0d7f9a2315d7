import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import zlib from "node:zlib";
import { removeLeftoverBodies } from "../../../src/extension/leftover-bodies.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { type Harness, startHarness } from "./harness.ts";

const isWindows = process.platform === "win32";
const password = "correct-horse-battery-staple";
const megabyte = 1024 * 1024;

let harness: Harness;
let answer: (response: ServerResponse, url: string) => void;
const bodies = () => harness.workspace.path("bodies");
before(async () => {
  harness = await startHarness(({ url = "" }, response) => answer(response, url));
});
beforeEach(async () => {
  answer = (response) => void response.end("{}");
  await harness.restart({ PASSWORD: password }, { bodyFolder: bodies() });
});
after(() => harness.stop());

/** 6 MB of lines, a secret in many of them, also across the places where pieces end. */
const large = Buffer.from(`${"a line of text\n".repeat(20)}${password} and more\n`.repeat(18_000));
const sendsPassword = "GET HOST/\nX-Password: {{$env.PASSWORD}}\n";

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(bodies(), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe("a body that is too large for memory", () => {
  it("goes into a file of its owner alone, without a byte of a secret, which is gone with the session", async () => {
    answer = (response) => void response.setHeader("content-encoding", "gzip").end(zlib.gzipSync(large));
    const { view } = await harness.send("large.https", sendsPassword);
    assert.equal(view.failure, null, view.failure?.detail);
    assert.deepEqual([view.response?.body.size, view.response?.body.truncated], [large.length, true]);
    assert.doesNotMatch(JSON.stringify(view), /correct-horse/);
    const [file = "", ...others] = await storedFiles();
    assert.deepEqual(others, []);
    const stored = await readFile(file, "utf8");
    assert.ok(!stored.includes("correct") && !stored.includes("staple"));
    assert.equal(stored.replaceAll("{{$env.PASSWORD}}", password), large.toString());
    if (!isWindows) {
      const modes = [file, join(file, "..")].map(async (path) => (await stat(path)).mode & 0o777);
      assert.deepEqual(await Promise.all(modes), [0o600, 0o700]);
    }
    await harness.engine.close();
    assert.deepEqual(await storedFiles(), []);
  });

  it("is saved and opened from the file, as `>>` saves it", async () => {
    answer = (response) => void response.end(large);
    const { view } = await harness.send("save.https", `${sendsPassword}\n>> out/whole.txt\n`);
    assert.match(view.notes[0]?.text ?? "", /saved to out\/whole\.txt \([\d.]+ MB\)\. Secrets in it were replaced/);
    const saved = await harness.workspace.read("out/whole.txt");
    assert.ok(saved.length > 5 * megabyte && !saved.includes("correct-horse"));
    const target = harness.workspace.path("chosen.txt");
    assert.equal(await harness.engine.saveBody(view.id, target), true);
    assert.equal(await harness.workspace.read("chosen.txt"), saved);
    const opened = await harness.engine.bodyFile(view.id, "name.txt");
    assert.ok(opened?.endsWith("name.txt"));
    assert.equal(await readFile(opened ?? "", "utf8"), saved);
    assert.equal(await harness.engine.bodyFile(view.id, "name.txt"), opened);
    assert.equal(await harness.engine.bodyFile("no such exchange", "name.txt"), undefined);
  });

  it("cannot be referred to, and says so; its headers can", async () => {
    answer = (response) => void response.setHeader("x-next", "page2").end(large);
    const text = "# @name big\nGET HOST/\n\n###\n# @ref big\nGET HOST/{{big.response.headers.x-next}}\n";
    assert.deepEqual((await harness.send("next.https", text)).arrived, ["GET /", "GET /page2"]);
    const body = text.replace("headers.x-next", "body.$.id");
    assert.equal((await harness.send("body.https", body)).view.failure?.code, "response.too-large");
  });

  it("ends at padlock.maxBodySize, with what had come", async () => {
    answer = (response) => void response.end(large);
    const raw = await harness.engine.findSettings(harness.workspace.path("limit.https"));
    const view = await harness.engine.run({
      text: `GET https://${harness.host}/\n`,
      file: harness.workspace.path("limit.https"),
      block: 0,
      settings: { ...raw, values: { ...raw.values, "padlock.maxBodySize": "5.5MB" } },
      trusted: true,
      environmentName: "",
      signal: new AbortController().signal,
    });
    assert.equal(view.failure?.code, "response.too-large");
    assert.equal(view.response?.partial, true);
    assert.ok(Number(view.response?.body.size) > 5 * megabyte);
  });

  it("of a crashed session is removed by the next; that of a living one stays", async () => {
    const living = join(bodies(), `${process.pid}-0123456789abcdef`);
    const crashed = join(bodies(), "999999999-0123456789abcdef");
    for (const folder of [living, crashed]) await mkdir(folder, { recursive: true });
    await removeLeftoverBodies(bodies());
    assert.deepEqual(await readdir(bodies()), [`${process.pid}-0123456789abcdef`]);
  });
});

describe("a small body", () => {
  it("that is binary is saved byte by byte", async () => {
    const bytes = Buffer.from([0, 1, 2, 0xff, 0xfe, 0x80, 13, 10, 26, 0]);
    answer = (response) => void response.setHeader("content-type", "image/png").end(bytes);
    const { view } = await harness.send("png.https", "GET HOST/a.png\n");
    assert.equal(view.response?.body.kind, "binary");
    const target = harness.workspace.path("saved.png");
    assert.equal(await harness.engine.saveBody(view.id, target), true);
    assert.deepEqual(await readFile(target), bytes);
  });
});

describe("a response that fails in the middle", () => {
  it("is shown as far as it came, but for the beginning of a secret", async () => {
    answer = (response) => {
      response.writeHead(200, { "content-type": "text/plain", "content-length": "1000" });
      response.write(`seen ${password} again ${password.slice(0, 15)}`, () => response.socket?.destroy());
    };
    const { view } = await harness.send("half.https", sendsPassword);
    assert.equal(view.failure?.code, "network.reset");
    assert.equal(view.response?.partial, true);
    assert.equal(view.response?.body.text, "seen {{$env.PASSWORD}} again ");
    assert.equal(view.response?.status, 200);
  });
});

describe("an event stream", () => {
  it("is shown as it arrives, every line once, with the secrets in it replaced wherever it is split", async () => {
    answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const write = ([text, ...rest]: readonly string[]) => {
        if (text === undefined) return void response.end();
        response.write(text);
        setTimeout(() => write(rest), 130);
      };
      write(["data: one\n\n", `data: ${password.slice(0, 9)}`, `${password.slice(9)}\n\n`, "data: last\n\n"]);
    };
    const seen: ExchangeView[] = [];
    const texts: string[] = [];
    const { view } = await harness.send("events.https", sendsPassword, undefined, {
      onProgress: (live) => seen.push(live),
      onEvents: (text, live) => {
        texts.push(text);
        assert.equal(live().response?.status, 200);
      },
    });
    assert.deepEqual(texts, ["data: one\n\n", "data: {{$env.PASSWORD}}\n\n", "data: last\n\n"]);
    assert.equal(view.response?.body.text, texts.join(""));
    assert.equal(view.receiving, undefined);
    const first = seen[0];
    assert.ok(first && seen.length >= 3, `${seen.length} looks`);
    assert.deepEqual([first.receiving, first.id], [true, view.id]);
    assert.equal(first.connection?.tls?.verdict.verified, true);
    assert.ok(seen.every(({ response }) => !response?.body.text.includes("correct-")));
    assert.ok(view.response?.body.text.startsWith(first.response?.body.text ?? "?"));
  });

  it("that is canceled keeps what came", async () => {
    const stop = new AbortController();
    answer = (response) => void response.writeHead(200, { "content-type": "text/event-stream" }).write("data: 1\n\n");
    const { view } = await harness.send("cancel.https", "GET HOST/\n", undefined, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    assert.equal(view.failure?.code, "canceled");
    assert.equal(view.response?.body.text, "data: 1\n\n");
  });

  it("is not looked at where it ends at once, nor is any quick response", async () => {
    let looks = 0;
    const options = { onProgress: () => looks++ };
    answer = (response) => void response.end("{}");
    await harness.send("quick.https", "GET HOST/\n", undefined, options);
    assert.equal(looks, 0);
    answer = (response) => {
      response.write("slow");
      setTimeout(() => response.end(), 500);
    };
    await harness.send("slow.https", "GET HOST/\n", undefined, options);
    assert.ok(looks >= 1);
  });
});

describe("a large body file", () => {
  const content = Buffer.alloc(3 * megabyte, "0123456789abcdef-");
  const hash = (bytes: Uint8Array | undefined) =>
    createHash("sha256")
      .update(bytes ?? "")
      .digest("hex");

  it("is sent whole with its length, also again behind a 307, and its beginning is shown", async () => {
    await harness.workspace.write("up.bin", content);
    answer = (response, url) => {
      if (url === "/first") response.writeHead(307, { location: "/second" });
      response.end();
    };
    const { view, arrived } = await harness.send("up.https", "PUT HOST/first\n\n< up.bin\n");
    assert.deepEqual(arrived, ["PUT /first", "PUT /second"]);
    for (const request of harness.server.recorded.slice(-2)) {
      assert.equal(hash(request.body), hash(content));
      const at = request.rawHeaders.findIndex((name) => name.toLowerCase() === "content-length");
      assert.equal(request.rawHeaders[at + 1], String(content.length));
      assert.ok(!request.rawHeaders.some((name) => name.toLowerCase() === "transfer-encoding"));
    }
    const { body } = view.request;
    assert.deepEqual([body?.size, body?.truncated], [content.length, true]);
    assert.ok(Number(body?.text.length) <= 256 * 1024);
    assert.equal(view.request.headers.at(-1)?.value, String(content.length));
  });

  it("stands in a multipart body and in cURL's -F and --data-binary", async () => {
    await harness.workspace.write("part.bin", content);
    const head = "POST HOST/\nContent-Type: multipart/form-data; boundary=b\n\n--b\n";
    await harness.send("multi.https", `${head}Content-Disposition: form-data; name="f"\n\n< part.bin\n--b--\n`);
    const multi = harness.server.recorded.at(-1)?.body ?? Buffer.alloc(0);
    assert.ok(multi.includes(content) && multi.toString("latin1").startsWith("--b\r\n"));
    assert.ok(multi.toString("latin1").endsWith("\r\n--b--\r\n"));
    await harness.send("f.https", "curl -F file=@part.bin https://HOST/\n");
    assert.ok(harness.server.recorded.at(-1)?.body.includes(content));
    await harness.send("d.https", "curl --data-binary @part.bin https://HOST/\n");
    assert.equal(hash(harness.server.recorded.at(-1)?.body), hash(content));
  });

  it("that changes before it is sent again: a failure that names it", async () => {
    const path = await harness.workspace.write("moving.bin", content);
    answer = (response, url) => {
      if (url !== "/first") return void response.end();
      void appendFile(path, "more").then(() => response.writeHead(308, { location: "/second" }).end());
    };
    const { view } = await harness.send("moving.https", "PUT HOST/first\n\n< moving.bin\n");
    assert.equal(view.failure?.code, "value.unreadable-file");
    assert.match(view.failure?.title ?? "", /moving\.bin changed while it was sent/);
  });

  it("whose references are replaced may have 50 MB, and says what to do", async () => {
    await harness.workspace.write("text.txt", Buffer.alloc(51 * megabyte, "x"));
    const { view, arrived } = await harness.send("text.https", "PUT HOST/\n\n<@ text.txt\n");
    assert.equal(view.failure?.code, "value.unreadable-file");
    assert.match(view.failure?.title ?? "", /larger than 50 MB/);
    assert.deepEqual(arrived, []);
  });
});
