import "reflect-metadata"; // @peculiar/x509 does not load without it
import { createPrivateKey, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { err, ok, type Result } from "../common/result.ts";
import { checkAuthority } from "./authority-check.ts";
import { authorityFiles } from "./file-names.ts";
import { CertificateFolder, type Place } from "./folder.ts";
import { type CertificateKind, lifetimes } from "./lifetimes.ts";
import { endOf } from "./made.ts";
import { forbiddenName, nameConstraintsOid } from "./name-constraints.ts";
import { type Authority, openAuthority } from "./pki.ts";
import type { Problem } from "./problem.ts";

/** The authority of a folder, and the folder for what it issues. */
export interface Issuer {
  readonly folder: CertificateFolder;
  readonly authority: Authority;
}

export async function openIssuer(place: Place): Promise<Result<Issuer, Problem>> {
  const opened = await CertificateFolder.open(place);
  if (!opened.ok) return opened;
  const folder = opened.value;
  const [certificate, key] = [await folder.read(authorityFiles.certificate), await folder.read(authorityFiles.key)];
  const shown = folder.shown(authorityFiles.certificate);
  const shownKey = folder.shown(authorityFiles.key);
  if (!certificate || !key) {
    const missing = certificate ? shownKey : shown;
    return refuse("There is no authority yet", `${missing} is not there.`, "Make one first: padlock certs init");
  }
  if (!certificate.ok) return refuse(`${shown} cannot be read`, `${sentence(certificate.error)}`, anew);
  if (!key.ok) return refuse(`${shownKey} cannot be read`, `${sentence(key.error)}`, anew);
  const check = checkAuthority(certificate.value, false, new Date());
  if (check.kind === "refused") return refuse(`${shown} cannot issue certificates`, check.reason, anew);
  const authority = readAuthority(certificate.value, key.value);
  if (typeof authority === "string") return refuse(`${shownKey} cannot be used`, authority, anew);
  return ok({ folder, authority });
}

const anew = "Put the right file there, or make a new authority: padlock certs init --force";

/** The reason, in full sentences, where the key is none that can sign for it. */
function readAuthority(certificatePem: string, keyPem: string): Authority | string {
  try {
    // A key with a passphrase is refused here: nobody is asked for it.
    const key = createPrivateKey(keyPem);
    if (!new X509Certificate(certificatePem).checkPrivateKey(key)) return "It is the key of another certificate.";
    return (
      openAuthority(certificatePem, keyPem) ?? "Only RSA, P-256, P-384 and Ed25519 keys can issue certificates here."
    );
  } catch {
    return /ENCRYPTED/.test(keyPem)
      ? "It is encrypted, and Padlock's authorities are not."
      : "It holds no private key in PEM.";
  }
}

/** Why the authority's own constraints forbid one of the names. */
export function forbidden({ certificate }: Authority, names: readonly string[]): Problem | undefined {
  const constraints = new x509.X509Certificate(new Uint8Array(certificate.raw)).getExtension(nameConstraintsOid);
  if (!constraints) return undefined;
  const value = new Uint8Array(constraints.value);
  for (const name of names) {
    const reason = forbiddenName(value, name);
    if (reason === undefined) continue;
    const fix = "Choose another name, or make an authority for it in another folder with --dir.";
    return { kind: "refused", title: `The authority cannot issue for ${name}`, detail: sentence(reason), fix };
  }
  return undefined;
}

/** A certificate lives no longer than its authority. */
export function lifetime(kind: CertificateKind, days: number | undefined, { certificate }: Authority) {
  const wanted = endOf(kind, days ?? lifetimes[kind].usual);
  const last = new Date(certificate.validTo);
  if (wanted <= last) return { notAfter: wanted, warnings: [] };
  const day = last.toISOString().slice(0, 10);
  return {
    notAfter: last,
    warnings: [`It ends on ${day}, with its authority. padlock certs init --force makes a new one.`],
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function refuse(title: string, detail: string, fix: string): { readonly ok: false; readonly error: Problem } {
  return err({ kind: "refused", title, detail, fix });
}
