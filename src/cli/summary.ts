import type { ExchangeView } from "../protocol/exchange-view.ts";
import { type ExitCode, exitCodeOf, exitCodes, worstExitCode } from "./exit-code.ts";

/** What the run came to; stands at the end of the `--json` document as it is. */
export interface Summary {
  /** Selected by the command. */
  readonly requests: number;
  /** A response came, whatever its status. */
  readonly answered: number;
  readonly failed: number;
  readonly canceled: number;
  /** Selected, but the run was interrupted before their turn. */
  readonly notSent: number;
  /** What is wrong outside the requests: an unreadable file, a broken block without a request, an unknown name. */
  readonly problems: number;
  readonly exitCode: ExitCode;
}

export class Tally {
  readonly #requests: number;
  readonly #codes: ExitCode[] = [];
  readonly #problems: number;
  #done = 0;
  #answered = 0;
  #canceled = 0;

  constructor(requests: number, problems: number) {
    this.#requests = requests;
    this.#problems = problems;
    if (problems > 0) this.#codes.push(exitCodes.wrongInput);
  }

  add(view: ExchangeView): void {
    this.#done++;
    if (view.failure === null) this.#answered++;
    else if (view.failure.code === "canceled") this.#canceled++;
    this.#codes.push(view.failure === null ? exitCodes.passed : exitCodeOf(view.failure.code));
  }

  summary(): Summary {
    const notSent = this.#requests - this.#done;
    return {
      requests: this.#requests,
      answered: this.#answered,
      failed: this.#done - this.#answered - this.#canceled,
      canceled: this.#canceled,
      notSent,
      problems: this.#problems,
      exitCode: notSent > 0 ? exitCodes.interrupted : worstExitCode(this.#codes),
    };
  }
}

/** The document of a run that could not begin. */
export function refusedSummary(problems: number): Summary {
  return { requests: 0, answered: 0, failed: 0, canceled: 0, notSent: 0, problems, exitCode: exitCodes.wrongInput };
}
