import { createHash, randomBytes } from "node:crypto";
import type tls from "node:tls";
import type { Note } from "../common/note.ts";
import type { TlsProfile } from "../settings/tls-profile.ts";
import type { TrustSource } from "./authorities.ts";
import { FileLedger } from "./file-ledger.ts";
import { readIdentity } from "./read-identity.ts";
import type { CertificateReport } from "./report.ts";
import type { RevocationList } from "./revocation.ts";
import type { TrustEnvironment } from "./trust.ts";
import type { TlsVersion } from "./versions.ts";

/** All that one host's connections need, read from disk and checked: nothing of it can fail later, or fail silently. */
export interface Identity {
  readonly context: tls.SecureContext;
  /** The same authorities as in `context`; see `connector.ts` for why they are given twice. */
  readonly ca: readonly string[];
  readonly trust: readonly TrustSource[];
  /** Names the trust for people: "certs/ca.pem (padlock.hosts › localhost › ca)". */
  readonly trustLabel: string;
  /** The entry of `padlock.hosts` that this is of; undefined for the defaults. */
  readonly pattern: string | undefined;
  /** The environments that this entry is for; undefined: it names none. */
  readonly environments: readonly string[] | undefined;
  /** Who names the authorities: that entry, the request itself (cURL), or nobody. */
  readonly authoritiesOf: "entry" | "request" | undefined;
  /** What names the client certificate, where that is not the entry: `curl › --cert`. */
  readonly clientSetting: string | undefined;
  readonly clientCertificate: CertificateReport | null;
  /** What is to be said of the client certificate before it is shown: it has expired, for example. */
  readonly notes: readonly Note[];
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** `sha256/…`; one of the chain must match. Empty: none is demanded. */
  readonly pins: readonly string[];
  /** Every certificate of the chain is looked up in them. Empty: nothing is. */
  readonly revocationLists: readonly RevocationList[];
  /** Which of these the host's entry chooses. */
  readonly chosen: readonly ("ciphers" | "groups")[];
  /** Sent as SNI and verified in place of the URL's host. */
  readonly serverName: string | undefined;
  /** As in the profile. */
  readonly serverNameOption: string | undefined;
  /** The server's certificate need not verify. */
  readonly unverified: boolean;
  /** Equal only for equal material: connections are shared under it, and changed files open new ones. */
  readonly fingerprint: string;
}

interface Loaded {
  readonly identity: Identity;
  readonly ledger: FileLedger;
  readonly time: number;
}

/** To read an identity anew takes some 20 milliseconds: its authorities are parsed each time. The newest is at the end. */
const loaded = new Map<string, Promise<Loaded>>();
const mostLoaded = 32;

/** In milliseconds: what is said of a certificate's days should not grow old. */
const longest = 3_600_000;

/**
 * The identity for a profile: read and checked before any connection, and used again for as long as all of its files
 * stand as they were read. A rotated certificate counts from the next request on, but for those of a burst: they share
 * one look at the files (`restless`).
 * @throws {Failure} of family `identity`, `policy.path-outside-workspace`
 */
export async function loadIdentity(
  profile: TlsProfile,
  environment: TrustEnvironment = process.env,
): Promise<Identity> {
  const recent = lastUsed.get(profile);
  if (recent?.ledger.wasSeenJustNow) return recent.identity;
  const key = keyOf(profile, environment);
  const last = loaded.get(key);
  const known = await last?.catch(() => undefined);
  const isFresh = known && performance.now() - known.time < longest && (await known.ledger.isUnchanged());
  // Another request that came later may have begun to read everything anew.
  const current = loaded.get(key);
  const next = isFresh || (current && current !== last) ? (current ?? last) : undefined;
  const used = await (next ?? keep(key, load(profile, environment)));
  lastUsed.set(profile, used);
  return used.identity;
}

/** For requests that follow each other with the very same profile. */
const lastUsed = new WeakMap<TlsProfile, Loaded>();

function keep(key: string, identity: Promise<Loaded>): Promise<Loaded> {
  loaded.delete(key);
  loaded.set(key, identity);
  for (const [oldest] of loaded) if (loaded.size > mostLoaded) loaded.delete(oldest);
  identity.catch(() => loaded.get(key) === identity && loaded.delete(key));
  return identity;
}

/** In milliseconds: requests that follow each other faster than people change files share one look at these. */
const restless = 20;

async function load(profile: TlsProfile, environment: TrustEnvironment): Promise<Loaded> {
  const ledger = new FileLedger(Date.now, restless);
  const time = performance.now();
  return { identity: await readIdentity(profile, ledger, environment), ledger, time };
}

const salt = randomBytes(32);

/** Everything of a profile that an identity is made from. A passphrase counts, and is not kept. */
function keyOf(profile: TlsProfile, { SSL_CERT_FILE, SSL_CERT_DIR }: TrustEnvironment): string {
  return `${contentOf(profile)} ${SSL_CERT_FILE ?? ""} ${SSL_CERT_DIR ?? ""}`;
}

const contents = new WeakMap<TlsProfile, string>();

function contentOf(profile: TlsProfile): string {
  const known = contents.get(profile);
  if (known !== undefined) return known;
  const { passphrase, proxy: _proxy, socket: _socket, http2: _http2, ...rest } = profile;
  const opened = passphrase && createHash("sha256").update(salt).update(passphrase.value).digest("base64");
  const named = passphrase && [passphrase.written, passphrase.setting, passphrase.location];
  const content = JSON.stringify([rest, opened, named]);
  contents.set(profile, content);
  return content;
}
