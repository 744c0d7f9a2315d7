import "reflect-metadata"; // @peculiar/x509 does not load without it
import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  webcrypto,
  X509Certificate,
} from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";
import { generateKeys, type HashName, type KeyPair, type KeyType, keyTypeOf, toWebKeys, webAlgorithm } from "./keys.ts";
import { nameConstraints, nameConstraintsOid } from "./name-constraints.ts";

/** A certificate with its private key. Nothing here touches the disk. */
export interface Identity {
  /** The subject's common name. */
  readonly name: string;
  readonly certificate: X509Certificate;
  readonly certificatePem: string;
  /** What a server or client sends: the certificate, then its intermediates; never the root. */
  readonly chainPem: string;
  readonly privateKey: KeyObject;
  /** PKCS#8, not encrypted. */
  readonly privateKeyPem: string;
  /** PKCS#8, encrypted (PBES2 with AES-256-CBC, RFC 8018). */
  encryptedKeyPem(passphrase: string): string;
  /** Upper-case hexadecimal, as `X509Certificate.serialNumber` shows it. */
  readonly serial: string;
}

/** A root or intermediate certificate that issues others. */
export interface Authority extends Identity {
  issueServer(options: ServerOptions): Promise<Identity>;
  issueClient(options: ClientOptions): Promise<Identity>;
  issueIntermediate(options: CertificateOptions): Promise<Authority>;
}

export interface CertificateOptions {
  /** The subject's common name; "" leaves it out. */
  readonly name: string;
  readonly organization?: string;
  /** Default `ec-p256`. */
  readonly keyType?: KeyType;
  /** Default one hour ago, so that a clock that is a little behind does not matter. */
  readonly notBefore?: Date;
  /** Default in 90 days for a leaf, in ten years for an authority. */
  readonly notAfter?: Date;
}

export interface AuthorityOptions extends CertificateOptions {
  /** How many intermediates may follow; absent: no limit. */
  readonly pathLength?: number;
  /** DNS names, with all below them, and IP addresses that it may issue for alone; none: any. */
  readonly permitted?: readonly string[];
}

interface LeafOptions extends CertificateOptions {
  /** The digest that the issuer signs with; default SHA-256. Ed25519 has its own. */
  readonly hash?: HashName;
}

export interface ClientOptions extends LeafOptions {
  /** For the subject alternative name. */
  readonly hosts?: readonly string[];
  readonly emails?: readonly string[];
}

export interface ServerOptions extends LeafOptions {
  /** DNS names and IP addresses for the subject alternative name; none leaves the extension out. */
  readonly hosts: readonly string[];
  /** Default `server`; `client` makes a certificate that no server may use. */
  readonly purpose?: "server" | "client";
}

/** A self-signed root. */
export async function createAuthority(options: AuthorityOptions): Promise<Authority> {
  return toAuthority(await issue({ ...options, hosts: [], purpose: "authority" }, undefined), undefined);
}

/**
 * A root that was made earlier. Undefined for a key that nothing here can sign with; whether the key is that of the
 * certificate is for the caller to ask. Throws what the runtime does on texts that are neither.
 */
export function openAuthority(certificatePem: string, keyPem: string): Authority | undefined {
  const certificate = new X509Certificate(certificatePem);
  const privateKey = createPrivateKey(keyPem);
  const type = keyTypeOf(privateKey);
  if (type === undefined) return undefined;
  const keys = { type, privateKey, publicKey: createPublicKey(privateKey) };
  return toAuthority(toIdentity(certificate.subject, certificate, keys, undefined), undefined);
}

/** A server certificate signed by its own key, which is no authority. */
export function createSelfSigned(options: ServerOptions): Promise<Identity> {
  return issue({ purpose: "server", ...options }, undefined);
}

function toAuthority(identity: IssuedIdentity, parent: IssuedIdentity | undefined): Authority & IssuedIdentity {
  const authority: Authority & IssuedIdentity = {
    ...identity,
    isRoot: parent === undefined,
    issueServer: (options) => issue({ purpose: "server", ...options }, authority),
    issueClient: (options) => issue({ hosts: [], ...options, purpose: "client" }, authority),
    issueIntermediate: async (options) =>
      toAuthority(await issue({ ...options, hosts: [], purpose: "authority" }, authority), authority),
  };
  return authority;
}

