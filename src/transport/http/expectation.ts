import type { Field } from "./fields.ts";

/** RFC 9110 §10.1.1: a client does not wait for an indefinite time, as some servers never answer. curl waits as long. */
const patienceMilliseconds = 1000;

/** Does the request ask whether it may send its body? */
export function expectsContinue(fields: readonly Field[]): boolean {
  return fields.some(([name, value]) => name.toLowerCase() === "expect" && /^\s*100-continue\s*$/i.test(value));
}

/** Holds a body back until the server wants it. */
export class Expectation {
  #send: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: () => void) {
    this.#send = send;
  }

  /** The head has left: from now on the server has its second to answer. */
  wait(): void {
    this.#timer ??= setTimeout(() => this.meet(), patienceMilliseconds);
  }

  /** 100 came, or nothing did: the body is sent. */
  meet(): void {
    clearTimeout(this.#timer);
    const send = this.#send;
    this.#send = undefined;
    send?.();
  }

  /** A final response came first, or the exchange ended: the body is never sent. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#send = undefined;
  }
}
