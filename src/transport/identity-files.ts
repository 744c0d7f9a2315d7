import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { FileReference } from "../settings/tls-profile.ts";
import { errorCode, identityFailure } from "./identity-failures.ts";

/** @throws {Failure} `identity.file-missing`; `what` names the file's part: "private key". */
export async function readIdentityFile(file: FileReference, what: string): Promise<Buffer> {
  try {
    return await readFile(file.path);
  } catch (cause) {
    const missing = errorCode(cause) === "ENOENT";
    throw identityFailure(file, {
      code: "identity.file-missing",
      title: missing ? `The ${what} ${file.written} does not exist` : `The ${what} ${file.written} cannot be read`,
      detail: `${file.setting} names ${file.written}; ${missing ? "there is no file" : `reading failed (${errorCode(cause)})`} at ${file.path}. The request was not sent without it.`,
      fix: `Put the file there, or change ${file.setting}. Relative paths start at the workspace folder.`,
      cause,
    });
  }
}

/** DER certificates and keys begin with the tag of an ASN.1 SEQUENCE. */
export function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30;
}

/** "" for bytes that are no certificate. */
export function derToPem(der: Buffer): string {
  try {
    return new X509Certificate(der).toString();
  } catch {
    return "";
  }
}

export function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
