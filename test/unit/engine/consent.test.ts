import assert from "node:assert/strict";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { ConsentAnswer, ConsentQuestion, EnginePorts } from "../../../src/engine/contract.ts";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
before(async () => {
  harness = await startHarness((request, response) => {
    if (request.url === "/moved") response.writeHead(302, { location: `https://127.0.0.1:${harness.server.port}/` });
    response.end(`${request.headers["x-key"]} ${request.headers["x-other"]}`);
  });
});
after(() => harness.stop());

const values = { UNLISTED: "v4lue-unlisted", SECOND: "v4lue-second", KEY: "v4lue-of-key" };

/** A session whose person gives these answers; `log` is what was asked and read, in order. */
async function startSession(answers: readonly ConsentAnswer[], changes: Partial<EnginePorts> = {}) {
  const questions: ConsentQuestion[] = [];
  const log: string[] = [];
  const left = [...answers];
  const get = (name: string) => {
    log.push(`read ${name}`);
    return Object.hasOwn(values, name) ? values[name as keyof typeof values] : undefined;
  };
  await harness.restart(values, {
    environment: { get },
    secret: async (name) => get(name),
    prompt: async ({ name }) => {
      log.push(`prompt ${name}`);
      return "an-answer";
    },
    consent: async (question) => {
      questions.push(question);
      log.push(`consent ${question.kind === "secret" ? question.name : question.path}`);
      return left.shift() ?? "refuse";
    },
    ...changes,
  });
  return { questions, log };
}

const lastHeaders = () => harness.server.recorded.at(-1)?.rawHeaders.join("\n") ?? "";

describe("a secret that the settings do not allow", () => {
  const text = "### one\nGET HOST/\nX-Key: {{$env.UNLISTED}}\n";

  test("is asked for by name, host, file and line, before it is read", async () => {
    const { questions, log } = await startSession(["refuse"]);
    const { view, arrived } = await harness.send("requests/a.https", text);
    assert.deepEqual(questions, [
      {
        kind: "secret",
        name: "UNLISTED",
        host: harness.host,
        mayBePublic: true,
        file: "requests/a.https",
        line: 3,
      },
    ]);
    assert.deepEqual([view.failure?.code, arrived], ["policy.secret-not-allowed", []]);
    assert.ok(!log.includes("read UNLISTED"), "a refused secret is not read");
  });

  test("goes out once it is allowed, and is shown by its name only", async () => {
    await startSession(["allow"]);
    const { view, arrived } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["GET /"], view.failure?.detail);
    assert.match(lastHeaders(), /X-Key\nv4lue-unlisted/);
    assert.doesNotMatch(JSON.stringify(view), /v4lue-unlisted/);
  });

  test("is shown in clear once it is said to be no secret", async () => {
    await startSession(["public"]);
    const { view, arrived } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["GET /"], view.failure?.detail);
    assert.match(view.response?.body.text ?? "", /v4lue-unlisted/);
  });

  test("where nobody can be asked is refused, and the failure says what to add", async () => {
    await harness.restart(values);
    const { view, arrived } = await harness.send("a.https", text);
    assert.deepEqual([view.failure?.code, arrived], ["policy.secret-not-allowed", []]);
    assert.match(view.failure?.fix ?? "", /padlock\.secrets/);
  });

  test("that only a store or a question can give is no configuration", async () => {
    for (const written of ["{{$secret UNLISTED}}", "{{$dotenv UNLISTED}}"]) {
      const { questions } = await startSession(["public"]);
      const { arrived } = await harness.send("a.https", text.replace("{{$env.UNLISTED}}", written));
      assert.ok(questions[0]?.kind === "secret" && !questions[0].mayBePublic, written);
      assert.deepEqual(arrived, []);
    }
  });

  test("that is listed for another host is no configuration either", async () => {
    const { questions } = await startSession(["public"]);
    const { arrived } = await harness.send(
      "a.https",
      `GET https://127.0.0.1:${harness.server.port}/\nX: {{$env.KEY}}\n`,
    );
    assert.ok(questions[0]?.kind === "secret" && !questions[0].mayBePublic);
    assert.deepEqual(arrived, []);
  });
});

