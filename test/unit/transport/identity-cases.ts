import { createPrivateKey } from "node:crypto";
import type { FailureCode } from "../../../src/common/failure.ts";
import type { TlsProfile } from "../../../src/settings/tls-profile.ts";
import { type Authority, createTestPki, type Identity, makePfx } from "../../support/pki.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { desKeyPem, rc2Pfx } from "./legacy-identities.ts";
import { expanded, fileReference, noProfile } from "./support.ts";

export const passphrase = "correct horse";
const day = 86_400_000;

/** Every kind of file that somebody names as a client certificate, with what comes of it. */
export interface IdentityCase {
  readonly input: string;
  readonly profile: TlsProfile;
  /** The certificate that the server gets and can verify; else the refusal. */
  readonly result: { readonly shown: Identity } | { readonly code: FailureCode; readonly text: RegExp };
}

export interface IdentityWorld extends AsyncDisposable {
  readonly root: Authority;
  readonly server: Identity;
  readonly clients: Readonly<Record<"ec" | "deep", Identity>>;
  readonly workspace: TempWorkspace;
  readonly cases: readonly IdentityCase[];
  profile(cert?: string, key?: string, changes?: Partial<TlsProfile>): TlsProfile;
}

export async function makeIdentityWorld(): Promise<IdentityWorld> {
  const { root, intermediate, server, client: ec } = await createTestPki();
  const now = Date.now();
  const issue = (name: string, options: object = {}) => root.issueClient({ name, ...options });
  const [rsa, ed25519, deep, weak, sha1, expired, future, rival] = await Promise.all([
    issue("rsa", { keyType: "rsa-2048" }),
    issue("ed25519", { keyType: "ed25519" }),
    intermediate.issueClient({ name: "deep" }),
    issue("weak", { keyType: "rsa-1024" }),
    issue("sha1", { hash: "SHA-1" }),
    issue("expired", { notBefore: new Date(now - 20 * day), notAfter: new Date(now - 10 * day) }),
    issue("future", { notBefore: new Date(now + 10 * day), notAfter: new Date(now + 20 * day) }),
    issue("rival"),
  ]);
  const rsaKey = createPrivateKey(rsa.privateKeyPem);
  const ecKey = createPrivateKey(ec.privateKeyPem);
  const traditional = { format: "pem", cipher: "aes-128-cbc", passphrase } as const;
  const bom = "\uFEFF";
  const workspace = await makeWorkspace({
    "ca.pem": root.certificatePem,
    "ec.pem": ec.certificatePem,
    "ec.key": ec.privateKeyPem,
    "rsa.pem": rsa.certificatePem,
    "rsa.key": rsa.privateKeyPem,
    "ed25519.pem": ed25519.certificatePem,
    "ed25519.key": ed25519.privateKeyPem,
    "chain.pem": deep.chainPem,
    "reversed.pem": intermediate.certificatePem + deep.certificatePem,
    "leaf.pem": deep.certificatePem,
    "deep.key": deep.privateKeyPem,
    "both.pem": ec.certificatePem + ec.privateKeyPem,
    "key-first.pem": ec.privateKeyPem + ec.certificatePem,
    "bags.pem": `Bag Attributes\n    localKeyID: 01 02\nsubject=CN = x\n${ec.certificatePem}Bag Attributes\n${ec.encryptedKeyPem(passphrase)}`,
    "parameters.key": `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${ecKey.export({ type: "sec1", format: "pem" })}`,
    "pkcs8.key": ec.encryptedKeyPem(passphrase),
    "rsa-traditional.key": rsaKey.export({ type: "pkcs1", ...traditional }),
    "ec-traditional.key": ecKey.export({ type: "sec1", ...traditional }),
    "windows.pem": Buffer.from(bom + ec.certificatePem.replaceAll("\n", "\r\n")),
    "windows.key": Buffer.from(bom + ec.privateKeyPem.replaceAll("\n", "\r\n")),
    "utf16.pem": Buffer.from(bom + ec.certificatePem, "utf16le"),
    "ec.der": ec.certificate.raw,
    "ec-pkcs8.der": ecKey.export({ type: "pkcs8", format: "der" }),
    "ec-sec1.der": ecKey.export({ type: "sec1", format: "der" }),
    "rsa-pkcs1.der": rsaKey.export({ type: "pkcs1", format: "der" }),
    "encrypted.der": ecKey.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase }),
    "client.p12": makePfx(ec, { passphrase }),
    "chain.p12": makePfx(deep, { passphrase, chainPem: intermediate.certificatePem }),
    "open.p12": makePfx(ec, { passphrase: "" }),
    "no-key.p12": makePfx(ec, { passphrase, withoutKey: true }),
    "old.p12": rc2Pfx(),
    "old.key": desKeyPem(),
    "empty.pem": "",
    "garbage.pem": "this is not PEM",
    "cut.pem": ec.certificatePem.slice(0, 300),
    "cut.key": ec.privateKeyPem.slice(0, 100),
    "damaged.pem": ec.certificatePem.replace(/\n.{20}/, "\nAAAAAAAAAAAAAAAAAAAA"),
    "ssh.key": "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
    "request.pem": "-----BEGIN CERTIFICATE REQUEST-----\nMIIBAA==\n-----END CERTIFICATE REQUEST-----\n",
    "bundle.p7b": "-----BEGIN PKCS7-----\nMIIBAA==\n-----END PKCS7-----\n",
    "public.key": createPrivateKey(ec.privateKeyPem)
      .export({ type: "pkcs8", format: "pem" })
      .toString()
      .replaceAll("PRIVATE", "PUBLIC"),
    "rival.key": rival.privateKeyPem,
    "authority.pem": intermediate.certificatePem,
    "authority.key": intermediate.privateKeyPem,
    "server.pem": server.certificatePem,
    "server.key": server.privateKeyPem,
    "weak.pem": weak.certificatePem,
    "weak.key": weak.privateKeyPem,
    "weak.p12": makePfx(weak, { passphrase }),
    "sha1.pem": sha1.certificatePem + sha1.privateKeyPem,
    "expired.pem": expired.certificatePem + expired.privateKeyPem,
    "future.pem": future.certificatePem + future.privateKeyPem,
  });
  const file = (name: string, member: string) => fileReference(workspace.path(name), member);
  const profile = (cert?: string, key?: string, changes: Partial<TlsProfile> = {}): TlsProfile => ({
    ...noProfile,
    ca: [file("ca.pem", "ca")],
    cert: cert === undefined ? undefined : file(cert, "cert"),
    key: key === undefined ? undefined : file(key, "key"),
    ...changes,
  });
  const open = { passphrase: expanded(passphrase) };
  const wrong = { passphrase: expanded("tr0ub4dor") };
  const pfx = (name: string, changes: Partial<TlsProfile> = {}) =>
    profile(undefined, undefined, { pfx: file(name, "pfx"), ...changes });
  const shows = (input: string, used: TlsProfile, shown: Identity): IdentityCase => ({
    input,
    profile: used,
    result: { shown },
  });
  const refuses = (input: string, used: TlsProfile, code: FailureCode, text: RegExp): IdentityCase => ({
    input,
    profile: used,
    result: { code, text },
  });

  const cases = [
    shows("EC key (PKCS#8)", profile("ec.pem", "ec.key"), ec),
    shows("RSA key", profile("rsa.pem", "rsa.key"), rsa),
    shows("Ed25519 key", profile("ed25519.pem", "ed25519.key"), ed25519),
    shows("chain in the file", profile("chain.pem", "deep.key"), deep),
    shows("intermediate before leaf: the key tells which is which", profile("reversed.pem", "deep.key"), deep),
    shows("certificate and key in one file", profile("both.pem"), ec),
    shows("key before certificate in one file", profile("key-first.pem"), ec),
    shows("openssl pkcs12 output with bag attributes, encrypted", profile("bags.pem", undefined, open), ec),
    shows("EC key with EC PARAMETERS before it", profile("ec.pem", "parameters.key"), ec),
    shows("encrypted PKCS#8", profile("ec.pem", "pkcs8.key", open), ec),
    shows("encrypted traditional RSA key (DEK-Info)", profile("rsa.pem", "rsa-traditional.key", open), rsa),
    shows("encrypted traditional EC key (DEK-Info)", profile("ec.pem", "ec-traditional.key", open), ec),
    shows("CRLF line ends and a byte order mark", profile("windows.pem", "windows.key"), ec),
    shows("UTF-16, as PowerShell writes it", profile("utf16.pem", "ec.key"), ec),
    shows("DER certificate, PKCS#8 DER key", profile("ec.der", "ec-pkcs8.der"), ec),
    shows("SEC 1 DER key", profile("ec.pem", "ec-sec1.der"), ec),
    shows("PKCS#1 DER key", profile("rsa.pem", "rsa-pkcs1.der"), rsa),
    shows("encrypted DER key", profile("ec.pem", "encrypted.der", open), ec),
    shows("PFX, AES-256", pfx("client.p12", open), ec),
    shows("PFX with chain", pfx("chain.p12", open), deep),
    shows("PFX with an empty password", pfx("open.p12"), ec),
    shows('PFX named as "cert"', profile("client.p12", undefined, open), ec),

    refuses(
      "encrypted key, no passphrase",
      profile("ec.pem", "pkcs8.key"),
      "identity.passphrase-missing",
      /pkcs8\.key is encrypted and no passphrase is set/,
    ),
    refuses(
      "traditional key, no passphrase",
      profile("rsa.pem", "rsa-traditional.key"),
      "identity.passphrase-missing",
      /rsa-traditional\.key/,
    ),
    refuses(
      "encrypted DER key, no passphrase",
      profile("ec.pem", "encrypted.der"),
      "identity.passphrase-missing",
      /encrypted\.der/,
    ),
    refuses("PFX, no passphrase", pfx("client.p12"), "identity.passphrase-missing", /client\.p12/),
    refuses(
      "encrypted key, wrong passphrase",
      profile("ec.pem", "pkcs8.key", wrong),
      "identity.passphrase-wrong",
      /\$\{env:PASSPHRASE\}/,
    ),
    refuses(
      "traditional key, wrong passphrase",
      profile("rsa.pem", "rsa-traditional.key", wrong),
      "identity.passphrase-wrong",
      /rsa-traditional\.key/,
    ),
    refuses(
      "encrypted DER key, wrong passphrase",
      profile("ec.pem", "encrypted.der", wrong),
      "identity.passphrase-wrong",
      /encrypted\.der/,
    ),
    refuses("PFX, wrong passphrase", pfx("client.p12", wrong), "identity.passphrase-wrong", /client\.p12/),
    refuses(
      "open key, passphrase set",
      profile("ec.pem", "ec.key", open),
      "identity.passphrase-unneeded",
      /ec\.key is not encrypted/,
    ),
    refuses(
      "open DER key, passphrase set",
      profile("ec.pem", "ec-pkcs8.der", open),
      "identity.passphrase-unneeded",
      /not encrypted/,
    ),
    refuses(
      "PFX with an empty password, passphrase set",
      pfx("open.p12", open),
      "identity.passphrase-unneeded",
      /open\.p12/,
    ),
    refuses(
      "legacy PFX (RC2-40)",
      pfx("old.p12", open),
      "identity.pfx-legacy",
      /openssl pkcs12 -legacy -in \S*old\.p12 -out \S*old-new\.pem && openssl pkcs12 -export -in \S*old-new\.pem -out \S*old-new\.p12/,
    ),
    refuses(
      "key encrypted with DES",
      profile("ec.pem", "old.key", open),
      "identity.key-unsupported",
      /openssl pkcs8 -topk8 .* -in \S*old\.key -out \S*old-new\.key/,
    ),
    refuses("another certificate's key", profile("ec.pem", "rival.key"), "identity.key-mismatch", /rival\.key/),
    refuses(
      "RSA certificate with an EC key (Node is silent)",
      profile("rsa.pem", "ec.key"),
      "identity.key-mismatch",
      /for an RSA key, this is an EC key/,
    ),
    refuses(
      "an authority's certificate with the client's key",
      profile("authority.pem", "deep.key"),
      "identity.key-mismatch",
      /authority.*“Test Intermediate”[\s\S]*stands in "ca"/,
    ),
    refuses(
      "an authority's certificate and key",
      profile("authority.pem", "authority.key"),
      "identity.wrong-purpose",
      /certificate of an authority/,
    ),
    refuses(
      "a server's certificate",
      profile("server.pem", "server.key"),
      "identity.wrong-purpose",
      /made for serverAuth/,
    ),
    refuses("certificate only (Node is silent)", profile("ec.pem"), "identity.key-missing", /› key/),
    refuses("key only (Node is silent)", profile(undefined, "ec.key"), "identity.key-missing", /› cert/),
    refuses("PFX without its key", pfx("no-key.p12", open), "identity.key-missing", /without the private key/),
    refuses("empty certificate file (Node is silent)", profile("empty.pem", "ec.key"), "identity.not-pem", /is empty/),
    refuses("empty key file", profile("ec.pem", "empty.pem"), "identity.not-pem", /is empty/),
    refuses("garbage as certificate", profile("garbage.pem", "ec.key"), "identity.not-pem", /neither PEM nor DER/),
    refuses("garbage as key", profile("ec.pem", "garbage.pem"), "identity.not-pem", /neither PEM nor DER/),
    refuses("garbage as PFX", pfx("garbage.pem"), "identity.not-pem", /neither PEM nor DER/),
    refuses("PEM as PFX", pfx("ec.pem"), "identity.not-pem", /is a PEM file[\s\S]*"cert"/),
    refuses("certificate cut off", profile("cut.pem", "ec.key"), "identity.not-pem", /is cut off/),
    refuses("key cut off", profile("ec.pem", "cut.key"), "identity.not-pem", /is cut off/),
    refuses("certificate damaged", profile("damaged.pem", "ec.key"), "identity.not-pem", /is damaged/),
    refuses(
      "key file as certificate",
      profile("ec.key", "ec.key"),
      "identity.not-pem",
      /holds a private key and no certificate/,
    ),
    refuses(
      "certificate file as key",
      profile("ec.pem", "ec.pem"),
      "identity.not-pem",
      /holds a certificate and no private key/,
    ),
    refuses("OpenSSH key", profile("ec.pem", "ssh.key"), "identity.not-pem", /ssh-keygen -p -m PEM -f \S*ssh\.key/),
    refuses("certificate request", profile("request.pem", "ec.key"), "identity.not-pem", /certificate request/),
    refuses(
      "PKCS#7 bundle",
      profile("bundle.p7b", "ec.key"),
      "identity.not-pem",
      /openssl pkcs7 -print_certs -in \S*bundle\.p7b/,
    ),
    refuses("public key as key", profile("ec.pem", "public.key"), "identity.not-pem", /holds a public key/),
    refuses("file that is not there", profile("none.pem", "ec.key"), "identity.file-missing", /none\.pem/),
    refuses("RSA-1024 key", profile("weak.pem", "weak.key"), "identity.weak-key", /RSA key of 1024 bits/),
    refuses("PFX with an RSA-1024 key", pfx("weak.p12", open), "identity.weak-key", /weak\.p12/),
  ];
  const clients = { ec, deep };
  return { root, server, clients, workspace, cases, profile, [Symbol.asyncDispose]: () => workspace.remove() };
}
