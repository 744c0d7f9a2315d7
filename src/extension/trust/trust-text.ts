import type { CertificateReport } from "../../protocol/exchange-view.ts";
import { escapeControls, shorten } from "../text.ts";

export interface TrustQuestion {
  readonly certificate: CertificateReport;
  /** `authority`: whatever it issues would be accepted. `leaf`: it alone. */
  readonly kind: "authority" | "leaf";
  /** The host pattern that trusts it from then on. */
  readonly pattern: string;
  /** The settings file, as the workspace shows it. */
  readonly settings: string;
  /** The name of the workspace folder. */
  readonly folder: string;
}

interface TrustButton {
  readonly title: string;
  readonly answer: "show" | "trust" | "refuse";
  /** What Escape and the dialog's own cross press. */
  readonly isCloseAffordance?: true;
}

export interface TrustText {
  readonly title: string;
  readonly detail: string;
  /** VS Code gives the first one the focus: Enter must trust nobody. */
  readonly buttons: readonly TrustButton[];
}

export function trustText({ certificate, kind, pattern, settings, folder }: TrustQuestion): TrustText {
  // Never shortened: the end of a host's name says whose it is.
  const host = escapeControls(pattern);
  const trust = `Trust It for ${shorten(host, 60)}`;
  const accepts =
    kind === "authority"
      ? `Every certificate that this authority issues will be accepted for ${host} in this workspace.`
      : `This certificate, and no other one, will be accepted for ${host} in this workspace, beside those that are trusted already.`;
  return {
    title: `Trust “${plain(certificate.subjectName)}” for ${host}?`,
    detail: [
      [
        `Subject: ${plain(certificate.subject)}`,
        `Issuer: ${certificate.selfSigned ? "itself" : plain(certificate.issuer)}`,
        `Valid: ${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)}`,
        `SHA-256: ${certificate.fingerprint256}`,
      ].join("\n"),
      `${accepts} Only do that if the fingerprint is what its owner tells you.`,
      `“${trust}” writes the certificate into the folder certs of “${plain(folder)}”, and its name into padlock.hosts in ${plain(settings)}. Everybody who works with these files then trusts it.`,
      "“Not Now” changes nothing.",
    ].join("\n\n"),
    buttons: [
      { title: "Show Certificate", answer: "show" },
      { title: trust, answer: "trust" },
      { title: "Not Now", answer: "refuse", isCloseAffordance: true },
    ],
  };
}

/** The words of a server, which can neither move nor hide what stands beside them. */
function plain(text: string): string {
  return shorten(escapeControls(text), 200);
}
