import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { PromptQuestion } from "../engine/contract.ts";
import type { Environment } from "../secrets/environment.ts";
import { terminalLine } from "./render/terminal-text.ts";

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/**
 * Answers `@prompt` at the terminal. A secret is taken from the environment variable of its name where it is set.
 * `onInterrupt`: Ctrl+C is no signal while a line is read. Undefined for Ctrl+C and Ctrl+D; rejects without a terminal.
 */
export function createPrompt(environment: Environment, terminal: Terminal, onInterrupt: () => void) {
  return async (question: PromptQuestion, signal: AbortSignal): Promise<string | undefined> => {
    const set = question.isSecret ? environment.get(question.name) : undefined;
    if (set !== undefined) return set;
    if (!isTerminal(terminal)) throw new Error("there is no terminal to ask at");
    return askLine(questionText(question), question.isSecret, terminal, onInterrupt, signal);
  };
}

export function isTerminal({ input, output }: Terminal): boolean {
  return input.isTTY === true && output.isTTY === true;
}

/**
 * Reads one line; what is typed for a secret is not shown. Questions go to standard error, so that standard output holds
 * results only. `question`: safe for a terminal. Undefined for Ctrl+C and Ctrl+D.
 */
export async function askLine(
  question: string,
  isSecret: boolean,
  { input, output }: Terminal,
  onInterrupt: () => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const echo = new Echo(output);
  const lines = createInterface({ input, output: echo, terminal: true, historySize: 0 });
  const closed = new Promise<undefined>((resolve) => lines.once("close", () => resolve(undefined)));
  let breaksLine = isSecret;
  lines.once("SIGINT", () => {
    onInterrupt();
    lines.close();
  });
  try {
    const answer = lines.question(question, { signal });
    echo.isMuted = isSecret;
    // At the end of the input (Ctrl+D) the question itself never settles.
    const given = await Promise.race([answer, closed]);
    breaksLine ||= given === undefined;
    return given;
  } catch {
    return undefined;
  } finally {
    echo.isMuted = false;
    lines.close();
    if (breaksLine) output.write("\n");
  }
}

function questionText({ name, text, file, line, isSecret }: PromptQuestion): string {
  const note = isSecret ? " (not shown)" : "";
  const question = text === "" || text.endsWith(` ${name}`) ? text || name : `${text} [${name}]`;
  return `${terminalLine(`${question}, asked by ${file}:${line}`)}${note}: `;
}

/** What `readline` would show of the line that is typed. */
class Echo extends Writable {
  readonly #output: NodeJS.WriteStream;
  isMuted = false;

  constructor(output: NodeJS.WriteStream) {
    super();
    this.#output = output;
  }

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    if (!this.isMuted) this.#output.write(chunk);
    done();
  }
}
