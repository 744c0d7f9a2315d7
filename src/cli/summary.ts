import type { ExchangeView } from "../protocol/exchange-view.ts";
import { type ExitCode, exitCodeOf, exitCodes, worstExitCode } from "./exit-code.ts";

/** What the run came to; stands at the end of the `--json` document as it is. */
export interface Summary {
  /** Those that the command selected and those that they needed. */
  readonly requests: number;
  /** A response came, whatever its status. */
  readonly answered: number;
  readonly failed: number;
  readonly canceled: number;
  /** Selected, but the run was interrupted before their turn. */
  readonly notSent: number;
  /** Left out, because of `@disabled`; not part of `requests`. */
  readonly skipped: number;
  /** What is wrong outside the requests: an unreadable file, a broken block without a request, an unknown name. */
  readonly problems: number;
  readonly exitCode: ExitCode;
}

export class Tally {
  readonly #codes: ExitCode[] = [];
  #problems: number;
  readonly #skipped: number;
  /** Of the selected requests. */
  #left: number;
  #done = 0;
  #answered = 0;
  #canceled = 0;

  constructor(selected: number, problems: number, skipped = 0) {
    this.#left = selected;
    this.#problems = problems;
    this.#skipped = skipped;
    if (problems > 0) this.#codes.push(exitCodes.wrongInput);
  }

  /** Something outside the requests went wrong while they were sent. */
  addProblem(): void {
    this.#problems++;
    this.#codes.push(exitCodes.wrongInput);
  }

  /** A selected request. */
  add(view: ExchangeView): void {
    this.#left--;
    this.addBefore(view);
  }

  /** A request that a selected one needed. */
  addBefore({ failure }: ExchangeView): void {
    this.#done++;
    if (failure === null) this.#answered++;
    else if (failure.code === "canceled") this.#canceled++;
    this.#codes.push(failure === null ? exitCodes.passed : exitCodeOf(failure.code));
  }

  /** A selected request that was sent already, because one before it needed it. */
  passOver(): void {
    this.#left--;
  }

  summary(): Summary {
    return {
      requests: this.#done + this.#left,
      answered: this.#answered,
      failed: this.#done - this.#answered - this.#canceled,
      canceled: this.#canceled,
      notSent: this.#left,
      skipped: this.#skipped,
      problems: this.#problems,
      exitCode: this.#left > 0 ? exitCodes.interrupted : worstExitCode(this.#codes),
    };
  }
}

/** The document of a run that could not begin. */
export function refusedSummary(problems: number): Summary {
  return {
    requests: 0,
    answered: 0,
    failed: 0,
    canceled: 0,
    notSent: 0,
    skipped: 0,
    problems,
    exitCode: exitCodes.wrongInput,
  };
}
