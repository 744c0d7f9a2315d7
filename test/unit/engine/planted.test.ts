import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { curlCommand } from "../../../src/extension/curl.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { logLines } from "../../../src/protocol/log-line.ts";
import { encodings, holdsValue, leaksIn, markedEchoes, planted } from "../../support/planted.ts";
import { answerPlanted, bodyKinds, headerEncodings } from "../../support/planted-server.ts";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
before(async () => {
  harness = await startHarness(answerPlanted);
  await harness.restart(planted);
});
after(() => harness.stop());

type Name = keyof typeof planted;
const names = Object.keys(planted) as Name[];

/** Every string of a value, and how it is written as JSON. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...texts(member)]);
}

/** What leaves the engine, and what is made of it. */
const sinks: Readonly<Record<string, (view: ExchangeView) => string>> = {
  "each string of the view": (view) => texts(view).join("\n"),
  "the report as JSON": (view) => JSON.stringify(view, null, 2),
  "the log, key=value": (view) =>
    logLines(view)
      .map(({ text }) => text)
      .join("\n"),
  "the log, JSON": (view) =>
    logLines(view, "json")
      .map(({ text }) => text)
      .join("\n"),
  "copy as cURL": (view) => curlCommand(view)?.text ?? "",
  "what completion knows": () =>
    ["sent", ""]
      .map((name) =>
        JSON.stringify(harness.engine.lastResponse(join(harness.workspace.root, "a.https"), name), (_, member) =>
          member instanceof Map ? Object.fromEntries(member) : member,
        ),
      )
      .join("\n"),
};

/** The secret in every place of a request. */
function request(name: Name, path: string, lines: readonly string[] = []): string {
  return [
    `@given = {{$env.${name}}}`,
    "### sent",
    "# @name sent",
    `POST https://user:{{%given}}@HOST${path}?q={{%given}}&plain={{$env.PASSWORD}}`,
    "X-Token: {{$env.PASSWORD}}",
    `Authorization: {{$basic "alice" $env.${name}}}`,
    "Cookie: sid={{$env.PASSWORD}}; other=1",
    "Content-Type: application/json",
    "",
    `{"key": "{{$env.${name}}}", "user": "alice"}`,
    ...lines,
    "",
  ].join("\n");
}

async function send(name: Name, path: string, lines?: readonly string[]): Promise<ExchangeView> {
  const { view, arrived } = await harness.send("a.https", request(name, path, lines));
  assert.ok(arrived[0]?.startsWith("POST "), view.failure?.detail);
  return view;
}

function assertNoLeak(view: ExchangeView, what: string): void {
  for (const [sink, write] of Object.entries(sinks)) {
    const { leaked } = leaksIn(write(view));
    assert.deepEqual(leaked, [], `${sink}: ${what}`);
  }
}

const places = ["headers", "cookies", "status", "redirect", "refused"] as const;
const sinkCount = Object.keys(sinks).length;
const cells =
  names.length * bodyKinds.length * encodings.length * (sinkCount + 1) +
  names.length * places.length * headerEncodings.length * sinkCount;

describe(`planted secrets: ${cells} cells of ${sinkCount + 1} sinks × ${encodings.length} encodings × ${bodyKinds.length + places.length} places × ${names.length} values, 0 leaks`, () => {
  for (const name of names) {
    for (const kind of bodyKinds) {
      it(`${name} in a ${kind} body, and in the file that \`>>\` saves`, async () => {
        const view = await send(name, `/body/${kind}/${name}`, ["", `>>! saved-${kind}.txt`]);
        assert.equal(view.response?.status, 200, view.failure?.detail);
        // The server did echo it, and the view shows where.
        const shown = leaksIn(kind === "binary" ? "" : (view.response?.body.raw ?? view.response?.body.text ?? ""));
        if (kind !== "binary") assert.equal(shown.seen, encodings.length);
        assertNoLeak(view, kind);
        const saved = await readFile(join(harness.workspace.root, `saved-${kind}.txt`));
        const text = kind === "binary" ? saved.toString("latin1") : saved.toString("utf8");
        assert.ok(leaksIn(saved.toString("utf8")).seen > 50);
        assert.deepEqual([leaksIn(text).leaked, leaksIn(saved.toString("utf8")).leaked], [[], []]);
      });
    }

    for (const place of ["headers", "cookies"] as const) {
      it(`${name} in ${place}`, async () => {
        const view = await send(name, `/${place}/${name}`);
        assert.ok((view.response?.headers.length ?? 0) > 20, view.failure?.detail);
        assertNoLeak(view, place);
      });
    }

    it(`${name} where the connection fails`, async () => {
      const { view } = await harness.send("a.https", request(name, "/").replace("HOST", "localhost:1"));
      assert.ok(view.failure);
      assertNoLeak(view, "no connection");
    });
  }

  for (const place of ["status", "redirect", "refused"] as const) {
    const where = {
      status: "a status text",
      redirect: "the target of a redirect",
      refused: "that of a refused redirect",
    };
    it(`all in ${where[place]}`, async () => {
      for (const index of headerEncodings) {
        const view = await send("KEY", `/${place}/${index}`);
        assert.equal(view.failure === null, place !== "refused", view.failure?.detail);
        assertNoLeak(view, `${place}, ${encodings[index]}`);
      }
    });
  }

  it("a secret in the name of a saved file stops the request", async () => {
    const text = request("KEY", "/body/text/KEY", ["", ">>! saved-{{$env.KEY}}.txt"]);
    const { view, arrived } = await harness.send("a.https", text);
    assert.deepEqual([arrived, view.response], [[], null]);
    assertNoLeak(view, "the name of a file");
    assert.ok((await readdir(harness.workspace.root)).every((file) => !holdsValue(file)));
  });

  it("the check itself finds a value in each encoding", () => {
    for (const value of Object.values(planted)) {
      const { leaked } = leaksIn(markedEchoes(value));
      const unread = encodings.filter((name) => !leaked.includes(name));
      // What takes a reader several steps to decode is no leak of one step.
      assert.deepEqual(
        unread.filter((name) => !/ in |double|JSON of|base64 of|base64, percent/.test(name)),
        [],
      );
    }
  });
});
