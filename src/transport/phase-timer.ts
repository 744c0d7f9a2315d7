/**
 * A time limit that is moved for each piece of an exchange. Setting a timer of Node costs more than reading the clock:
 * one that is set already goes on, and looks at its end whether there is time left.
 */
export class PhaseTimer {
  readonly #onEnd: () => void;
  readonly #holdsProcess: boolean;
  #timer: NodeJS.Timeout | undefined;
  /** `performance.now()` */
  #due = 0;
  #wakesAt = 0;

  /** `holdsProcess`: does Node go on while it runs? */
  constructor(onEnd: () => void, holdsProcess: boolean) {
    this.#onEnd = onEnd;
    this.#holdsProcess = holdsProcess;
  }

  /** From now on this many milliseconds are left. */
  set(milliseconds: number): void {
    const now = performance.now();
    this.#due = now + milliseconds;
    if (this.#timer && this.#wakesAt <= this.#due) return;
    this.#sleep(milliseconds, now);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #sleep(milliseconds: number, now: number): void {
    clearTimeout(this.#timer);
    this.#wakesAt = now + milliseconds;
    this.#timer = setTimeout(() => this.#wake(), milliseconds);
    if (!this.#holdsProcess) this.#timer.unref();
  }

  #wake(): void {
    this.#timer = undefined;
    const now = performance.now();
    const left = this.#due - now;
    // Timers may come a fraction of a millisecond early.
    if (left > 1) this.#sleep(left, now);
    else this.#onEnd();
  }
}
