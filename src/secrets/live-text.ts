import type { Redactor } from "./redactor.ts";

/** Bytes in, text out as soon as it is certain: for a stream that somebody reads while it comes. */
export interface LiveText {
  /** @returns whole lines, as a rule, with what the redactor knows replaced; "" where more must come first */
  push(bytes: Uint8Array): string;
  /** @returns the rest, but for what may be the beginning of a secret */
  end(): string;
}

/** A longer line is given out in parts. In bytes. */
const longestLine = 16 * 1024;

/** Unlike a redacting stream, which waits for tens of kilobytes, this one waits for the end of the line. */
export function createLiveText(redactor: Pick<Redactor, "redactBytes" | "openTail">): LiveText {
  let held: Uint8Array = new Uint8Array();
  const decoder = new TextDecoder();
  const give = (isEnd: boolean): string => {
    const lines = held.lastIndexOf(0x0a) + 1;
    const whole = isEnd || held.length - lines > longestLine ? held.length : lines;
    const goesOn = !isEnd && whole > lines;
    const until = Math.min(whole, whole === 0 ? 0 : redactor.openTail(held.subarray(0, whole), goesOn));
    const text = decoder.decode(redactor.redactBytes(held.subarray(0, until)), { stream: !isEnd });
    held = held.slice(until);
    return text;
  };
  return {
    push: (bytes) => {
      held = Buffer.concat([held, bytes]);
      return give(false);
    },
    end: () => give(true),
  };
}
