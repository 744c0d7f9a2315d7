import { duration, plural } from "../common/units.ts";
import type {
  AttemptReport,
  CertificateReport,
  ClientCertificateReport,
  ConnectionReport,
  TlsReport,
} from "../transport/report.ts";
import { proxyText } from "./route-text.ts";

/* The facts of a TLS report in words, the same in the panel and on the command line. */

/** A value may hold what a server wrote: whoever shows it makes it harmless. */
export interface FactLine {
  readonly name: string;
  readonly value: string;
}

/** What stands where the runtime cannot tell. */
export const notAvailable = "not available";

/** `2026-12-10 10:00:05 UTC` of an ISO 8601 time. */
function moment(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

/** How the connection was made, as far as there is more to say than where to. */
export function wayLines({ attempts, proxy, socketPath, localAddress }: ConnectionReport): FactLine[] {
  const tried = attempts.length > 1 || attempts.some(({ outcome }) => outcome !== "connected");
  return [
    ...(proxy ? [{ name: "Via", value: proxyText(proxy) }] : []),
    ...(proxy?.tls ? [{ name: "TLS to the proxy", value: proxyTlsWords(proxy.tls) }] : []),
    ...(socketPath === null ? [] : [{ name: "Unix socket", value: socketPath }]),
    ...(tried ? attempts.map((attempt) => ({ name: "Tried", value: attemptWords(attempt) })) : []),
    ...(localAddress === null ? [] : [{ name: "Local address", value: localAddress }]),
  ];
}

function proxyTlsWords({ protocol, cipherSuite, verdict }: TlsReport): string {
  return present([protocol, cipherSuite, verdict.verified ? "verified" : verdict.reason]);
}

function attemptWords({ address, port, outcome, milliseconds, problem }: AttemptReport): string {
  const why = problem === null ? "" : ` (${problem})`;
  return `${authority(address, port)} ${outcome}${why}${milliseconds === null ? "" : ` after ${duration(milliseconds)}`}`;
}

function authority(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Resumption is never used: a resumed session skips the checks of name and chain. */
export function ticketWords({ sessionTicket }: TlsReport): string {
  if (!sessionTicket) return "none received";
  const { count, lifetime } = sessionTicket;
  const time = lifetime === null ? "without a lifetime" : `for ${span(lifetime)}`;
  return `${plural(count, "ticket")} received, ${time}; never used`;
}

/** `2 hours`, `1 day`: of seconds, in the largest unit that gives a whole number. */
function span(seconds: number): string {
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ] as const;
  const unit = units.find(([, length]) => seconds > 0 && seconds % length === 0);
  return unit ? plural(seconds / unit[1], unit[0]) : plural(seconds, "second");
}

/** How many certificates the server sent, and whether they are what a client needs. */
export function sentWords(tls: TlsReport): string {
  const places = sentPlaces(tls);
  if (!places) return notAvailable;
  if (places.length === 0) return "none";
  const needed = places.flatMap(({ position }) => (position === null ? [] : [position]));
  const inOrder = needed.every((position, index) => index === 0 || position > (needed[index - 1] ?? 0));
  const extra = places.length - needed.length;
  return [
    plural(places.length, "certificate"),
    ...(places.length > 1 ? [inOrder ? "in order" : "not in order"] : []),
    ...(extra > 0 ? [`${extra} not needed`] : []),
  ].join(", ");
}

export interface SentPlace {
  readonly certificate: CertificateReport;
  /** Where it stands in the verified chain, from 0; null: it is not of it. */
  readonly position: number | null;
}

/** The certificates as the server sent them, each with its place in the chain; null where the runtime does not tell. */
export function sentPlaces({ sent, chain }: TlsReport): readonly SentPlace[] | null {
  if (!sent) return null;
  const taken = new Set<number>();
  return sent.map((certificate) => {
    const position = chain.findIndex(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256);
    if (position < 0 || taken.has(position)) return { certificate, position: null };
    taken.add(position);
    return { certificate, position };
  });
}

/** "Server", "Intermediate", "Root", by the place in a chain. */
export function roleOf(certificate: CertificateReport, position: number | null): string {
  if (position === null) return "Not needed";
  if (position === 0) return certificate.selfSigned ? "Server, self-signed" : "Server";
  return certificate.selfSigned ? "Root" : "Intermediate";
}

export function ocspLines({ stapled, ocsp, chain }: TlsReport): FactLine[] {
  const asks = chain[0]?.mustStaple === true;
  const words = stapled === null ? notAvailable : stapled ? "yes" : "no";
  const first = { name: "OCSP staple", value: asks ? `${words}; the certificate asks for it (must-staple)` : words };
  if (!ocsp) return [first];
  const status = ocsp.verified ? `${ocsp.status}, verified` : `${ocsp.status}, not verified. ${ocsp.problem ?? ""}`;
  const reason = ocsp.revocationReason === null ? "" : ` (${ocsp.revocationReason})`;
  const times: readonly (readonly [string, string | null, string?])[] = [
    ["Revoked", ocsp.revokedAt, reason],
    ["Produced", ocsp.producedAt],
    ["This update", ocsp.thisUpdate],
    ["Next update", ocsp.nextUpdate],
  ];
  return [
    first,
    { name: "Status", value: status.trim() },
    ...times.flatMap(([name, time, more = ""]) => (time === null ? [] : [{ name, value: `${moment(time)}${more}` }])),
    ...(ocsp.responder === null ? [] : [{ name: "Responder", value: ocsp.responder }]),
  ];
}

const sctSources = { certificate: "in the certificate", ocsp: "in the OCSP response" } as const;

export function sctLines({ scts }: TlsReport): FactLine[] {
  const count = scts === null ? notAvailable : scts.length === 0 ? "none in the certificate" : String(scts.length);
  return [
    { name: "CT timestamps", value: count },
    ...(scts ?? []).map(({ logId, timestamp, source }) => ({
      name: "Log",
      value: `${logId} · ${moment(timestamp)} · ${sctSources[source]}`,
    })),
    ...(scts && scts.length > 0
      ? [{ name: "Not checked", value: "their signatures; the names of the logs are not available" }]
      : []),
  ];
}

/** Whether the server asked for a client certificate, and what it got. */
export function clientLines({
  configured,
  requested,
  presented,
  acceptedAuthorities,
}: ClientCertificateReport): FactLine[] {
  return [
    { name: "Configured", value: configured ? configured.subject : "none" },
    { name: "Asked for", value: requested === null ? notAvailable : requested ? "yes" : "no" },
    { name: "Sent", value: presented ? "yes" : "no" },
    ...(requested === false ? [] : [{ name: "Accepted CAs", value: acceptedAuthorities?.join("; ") ?? notAvailable }]),
  ];
}

/** What a certificate may be used for, and under which conditions: what its extensions say. */
export function usageLines(certificate: CertificateReport): FactLine[] {
  const { basicConstraints: basic, policies, nameConstraints, mustStaple } = certificate;
  const limit =
    basic?.isAuthority && basic.pathLength !== null
      ? `, at most ${plural(basic.pathLength, "intermediate")} below it`
      : "";
  return [
    {
      name: "Use",
      value: certificate.isAuthority
        ? `Authority: may issue certificates${limit}`
        : "End entity: may not issue certificates",
    },
    ...list("Key usage", certificate.keyUsages),
    ...list("Extended key usage", certificate.extendedKeyUsages),
    ...list("Name constraints", nameConstraints === null ? [] : [nameConstraints]),
    ...list(
      "Policies",
      policies.map(({ oid, meaning }) => (meaning === null ? oid : `${meaning} (${oid})`)),
    ),
    ...(mustStaple ? [{ name: "Must-staple", value: "yes: its servers must always staple an OCSP response" }] : []),
  ];
}

/** Where an authority keeps what it has to say about the certificate. Nothing is fetched from there. */
export function urlLines({ ocspUrls, crlUrls, issuerUrls }: CertificateReport): FactLine[] {
  return [
    ...ocspUrls.map((value) => ({ name: "OCSP responder", value })),
    ...crlUrls.map((value) => ({ name: "Revocation list", value })),
    ...issuerUrls.map((value) => ({ name: "Issuer's certificate", value })),
  ];
}

/** `EC P-256`, `RSA 2048`, `Ed25519`. */
export function keyWords({
  keyType,
  keyBits,
  curve,
}: Pick<CertificateReport, "keyType" | "keyBits" | "curve">): string {
  const size = curve ?? (keyBits === null ? "" : String(keyBits));
  return size === "" || size === keyType ? keyType : `${keyType} ${size}`;
}

function list(name: string, values: readonly string[]): FactLine[] {
  return values.length === 0 ? [] : [{ name, value: values.join(", ") }];
}

function present(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(" · ") || notAvailable;
}
