import type { Redactor } from "../secrets/redactor.ts";
import type { BodyView } from "./exchange-view.ts";
import { hexDump } from "./hex-dump.ts";
import { prettyJson } from "./pretty-json.ts";

/** More text than this is cut, and said to be cut. In UTF-16 units. */
const maxText = 16 * 1024 * 1024;
/** A longer text is not laid out: nobody reads it that way, and it takes seconds. */
const maxPretty = 2 * 1024 * 1024;
/** Bytes of a binary body that are shown. */
const maxShownBytes = 4096;

const textTypes = /^(text\/|application\/(.+\+)?(json|xml|yaml|javascript|x-www-form-urlencoded|graphql|x-ndjson)$)/;

/** Hides more in a text that is redacted. `raw`: before that. */
type BodyMask = (text: string, raw: string, mediaType: string) => string;

/** A body, or its beginning. */
export interface ShownBody {
  readonly bytes: Uint8Array;
  /** In bytes, of the whole, decoded and on the wire. */
  readonly size: number;
  readonly encodedSize: number;
  /** More comes behind it, or should have come. */
  readonly isCut: boolean;
}

/** What to show of a body. It is redacted as a whole, and masked, before anything is cut or laid out. */
export function viewBody(
  { bytes, size, encodedSize, isCut }: ShownBody,
  contentType: string,
  redactor: Redactor,
  mask: BodyMask = (text) => text,
): BodyView {
  const mediaType = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  const truncated = size > bytes.length;
  const base = { mediaType, size, encodedSize };
  if (bytes.length === 0) return { ...base, kind: "empty", text: "", raw: null, truncated };
  // The beginning of a secret is not hidden by what the redactor knows of the whole.
  const body = isCut ? bytes.subarray(0, redactor.openTail(bytes)) : bytes;
  const text = decodeText(body, contentType, textTypes.test(mediaType), isCut);
  if (text === undefined) {
    const { text: dump, truncated: isShort } = viewBinary(body, redactor);
    return { ...base, kind: "binary", raw: null, text: dump, truncated: truncated || isShort };
  }
  const shown = mask(redactor.redact(text), text, mediaType);
  if (shown.length > maxText) {
    return { ...base, kind: "text", text: shown.slice(0, maxText), raw: null, truncated: true };
  }
  const looksJson = /json$/.test(mediaType) || (mediaType === "" && /^\s*[[{]/.test(shown));
  const pretty = looksJson && shown.length <= maxPretty ? prettyJson(shown) : undefined;
  if (pretty === undefined) return { ...base, kind: "text", text: shown, raw: null, truncated };
  return { ...base, kind: "json", text: pretty, raw: pretty === shown ? null : shown, truncated };
}

/** @returns undefined for bytes that are not text. */
function decodeText(body: Uint8Array, contentType: string, declaredText: boolean, isCut: boolean): string | undefined {
  const charset = bomCharset(body) ?? /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? "utf-8";
  const decoder = decoderFor(charset, !declaredText);
  try {
    // A character that is cut off is left out.
    const text = decoder.decode(body, { stream: isCut });
    return declaredText || !text.includes("\0") ? text : undefined;
  } catch {
    return undefined;
  }
}

/** A byte order mark counts more than the header (WHATWG Encoding §6, "BOM sniff"). */
function bomCharset([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

function decoderFor(charset: string, fatal: boolean) {
  try {
    return new TextDecoder(charset, { fatal });
  } catch {
    return new TextDecoder("utf-8", { fatal });
  }
}

function viewBinary(body: Uint8Array, redactor: Redactor): Pick<BodyView, "text" | "truncated"> {
  // A secret may stand inside other bytes: the dump shows what the redactor leaves.
  const redacted = redactor.redactBytes(body);
  return { text: hexDump(redacted.subarray(0, maxShownBytes)), truncated: redacted.length > maxShownBytes };
}