interface IssuedIdentity extends Identity {
  readonly keys: KeyPair;
  readonly isRoot?: boolean;
}

interface IssueOptions extends AuthorityOptions, LeafOptions {
  readonly purpose: "server" | "client" | "authority";
  readonly hosts: readonly string[];
  readonly emails?: readonly string[];
}

const hour = 3_600_000;
const day = 24 * hour;
const lifetimes = { server: 90 * day, client: 90 * day, authority: 3650 * day } as const;

async function issue(options: IssueOptions, issuer: IssuedIdentity | undefined): Promise<IssuedIdentity> {
  const hash = options.hash ?? "SHA-256";
  const keys = await generateKeys(options.keyType ?? "ec-p256");
  const webKeys = await toWebKeys(keys, hash);
  const signer = issuer?.keys ?? keys;
  const signingKeys = issuer ? await toWebKeys(issuer.keys, hash) : webKeys;
  const subject = subjectName(options);
  const made = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject,
      issuer: issuer ? new x509.X509Certificate(issuer.certificatePem).subjectName : subject,
      notBefore: options.notBefore ?? new Date(Date.now() - hour),
      notAfter: options.notAfter ?? new Date(Date.now() + lifetimes[options.purpose]),
      publicKey: webKeys.publicKey,
      signingKey: signingKeys.privateKey,
      signingAlgorithm: webAlgorithm(signer.type, hash),
      extensions: await extensions(options, keys, webKeys, signingKeys),
    },
    webcrypto,
  );
  return toIdentity(options.name, new X509Certificate(Buffer.from(made.rawData)), keys, issuer);
}

/** RFC 5280, 4.2.1: what a browser's certificate would have. */
async function extensions(
  options: IssueOptions,
  keys: KeyPair,
  webKeys: webcrypto.CryptoKeyPair,
  signingKeys: webcrypto.CryptoKeyPair,
): Promise<x509.Extension[]> {
  const { purpose } = options;
  const usage = x509.KeyUsageFlags;
  const leafUsage = keys.type.startsWith("rsa")
    ? usage.digitalSignature | usage.keyEncipherment
    : usage.digitalSignature;
  const list: x509.Extension[] = [
    new x509.BasicConstraintsExtension(purpose === "authority", options.pathLength, true),
    new x509.KeyUsagesExtension(purpose === "authority" ? usage.keyCertSign | usage.cRLSign : leafUsage, true),
    await x509.SubjectKeyIdentifierExtension.create(webKeys.publicKey, false, webcrypto),
    await x509.AuthorityKeyIdentifierExtension.create(signingKeys.publicKey, false, webcrypto),
  ];
  if (purpose !== "authority") {
    list.push(new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[`${purpose}Auth`]]));
  }
  const names = alternativeNames(options);
  if (names.length > 0) list.push(new x509.SubjectAlternativeNameExtension(names));
  const { permitted = [] } = options;
  if (permitted.length > 0) list.push(new x509.Extension(nameConstraintsOid, true, nameConstraints(permitted)));
  return list;
}

function alternativeNames({ hosts, emails = [] }: IssueOptions): x509.JsonGeneralName[] {
  return [
    ...hosts.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
    ...emails.map((value) => ({ type: "email" as const, value })),
  ];
}

function subjectName({ name, organization }: CertificateOptions) {
  return [...(organization === undefined ? [] : [{ O: [organization] }]), ...(name === "" ? [] : [{ CN: [name] }])];
}

/** RFC 5280, 4.1.2.2: positive; 126 random bits, first byte not zero. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}

function toIdentity(
  name: string,
  certificate: X509Certificate,
  keys: KeyPair,
  issuer: IssuedIdentity | undefined,
): IssuedIdentity {
  const certificatePem = certificate.toString();
  return {
    name,
    certificate,
    certificatePem,
    chainPem: issuer && !issuer.isRoot ? certificatePem + issuer.chainPem : certificatePem,
    privateKey: keys.privateKey,
    privateKeyPem: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    encryptedKeyPem: (passphrase) =>
      keys.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase }).toString(),
    serial: certificate.serialNumber,
    keys,
  };
}
