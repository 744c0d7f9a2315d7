import { EditMaker } from "./edits.ts";
import { HeldBytes } from "./held-bytes.ts";
import type { Redactor } from "./redactor.ts";
import { replaceInBytes } from "./replace.ts";

/** Bytes in, bytes out (UTF-8, or whatever ASCII-compatible text): what comes out holds no value that the redactor knows. */
export interface RedactingStream {
  /**
   * Copies the chunk, or gives it back as it is. @returns what is certain by now, good until the next call; some bytes
   * wait for what follows them
   */
  push(chunk: Uint8Array): Uint8Array;
  /** @returns the rest. Nothing may be pushed after it. */
  end(): Uint8Array;
}

/**
 * Gives, however the bytes are split, what `redactBytes` of them all would give, and holds no more than a few hundred
 * kilobytes. Knows what the redactor knows now.
 */
export function createRedactingStream(redactor: Pick<Redactor, "isEmpty" | "snapshot">): RedactingStream {
  if (redactor.isEmpty) return { push: (chunk) => chunk, end: () => new Uint8Array() };
  const { finder, shownOf } = redactor.snapshot();
  const edits = new EditMaker();
  /** The place of the first held byte in the whole text, of the first that was not searched, of the first not given out. */
  let start = 0;
  let searched = 0;
  let given = 0;
  let needed = finder.partSize;
  const held = new HeldBytes();

  const give = (isEnd: boolean): Uint8Array => {
    const text = held.bytes;
    const parts: Uint8Array[] = [];
    for (;;) {
      const from = searched - start;
      const rest = text.length - from;
      const isLast = isEnd && rest <= needed * 1.5;
      if (!isLast && rest < needed) break;
      const { found, next } = finder.find(text, from, isLast ? text.length : from + needed, isLast);
      needed = next === from && !isLast ? needed * 2 : finder.partSize;
      const matches = found.map((one) => ({
        start: start + one.start,
        end: start + one.end,
        shown: shownOf(one.needle),
      }));
      const made = [...edits.of(matches)];
      const until = Math.max(start + next, given, made.at(-1)?.end ?? 0);
      const local = made.map((edit) => ({ ...edit, start: edit.start - given, end: edit.end - given }));
      parts.push(replaceInBytes(text.subarray(given - start, until - start), local));
      given = until;
      searched = start + next;
      if (isLast) break;
    }
    const drop = Math.max(0, Math.min(searched - finder.context, given) - start);
    held.drop(drop);
    start += drop;
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  };

  return {
    push(chunk) {
      held.append(chunk);
      return held.length - (searched - start) < needed ? new Uint8Array() : give(false);
    },
    end: () => give(true),
  };
}
