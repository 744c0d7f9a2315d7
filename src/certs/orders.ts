import type { Place } from "./folder.ts";
import type { CertificateKind, OfferedKeyType } from "./lifetimes.ts";
import type { Hosts } from "./settings-edit.ts";

export interface CertificateOrder {
  readonly place: Place;
  /** Replaces what is there. */
  readonly force: boolean;
  readonly keyType?: OfferedKeyType | undefined;
  readonly days?: number | undefined;
}

export interface AuthorityOrder extends CertificateOrder {
  /** The subject's common name; default the person and the machine. */
  readonly name?: string | undefined;
  /** Server names that it may issue for alone, with those below; none: any. */
  readonly only?: readonly string[] | undefined;
}

export interface ServerOrder extends CertificateOrder {
  /** As a person writes them; at least one. */
  readonly names: readonly string[];
}

export interface ClientOrder extends CertificateOrder {
  readonly name: string;
  /** Undefined for a key that is not encrypted. */
  readonly passphrase?: string | undefined;
  /** The environment variable that holds it, for the settings; undefined where Padlock shall ask. */
  readonly passphraseVariable?: string | undefined;
  /** A PKCS#12 file in place of PEM files; it needs a passphrase. */
  readonly pfx?: boolean | undefined;
  /** Host patterns that it is for; none: the servers whose certificates are in the folder. */
  readonly hosts?: readonly string[] | undefined;
}

/** What was made. Paths are as the settings would name them: from the place's root, or absolute outside of it. */
export interface Made {
  readonly kind: CertificateKind;
  readonly files: readonly MadeFile[];
  readonly certificate: CertificateFacts;
  /** What uses it, for `padlock.hosts`. */
  readonly hosts: Hosts;
  /** Full sentences. */
  readonly warnings: readonly string[];
}

export interface MadeFile {
  readonly path: string;
  readonly what:
    | "certificate"
    | "private key"
    | "encrypted private key"
    | "certificate and private key"
    | "rules for Git";
}

export interface CertificateFacts {
  /** `CN=alice, O=Example`. */
  readonly subject: string;
  /** `DNS:localhost`, `IP:127.0.0.1`, `email:alice@example.com`. */
  readonly names: readonly string[];
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Upper-case hex pairs joined by colons. */
  readonly fingerprint256: string;
}
