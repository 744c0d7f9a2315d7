import type { CertificateReport } from "../protocol/exchange-view.ts";
import { keyWords } from "../protocol/tls-words.ts";
import { escapeControls } from "./text.ts";

/** A certificate as a text that people read and OpenSSL accepts: the facts stand before the PEM block, where it ignores them. */
export function certificateFile(certificate: CertificateReport): { readonly name: string; readonly text: string } {
  const { subject, issuer, subjectAltNames, notBefore, notAfter, serialNumber, fingerprint256, pem } = certificate;
  const { signatureAlgorithm, keyUsages, extendedKeyUsages, spkiPin } = certificate;
  const facts: readonly (readonly [label: string, value: string])[] = [
    ["Subject", subject],
    ["Issuer", issuer],
    ["Alternative names", subjectAltNames.join(", ")],
    ["Valid from", notBefore],
    ["Valid until", notAfter],
    ["Serial number", serialNumber],
    ["Key", keyWords(certificate)],
    ["Signature", signatureAlgorithm],
    ["Key usage", [...keyUsages, ...extendedKeyUsages].join(", ")],
    ["SHA-256", fingerprint256],
    ["Public key pin", spkiPin],
  ];
  const lines = facts.flatMap(([label, value]) => (value === "" ? [] : [`${label}: ${escapeControls(value)}`]));
  const stem = certificate.subjectName
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
  return { name: `${stem || "certificate"}.pem`, text: `${lines.join("\n")}\n\n${pem.trim()}\n` };
}
