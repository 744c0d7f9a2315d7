import { createHash } from "node:crypto";
import type { OcspReport, SctReport } from "../report.ts";
import { readScts } from "../sct.ts";
import { readCertificateFields } from "../x509/certificate-fields.ts";
import { readName } from "../x509/names.ts";
import { hexPairs } from "../x509/values.ts";
import { type OcspAnswer, OcspError, type OcspResponse, readOcspResponse } from "./response.ts";
import { checkSigner, equal, type Issuer, readIssuer } from "./signer.ts";

/** What a stapled response told. */
export interface Staple {
  readonly report: OcspReport;
  readonly scts: readonly SctReport[] | null;
}

/** Clocks differ. */
const clockSkew = 5 * 60_000;

/** A response that does not say until when it holds is believed for so long. */
const longestWithoutEnd = 7 * 86_400_000;

/**
 * Reads and checks a stapled OCSP response (RFC 6960 §3.2). Never throws: it comes from the server.
 * @param chain DER, leaf first: the response must be about the first, and answered for by the second.
 */
export function readStaple(response: Uint8Array, chain: readonly Uint8Array[], now: number = Date.now()): Staple {
  try {
    return check(readOcspResponse(response), chain, now);
  } catch (error) {
    const why = error instanceof OcspError ? `It is an error: ${error.message}` : "It is not a readable OCSP response";
    return { report: { ...unreadable, problem: why }, scts: [] };
  }
}

const unreadable: OcspReport = {
  status: "unreadable",
  verified: false,
  problem: null,
  producedAt: null,
  thisUpdate: null,
  nextUpdate: null,
  revokedAt: null,
  revocationReason: null,
  responder: null,
};

function check(response: OcspResponse, chain: readonly Uint8Array[], now: number): Staple {
  const [leafDer, issuerDer = leafDer] = chain;
  if (!leafDer || !issuerDer) throw new Error("no certificate");
  const leaf = readCertificateFields(leafDer);
  const issuer = readIssuer(issuerDer);
  const about = { producedAt: response.producedAt.toISOString(), responder: responderText(response) };
  if (!equal(leaf.issuer.raw, issuer.fields.subject.raw)) {
    const problem = "The certificate of the issuer is not known";
    return { report: { ...unreadable, ...about, problem }, scts: [] };
  }
  const answers = response.answers.filter((answer) => isAbout(answer, leaf.serialNumber, issuer));
  const answer = answers.find(({ status }) => status === "revoked") ?? answers[0];
  if (!answer) return { report: { ...unreadable, ...about, problem: "It is about another certificate" }, scts: [] };
  const problem = timeProblem(answer, now) ?? checkSigner(response, issuer, now) ?? null;
  return {
    report: {
      ...about,
      status: answer.status,
      verified: problem === null,
      problem,
      thisUpdate: answer.thisUpdate.toISOString(),
      nextUpdate: answer.nextUpdate?.toISOString() ?? null,
      revokedAt: answer.revokedAt?.toISOString() ?? null,
      revocationReason: answer.revocationReason,
    },
    scts: readScts(answer.extensions, "ocsp"),
  };
}

const hashNames: Readonly<Record<string, string>> = {
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/** RFC 6960 §4.1.1: serial number, and name and key of whoever issued it. */
function isAbout(answer: OcspAnswer, serialNumber: string, { fields, key }: Issuer): boolean {
  const algorithm = hashNames[answer.hash];
  if (algorithm === undefined || answer.serialNumber !== serialNumber) return false;
  const hash = (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest();
  return equal(answer.issuerNameHash, hash(fields.subject.raw)) && equal(answer.issuerKeyHash, hash(key));
}

/** What is revoked stays so, also after the response's time. */
function timeProblem({ status, thisUpdate, nextUpdate }: OcspAnswer, now: number): string | undefined {
  if (thisUpdate.getTime() > now + clockSkew) return "It is from the future: check this machine's clock";
  if (status === "revoked") return undefined;
  const end = nextUpdate?.getTime() ?? thisUpdate.getTime() + longestWithoutEnd;
  return end < now - clockSkew ? `It is out of date since ${new Date(end).toISOString().slice(0, 10)}` : undefined;
}

function responderText({ responder }: OcspResponse): string {
  return "name" in responder ? readName(responder.name).full : `the key ${hexPairs(responder.keyHash)}`;
}
