import type { Timeouts } from "../settings/model.ts";

/** The reason with which a phase's own timer ends an exchange. undici's timers come up to a second late. */
export class PhaseTimeout extends Error {
  readonly phase: keyof Timeouts;
  readonly milliseconds: number;

  constructor(phase: keyof Timeouts, milliseconds: number) {
    super(`timeout of phase ${phase} after ${milliseconds} ms`);
    this.name = "PhaseTimeout";
    this.phase = phase;
    this.milliseconds = milliseconds;
  }
}

/** The reason with which a person ends an exchange. */
export class Canceled extends Error {
  constructor() {
    super("canceled");
    this.name = "Canceled";
  }
}
