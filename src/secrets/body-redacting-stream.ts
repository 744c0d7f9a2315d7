import { HeldBytes } from "./held-bytes.ts";
import { createRedactingStream, type RedactingStream } from "./redacting-stream.ts";
import type { Redactor } from "./redactor.ts";
import { fromWtf8, toWtf8, wholeWtf8 } from "./wtf8.ts";

/**
 * As `createRedactingStream`, for bytes of whatever kind: also what stands in them as UTF-16 is found. What the server
 * says of its encoding is not asked for: it could say anything.
 */
export function createBodyRedactingStream(redactor: Pick<Redactor, "isEmpty" | "snapshot">): RedactingStream {
  const bytes = createRedactingStream(redactor);
  if (redactor.isEmpty) return bytes;
  const inUtf16 = [utf16Stream(redactor, false), utf16Stream(redactor, true)];
  const wide = whereUtf16(chained(inUtf16));
  return chained([wide, bytes]);
}

function chained(streams: readonly RedactingStream[]): RedactingStream {
  return {
    push: (chunk) => streams.reduce((piece, stream) => stream.push(piece), chunk),
    end: () =>
      streams.reduce<Uint8Array>(
        (piece, stream) => Buffer.concat([stream.push(piece), stream.end()]),
        new Uint8Array(),
      ),
  };
}

/** In bytes: a secret begins no further before its first four letters of ASCII. */
const before = 4096;

/** Gives bytes to `stream` from the first on that may be UTF-16: to read all as UTF-16 would take long. */
function whereUtf16(stream: RedactingStream): RedactingStream {
  const held = new HeldBytes();
  let given = 0;
  let isWide = false;
  return {
    push(chunk) {
      if (isWide) return stream.push(chunk);
      held.append(chunk);
      const { bytes } = held;
      isWide = bytes.includes(0) && holdsLettersOfUtf16(bytes);
      if (isWide) return stream.push(bytes);
      // An even number, so that characters stay whole.
      const until = Math.max(0, (given + bytes.length - before) & ~1) - given;
      const result = bytes.subarray(0, Math.max(0, until));
      given += result.length;
      held.drop(result.length);
      return result;
    },
    end: () => (isWide ? stream.end() : held.bytes),
  };
}

/** Four letters of ASCII, of either endianness. */
function holdsLettersOfUtf16(bytes: Uint8Array): boolean {
  let alternating = 0;
  for (let at = 1; at < bytes.length; at++) {
    alternating = (bytes[at] === 0) !== (bytes[at - 1] === 0) ? alternating + 1 : 0;
    if (alternating >= 7) return true;
  }
  return false;
}

function utf16Stream(redactor: Pick<Redactor, "isEmpty" | "snapshot">, isBigEndian: boolean): RedactingStream {
  const inner = createRedactingStream(redactor);
  const swapped = (units: Buffer) => (isBigEndian ? Buffer.from(units).swap16() : units);
  let units = Buffer.alloc(0);
  let text = Buffer.alloc(0);
  const read = (piece: Uint8Array): Buffer => {
    text = Buffer.concat([text, piece]);
    const whole = wholeWtf8(text);
    const result = swapped(fromWtf8(text.subarray(0, whole)));
    text = text.subarray(whole);
    return result;
  };
  return {
    push(chunk) {
      units = Buffer.concat([units, chunk]);
      let whole = units.length & ~1;
      // The other half of a pair of surrogates may follow.
      const last = whole < 2 ? 0 : (units[whole - (isBigEndian ? 2 : 1)] ?? 0);
      if (last >= 0xd8 && last < 0xdc) whole -= 2;
      const piece = toWtf8(swapped(units.subarray(0, whole)));
      units = Buffer.from(units.subarray(whole));
      return read(inner.push(piece));
    },
    end() {
      const whole = units.length & ~1;
      const rest = [inner.push(toWtf8(swapped(units.subarray(0, whole)))), inner.end()];
      return Buffer.concat([read(Buffer.concat(rest)), units.subarray(whole)]);
    },
  };
}
