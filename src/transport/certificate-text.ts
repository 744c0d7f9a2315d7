import { wholeText } from "../common/whole-text.ts";
import type { CertificateReport } from "./report.ts";

/* What messages say of certificates. It is server text: bounded here, and escaped where it is shown. */

/** `“localhost” (CN=localhost, issued by CN=Test Root, valid 2026-08-24 to 2026-11-22)` */
export function certificateText(certificate: CertificateReport): string {
  const { subject, issuer, selfSigned, notBefore, notAfter } = certificate;
  const issued = selfSigned ? "issued by itself" : `issued by ${cut(issuer) || "nobody"}`;
  return `${quoted(certificate.subjectName)} (${cut(subject) || "no subject"}, ${issued}, valid ${day(notBefore)} to ${day(notAfter)})`;
}

/** The certificate that a text is about; a chain that could not be read has none. */
export function certificateTextOf(certificate: CertificateReport | undefined): string {
  return certificate ? certificateText(certificate) : "a certificate that could not be read";
}

export function quoted(name: string | undefined): string {
  return name === undefined ? "an unknown authority" : `“${cut(name)}”`;
}

/** `2026-11-22` */
export function day(iso: string): string {
  return iso.slice(0, 10);
}

/** `2026-11-22 14:05 UTC` */
export function minute(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

/** What a certificate is for: `api.example.com, *.example.com and 12 more`. */
export function namesText(certificate: CertificateReport | undefined): string {
  if (!certificate) return "nobody";
  const names = certificate.subjectAltNames.map((name) => cut(name.replace(/^(DNS|IP):/, "")));
  if (names.length === 0) return `${quoted(certificate.subjectName)} and lists no names`;
  return names.length > 4 ? `${names.slice(0, 4).join(", ")} and ${names.length - 4} more` : names.join(", ");
}

/** Whole days between a moment in the past and now, in words. */
export function ago(iso: string, now: number = Date.now()): string {
  const days = Math.floor((now - Date.parse(iso)) / 86_400_000);
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : `${days} days ago`;
}

const longest = 150;

function cut(text: string): string {
  return wholeText(text, longest);
}
