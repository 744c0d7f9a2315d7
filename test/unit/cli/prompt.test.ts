import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { createPrompt } from "../../../src/cli/prompt.ts";

const question = { name: "user", text: "Your name", isSecret: false, file: "a.https", line: 3 };
const secret = { ...question, name: "pin", text: "", isSecret: true };

function makeTerminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  let shown = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  // Readline asks streams for no more than what these have.
  const terminal = { input, output } as unknown as { input: NodeJS.ReadStream; output: NodeJS.WriteStream };
  return { terminal, type: (text: string) => input.write(text), shown: () => shown };
}

function ask(
  asked: typeof question,
  terminal: ReturnType<typeof makeTerminal>,
  environment: Record<string, string> = {},
) {
  let interrupted = false;
  const prompt = createPrompt({ get: (name) => environment[name] }, terminal.terminal, () => {
    interrupted = true;
  });
  const controller = new AbortController();
  return { answer: prompt(asked, controller.signal), controller, wasInterrupted: () => interrupted };
}

describe("a question at the terminal", () => {
  it("shows its text and place, and what is typed", async () => {
    const terminal = makeTerminal();
    const { answer } = ask(question, terminal);
    terminal.type("alice\r");
    assert.equal(await answer, "alice");
    assert.match(terminal.shown(), /Your name \[user\], asked by a\.https:3: /);
    assert.match(terminal.shown(), /alice/);
  });

  it("does not show what is typed for a secret", async () => {
    const terminal = makeTerminal();
    const { answer } = ask(secret, terminal);
    terminal.type("12");
    terminal.type("34\r");
    assert.equal(await answer, "1234");
    assert.match(terminal.shown(), /pin, asked by a\.https:3 \(not shown\): /);
    const [, behind = "none"] = stripVTControlCharacters(terminal.shown()).split("(not shown)");
    assert.equal(behind, ": \n");
  });

  it("takes a secret from the environment, but nothing else", async () => {
    const environment = { pin: "from-environment", user: "from-environment" };
    const terminal = makeTerminal();
    assert.equal(await ask(secret, terminal, environment).answer, "from-environment");
    assert.equal(terminal.shown(), "");
    const { answer } = ask(question, terminal, environment);
    terminal.type("typed\r");
    assert.equal(await answer, "typed");
  });

  it("is dismissed by Ctrl+D and by Ctrl+C, which also stops the run", async () => {
    for (const [key, stops] of [
      ["\u0004", false],
      ["\u0003", true],
    ] as const) {
      const terminal = makeTerminal();
      const { answer, wasInterrupted } = ask(question, terminal);
      terminal.type(key);
      assert.deepEqual([await answer, wasInterrupted()], [undefined, stops]);
    }
  });

  it("ends when the run is stopped", async () => {
    const { answer, controller } = ask(question, makeTerminal());
    controller.abort();
    assert.equal(await answer, undefined);
  });

  it("is refused where there is no terminal", async () => {
    await assert.rejects(ask(question, makeTerminal(false)).answer);
  });

  it("cannot be used to write to the terminal", async () => {
    const terminal = makeTerminal();
    const { answer } = ask({ ...question, text: "x\u001b[2Jy\nz" }, terminal);
    terminal.type("a\r");
    await answer;
    assert.match(terminal.shown(), /x\\u001b\[2Jy\\u000az \[user\]/);
  });
});
