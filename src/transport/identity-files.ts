import { X509Certificate } from "node:crypto";
import { outsideFailure, readAllowedFile } from "../settings/index.ts";
import type { FileReference } from "../settings/tls-profile.ts";
import { identityFailure } from "./identity-failures.ts";

/** In MB: more than all authorities of the world together. */
const largest = 16;

/**
 * The file as it stands in its place at this moment.
 * @throws {Failure} `identity.file-missing`, `policy.path-outside-workspace`; `what` names the file's part: "private key".
 */
export async function readIdentityFile(file: FileReference, what: string): Promise<Buffer> {
  const read = await readAllowedFile(file.path, file.folders, largest);
  if (read.kind === "read") return read.bytes;
  if (read.kind === "outside") {
    const title = `The ${what} ${file.written} is outside the workspace`;
    const detail = `${file.setting} names ${file.written}, which leads out of the workspace folder. Nothing was read or sent.`;
    throw outsideFailure(read, { title, detail, location: file.location, setting: file.setting });
  }
  throw identityFailure(file, {
    code: "identity.file-missing",
    title: `The ${what} ${file.written} ${read.isMissing ? "does not exist" : "cannot be read"}`,
    detail: `${file.setting} names ${file.written}, but ${read.reason}: ${file.path}. The request was not sent without it.`,
    fix: `Put the file there, or change ${file.setting}. Relative paths start at the workspace folder.`,
  });
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
