import assert from "node:assert/strict";
import { test } from "node:test";
import type { Engine, RawSettings, RunInput } from "../../../src/engine/contract.ts";
import { RequestRunner, type RunnerPorts, type RunState } from "../../../src/extension/request-runner.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { exchange, failed } from "./exchanges.ts";
import { target } from "./targets.ts";

const rawSettings: RawSettings = {
  root: "/project",
  values: {},
  file: "/project/.vscode/settings.json",
  text: undefined,
};

/** Answers when told to; an aborted run ends as canceled, as the engine's contract says. */
class SlowEngine implements Engine {
  readonly runs: { readonly input: RunInput; readonly answer: (exchange: ExchangeView) => void }[] = [];

  run(input: RunInput): Promise<ExchangeView> {
    const { promise, resolve } = Promise.withResolvers<ExchangeView>();
    input.signal.addEventListener("abort", () => resolve(failed("canceled", false)));
    if (input.signal.aborted) resolve(failed("canceled", false));
    this.runs.push({ input, answer: resolve });
    return promise;
  }

  async inspect(): Promise<never> {
    throw new Error("nothing is inspected here");
  }

  lastResponse(): undefined {}

  reveal(): undefined {}

  cookies(): [] {
    return [];
  }

  revealCookie(): undefined {}

  clearCookies(): number {
    return 0;
  }

  async saveBody(): Promise<boolean> {
    return false;
  }

  async bodyFile(): Promise<undefined> {}

  async findSettings(): Promise<RawSettings> {
    return rawSettings;
  }

  async close(): Promise<void> {}
}

function scene(change: Partial<RunnerPorts> = {}) {
  const engine = new SlowEngine();
  const states: RunState[] = [];
  const finished: ExchangeView[] = [];
  const earlier: ExchangeView[] = [];
  const calls: string[] = [];
  let ids = 0;
  let time = 0;
  const runner = new RequestRunner({
    isTrusted: () => true,
    engine: async () => {
      calls.push("engine");
      return engine;
    },
    settings: async () => {
      calls.push("settings");
      return rawSettings;
    },
    newId: () => `run-${++ids}`,
    now: () => time,
    onState: (state) => states.push(state),
    environmentName: () => "dev",
    onExchange: (_, view) => finished.push(view),
    onEarlierExchange: (_, view) => earlier.push(view),
    ...change,
  });
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { runner, engine, states, finished, earlier, calls, pass };
}

