import type { SctReport } from "./report.ts";
import { readDer } from "./x509/der.ts";
import type { Extensions } from "./x509/extensions.ts";

/** In a certificate, and in one answer of an OCSP response (RFC 6962 §3.3). */
const oids: Readonly<Record<SctReport["source"], string>> = {
  certificate: "1.3.6.1.4.1.11129.2.4.2",
  ocsp: "1.3.6.1.4.1.11129.2.4.5",
};

/** Nobody embeds more than a handful; the list comes from the server. */
const mostRead = 32;

/** The timestamps in the extensions; null where there is a list that cannot be read. Their signatures are not checked. */
export function readScts(extensions: Extensions, source: SctReport["source"]): readonly SctReport[] | null {
  const value = extensions.get(oids[source]);
  if (!value) return [];
  try {
    return splitList(readDer(value).body).map((sct) => readSct(sct, source));
  } catch {
    return null;
  }
}

/** SignedCertificateTimestampList: each entry, and the whole, after its length in two octets. */
function splitList(bytes: Uint8Array): Uint8Array[] {
  const list = prefixed(bytes);
  const entries: Uint8Array[] = [];
  for (let offset = 0; offset < list.length && entries.length < mostRead; ) {
    const entry = prefixed(list.subarray(offset));
    entries.push(entry);
    offset += 2 + entry.length;
  }
  return entries;
}

/** @throws {RangeError} where it is cut off */
function prefixed(bytes: Uint8Array): Uint8Array {
  const length = viewOf(bytes).getUint16(0);
  if (2 + length > bytes.length) throw new RangeError("a list that is cut off");
  return bytes.subarray(2, 2 + length);
}

/** SignedCertificateTimestamp (RFC 6962 §3.2): version, log's key hash, milliseconds, extensions, signature. */
function readSct(sct: Uint8Array, source: SctReport["source"]): SctReport {
  const view = viewOf(sct);
  return {
    version: view.getUint8(0) + 1,
    logId: Buffer.from(sct.subarray(1, 33)).toString("base64"),
    timestamp: new Date(Number(view.getBigUint64(33))).toISOString(),
    source,
  };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