describe("in one run", () => {
  test("several secrets are asked for one after the other; the first refusal ends it", async () => {
    const text = "GET HOST/\nX-Key: {{$env.UNLISTED}}\nX-Other: {{$env.SECOND}}\n";
    const allowed = await startSession(["allow", "allow"]);
    assert.deepEqual((await harness.send("a.https", text)).arrived, ["GET /"]);
    assert.equal(allowed.questions.length, 2);
    const refused = await startSession(["allow", "refuse"]);
    const { arrived } = await harness.send("a.https", text);
    assert.deepEqual(arrived, []);
    assert.ok(!refused.log.includes("read SECOND"));
  });

  const first = "### first\n# @name first\nGET HOST/first\nX-Key: {{$env.UNLISTED}}\n\n";

  test("two requests that want the same secret ask once", async () => {
    const { questions } = await startSession(["allow"]);
    const text = `${first}### second\n# @ref first\nGET HOST/second\nX-Key: {{$env.UNLISTED}}\n`;
    const { view, arrived } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["GET /first", "GET /second"], view.failure?.detail);
    assert.equal(questions.length, 1);
  });

  test("a refused one keeps what needs it from being sent, without another question", async () => {
    const { questions } = await startSession(["refuse", "allow"]);
    const text = `${first}### second\n# @ref first\nGET HOST/second\nX-Key: {{$env.UNLISTED}}\n`;
    assert.deepEqual((await harness.send("a.https", text)).arrived, []);
    assert.equal(questions.length, 1);
  });

  test("the person is asked for consent before a prompt, and for no answer twice", async () => {
    const { log } = await startSession(["allow", "allow"]);
    const text = "# @prompt who\nGET HOST/\nX-Who: {{who}}\nX-Key: {{$env.UNLISTED}}\nX-Other: {{$env.SECOND}}\n";
    const { arrived } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["GET /"]);
    assert.deepEqual(
      log.filter((line) => !line.startsWith("read")),
      ["consent UNLISTED", "consent SECOND", "prompt who"],
    );
  });

  test("an answer that forms the host is kept while the rest is asked for", async () => {
    let prompts = 0;
    const { questions } = await startSession(["allow"], {
      prompt: async () => {
        prompts++;
        return harness.host;
      },
    });
    const text = "# @prompt server\nGET https://{{server}}/\nX-Key: {{$env.UNLISTED}}\n";
    const { view, arrived } = await harness.send("a.https", text);
    assert.deepEqual([prompts, questions.length, arrived], [1, 1, ["GET /"]], view.failure?.detail);
  });

  test("a redirect never asks: what its host may not get stays behind", async () => {
    const { questions } = await startSession(["allow"]);
    await harness.send("a.https", "GET HOST/moved\nX-Key: {{$env.KEY}}\n");
    assert.deepEqual(questions, []);
    assert.ok(!harness.server.recorded.some(({ url, rawHeaders }) => url === "/" && rawHeaders.includes(values.KEY)));
  });
});

test("a body file outside of the workspace is asked for with its folder, and read once that is allowed", async () => {
  const outside = await realpath(await mkdtemp(join(tmpdir(), "padlock-outside-")));
  try {
    await writeFile(join(outside, "body.json"), '{"from":"outside"}');
    const text = `POST HOST/\n\n< ${join(outside, "body.json")}\n`;
    const refused = await startSession(["refuse"]);
    assert.deepEqual((await harness.send("a.https", text)).arrived, []);
    assert.deepEqual(
      refused.questions.map((question) => question.kind === "path" && [question.path, question.folder, question.line]),
      [[join(outside, "body.json"), outside, 3]],
    );
    await startSession(["allow"]);
    const { view, arrived } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["POST /"], view.failure?.detail);
    assert.equal(harness.server.recorded.at(-1)?.body.toString("utf8"), '{"from":"outside"}');
  } finally {
    await rm(outside, { recursive: true, force: true });
  }
});
