import assert from "node:assert/strict";
import { test } from "node:test";
import { handlePanelMessage, type PanelRequestPorts } from "../../../src/extension/panel-requests.ts";
import type { RunState } from "../../../src/extension/request-runner.ts";
import { type HostMessage, isHostMessage, isPanelMessage } from "../../../src/protocol/messages.ts";
import { exchange } from "./exchanges.ts";
import { target } from "./targets.ts";

const shown = exchange({
  id: "shown",
  request: {
    ...exchange().request,
    headers: [
      { name: "Accept", value: "*/*" },
      { name: "Authorization", value: "Bearer ••••••", masked: true },
    ],
  },
});
const finished: RunState = { kind: "finished", target: target(), exchange: shown };
const revealMessage = { type: "revealHeader", id: "shown", part: "request", index: 1 };

/** What the panel gets after it has sent a message, and what the engine was asked for. */
async function answersTo(message: unknown, state: RunState = finished, value: string | null = "Bearer abc") {
  const asked: unknown[] = [];
  const answers: HostMessage[] = [];
  const logged: unknown[] = [];
  const log = (...words: unknown[]) => logged.push(words);
  const ports = {
    runner: { state },
    engine: {
      reveal: (id: string, place: object) => {
        asked.push([id, place]);
        return value ?? undefined;
      },
    },
    log: { debug: log, info: log, error: log },
    answer: (answer: HostMessage) => answers.push(answer),
  };
  if (isPanelMessage(message)) await handlePanelMessage(message, ports as unknown as PanelRequestPorts);
  return { asked, answers, logged };
}

test("a click on Reveal is answered with the value, and logs nothing", async () => {
  const { answers, logged } = await answersTo(revealMessage);
  assert.deepEqual(answers, [{ type: "revealed", id: "shown", part: "request", index: 1, value: "Bearer abc" }]);
  assert.ok(answers.every(isHostMessage));
  assert.deepEqual(logged, []);
});

test("a value that the engine no longer keeps is answered with null", async () => {
  const { answers } = await answersTo(revealMessage, finished, null);
  assert.deepEqual(answers, [{ type: "revealed", id: "shown", part: "request", index: 1, value: null }]);
});

test("anything else is not even asked of the engine", async () => {
  const wrong: readonly (readonly [unknown, RunState?])[] = [
    [{ ...revealMessage, id: "another" }],
    [{ ...revealMessage, index: 0 }],
    [{ ...revealMessage, index: 7 }],
    [{ ...revealMessage, part: "response" }],
    [{ ...revealMessage, part: "body" }],
    [revealMessage, { kind: "idle" }],
    [revealMessage, { kind: "running", id: "shown", target: target(), startedAt: 0 }],
  ];
  for (const [message, state] of wrong) {
    const { asked, answers } = await answersTo(message, state ?? finished);
    assert.deepEqual([asked, answers], [[], []], JSON.stringify(message));
  }
});
