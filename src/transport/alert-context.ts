import type { FailureCode } from "../common/failure.ts";
import { entryName, type HostSettingContext, hostSetting } from "./host-setting.ts";
import type { CertificateReport } from "./report.ts";
import type { TlsVersion } from "./versions.ts";

/** What the texts about an alert are made of. */
export interface AlertContext extends HostSettingContext {
  /** `api.example.com:443` */
  readonly at: string;
  /** The name that was sent in SNI. */
  readonly name: string;
  /** The option that gives `name`, where the settings do not. */
  readonly nameOption?: string | undefined;
  /** Did the server ask for a client certificate? */
  readonly certificateRequested: boolean;
  /** The client certificate that the settings name for this host. */
  readonly clientCertificate: CertificateReport | undefined;
  /** What names it, where that is not the entry: `curl › --cert`. */
  readonly clientSetting?: string | undefined;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** Which of `ciphers` and `groups` the host's entry sets. */
  readonly chosen: readonly string[];
}

export interface Alert {
  /** As RFC 8446 §6, RFC 5246 §7.2 and the registry of IANA name it. */
  readonly name: string;
  readonly code: FailureCode;
  /** Is it about the client's certificate? What it then means where none is configured is not in the table. */
  readonly aboutCertificate?: true;
  readonly title: string;
  /** Follows "HOST:PORT ended the connection with the TLS alert NAME (NUMBER)." */
  readonly detail: string | ((context: AlertContext) => string);
  readonly fix: string | ((context: AlertContext) => string);
}

/** Where the client certificate is named. */
export function clientSource(context: AlertContext): string {
  return context.clientSetting ?? entryName(context);
}

export function quotedMembers({ chosen }: AlertContext): string {
  return chosen.map((member) => `"${member}"`).join(" and ");
}

export function chosenText(context: AlertContext): string {
  if (context.chosen.length === 0) return "";
  return ` Less than usual was offered, because of ${quotedMembers(context)} in ${entryName(context)}.`;
}

export function versionsText({ minVersion, maxVersion, clientCertificate }: AlertContext): string {
  if (minVersion !== maxVersion) return "TLS 1.2 and TLS 1.3";
  if (minVersion === "TLSv1.2") return "TLS 1.2 only, as the settings say";
  return clientCertificate === undefined
    ? "TLS 1.3 only, as the settings say"
    : "TLS 1.3 only: TLS 1.2 shows a client certificate to a server that is not verified yet";
}

/** What would help where no version is shared. */
export function versionFix(context: AlertContext): string {
  const { minVersion, maxVersion, pattern, chosen } = context;
  if (maxVersion === "TLSv1.2")
    return `Take "maxVersion" (or a choice of "ciphers") out of ${entryName(context)}, so that TLS 1.3 is offered too.`;
  if (minVersion === "TLSv1.3") {
    const set =
      pattern === undefined
        ? hostSetting(context, '"minVersion": "TLSv1.2"')
        : `set "minVersion" to "TLSv1.2" in ${entryName(context)}`;
    const suites = chosen.includes("ciphers") ? ', with suites of TLS 1.2 among its "ciphers"' : "";
    return `Let the server speak TLS 1.3, or ${set}${suites}.`;
  }
  return "Whoever runs the server must update it: TLS 1.1 and older are broken, and are never used.";
}