/** Lets what is already settled reach whoever waits for it. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("a run goes from running to finished with the engine's exchange", async () => {
  const { runner, engine, states, finished } = scene();
  const sent = runner.send(target());
  await turn();
  assert.equal(runner.state.kind, "running");
  const { input, answer } = engine.runs[0] ?? assert.fail("the engine was not called");
  assert.equal(input.file, "/project/api.https");
  assert.equal(input.block, 0);
  assert.equal(input.settings, rawSettings);
  assert.equal(input.environmentName, "dev");
  assert.equal(input.trusted, true);
  const view = exchange();
  answer(view);
  await sent;
  assert.deepEqual(
    states.map(({ kind }) => kind),
    ["running", "finished"],
  );
  assert.deepEqual(finished, [view]);
});

test("requests that had to be sent first are told, and only the asked for one is shown", async () => {
  const { runner, engine, finished, earlier } = scene();
  const sent = runner.send(target());
  await turn();
  const { input, answer } = engine.runs[0] ?? assert.fail("the engine was not called");
  const login = exchange({ id: "login" });
  input.onExchange?.(login);
  assert.equal(runner.state.kind, "running");
  answer(exchange());
  await sent;
  assert.deepEqual(earlier, [login]);
  assert.deepEqual(finished, [exchange()]);
});

test("in an untrusted workspace neither the engine nor the settings are touched", async () => {
  const { runner, calls, engine, finished } = scene({ isTrusted: () => false });
  await runner.send(target());
  assert.deepEqual(calls, []);
  assert.equal(engine.runs.length, 0);
  const [view] = finished;
  assert.equal(view?.failure?.code, "policy.untrusted-workspace");
  assert.equal(view?.failure?.requestSent, false);
  assert.equal(view?.request.url, "https://api.example.com/users");
  assert.equal(runner.state.kind, "finished");
});

test("the engine is told of the trust as it is when it is called", async () => {
  const answers = [true, false];
  const { runner, engine } = scene({ isTrusted: () => answers.shift() ?? false });
  const sent = runner.send(target());
  await turn();
  assert.equal(engine.runs[0]?.input.trusted, false);
  engine.runs[0]?.answer(failed("canceled", false));
  await sent;
});

test("cancel aborts the running request, by its id or without one, and no other", async () => {
  for (const id of ["run-1", undefined]) {
    const { runner, engine, finished } = scene();
    const sent = runner.send(target());
    await turn();
    runner.cancel("run-0");
    assert.equal(engine.runs[0]?.input.signal.aborted, false);
    runner.cancel(id);
    await sent;
    assert.equal(finished[0]?.failure?.code, "canceled");
  }
});

test("cancel while the engine still loads reaches it", async () => {
  const { runner, finished } = scene();
  const sent = runner.send(target());
  runner.cancel();
  await sent;
  assert.equal(finished[0]?.failure?.code, "canceled");
});

test("a newer send takes the panel: the older one is aborted, reported, and shown no more", async () => {
  const { runner, engine, finished, states } = scene();
  const older = runner.send(target());
  await turn();
  const other = target({ key: { block: 1, digest: "e", name: undefined, blocks: 2 } });
  const newer = runner.send(other);
  await older;
  assert.equal(runner.state.kind, "running");
  await turn();
  engine.runs[1]?.answer(exchange({ id: "newer" }));
  await newer;
  assert.deepEqual(
    finished.map(({ id, failure }) => failure?.code ?? id),
    ["canceled", "newer"],
  );
  assert.deepEqual(
    states.map(({ kind }) => kind),
    ["running", "running", "finished"],
  );
  assert.deepEqual(states.at(-1), { kind: "finished", target: other, exchange: exchange({ id: "newer" }) });
});

test("the second click of a double click neither sends twice nor cancels", async () => {
  const { runner, engine, pass, finished } = scene();
  const first = runner.send(target());
  await turn();
  pass(200);
  await runner.send(target());
  assert.equal(engine.runs.length, 1);
  assert.equal(engine.runs[0]?.input.signal.aborted, false);
  pass(200);
  const third = runner.send(target());
  await first;
  await turn();
  engine.runs[1]?.answer(exchange());
  await third;
  assert.equal(finished.length, 2);
});

test("an engine that cannot be loaded leaves nothing running and rejects", async () => {
  const { runner } = scene({ engine: () => Promise.reject(new Error("no such bundle")) });
  await assert.rejects(runner.send(target()), /no such bundle/);
  assert.deepEqual(runner.state, { kind: "idle" });
});

test("a question shows that the run waits for the answer, and keeps it the same run", async () => {
  const { runner, engine, states } = scene();
  const sent = runner.send(target());
  await turn();
  const { promise, resolve } = Promise.withResolvers<string>();
  const answer = runner.asking(() => promise);
  const isAsking = () => runner.state.kind === "running" && (runner.state.isAsking ?? false);
  assert.equal(isAsking(), true);
  resolve("yes");
  assert.equal(await answer, "yes");
  assert.equal(isAsking(), false);
  engine.runs[0]?.answer(exchange());
  await sent;
  assert.deepEqual(
    states.map(({ kind }) => kind),
    ["running", "running", "running", "finished"],
  );
});

test("a run that is canceled while it asks ends as canceled, and a late answer changes nothing", async () => {
  const { runner } = scene();
  const sent = runner.send(target());
  await turn();
  const { promise, resolve } = Promise.withResolvers<string>();
  const answer = runner.asking(() => promise);
  runner.cancel("run-1");
  await sent;
  assert.equal(runner.state.kind, "finished");
  resolve("late");
  await answer;
  assert.equal(runner.state.kind, "finished");
  assert.equal(await runner.asking(async () => "without a run"), "without a run");
});
