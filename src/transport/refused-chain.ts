import type { FailureCode } from "../common/failure.ts";
import { entryName, type HostSettingContext, hostSetting } from "./host-setting.ts";
import type { CertificateReport } from "./report.ts";
import type { RevocationList } from "./revocation.ts";

/** Everything that the texts about a refused chain are made of. */
export interface RefusedChain extends HostSettingContext {
  /** `api.example.com:443` */
  readonly at: string;
  /** What the certificate must be for: the host, or the name that the settings give instead. */
  readonly name: string;
  /** The option that gives `name`, where the settings do not. */
  readonly nameOption?: string | undefined;
  /** Leaf first; may be empty. */
  readonly chain: readonly CertificateReport[];
  /** How many certificates the server sent; null where this runtime does not tell. */
  readonly sent: number | null;
  /** "certs/ca.pem (padlock.hosts › localhost › ca)" */
  readonly trustLabel: string;
  /** Who names the authorities: the host's entry, the request itself, or nobody. */
  readonly authoritiesOf: "entry" | "request" | undefined;
  readonly revocationLists: readonly RevocationList[];
}

/** What is said of one reason to refuse a chain. */
export interface VerificationRule {
  readonly code: FailureCode;
  readonly title: (refused: RefusedChain) => string;
  readonly detail: (refused: RefusedChain) => string;
  readonly fix: (refused: RefusedChain) => string;
}

/** What would trust a certificate for this host. */
export function trustIt(refused: RefusedChain): string {
  if (refused.authoritiesOf === "entry") return `add the file to "ca" in ${entryName(refused)}`;
  if (refused.authoritiesOf === "request") return `name the file in place of ${refused.trustLabel}`;
  return hostSetting(refused, '"ca": ["certs/ca.pem"]');
}

/** `padlock.hosts › api.example.com › pins` */
export function hostMember({ pattern }: RefusedChain, member: string): string {
  return `padlock.hosts › ${pattern} › ${member}`;
}
