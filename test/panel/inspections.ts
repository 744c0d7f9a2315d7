import type { ExchangeView } from "../../src/protocol/exchange-view.ts";
import type { InspectionView, VersionProbe } from "../../src/protocol/inspection-view.ts";
import { fullReport, hostileMark, hostileServer, unknownAuthority } from "./samples.ts";

/* Inspections as the extension would send them. */

function probe(
  protocol: VersionProbe["protocol"],
  accepted: boolean | null,
  cipherSuite: string | null = null,
  problem: string | null = null,
): VersionProbe {
  return { protocol, accepted, cipherSuite, problem };
}

function inspection(of: ExchangeView, changes: Partial<InspectionView>): InspectionView {
  const { startedAt, failure, connection, verdict, timings, notes } = of;
  const { send: _send, wait: _wait, receive: _receive, ...times } = timings;
  return {
    id: `inspection of ${of.id}`,
    startedAt,
    host: "api.bank.localhost",
    port: 8443,
    failure,
    connection,
    timings: { ...times, send: null, wait: null, receive: null, total: 11.2 },
    verdict,
    versions: [],
    notes,
    ...changes,
  };
}

export const verified: InspectionView = inspection(fullReport, {
  versions: [
    probe("TLSv1", false),
    probe("TLSv1.1", true, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"),
    probe("TLSv1.2", true, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    probe("TLSv1.3", true, "TLS_AES_256_GCM_SHA384"),
  ],
  notes: [{ level: "warning", text: "The client certificate certs/alice.pem expires in 3 days." }],
});

export const refused: InspectionView = inspection(unknownAuthority, {
  versions: [
    probe("TLSv1", null, null, "not available on this runtime"),
    probe("TLSv1.1", null, null, "no answer in time"),
    probe("TLSv1.2", true, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    probe("TLSv1.3", false),
  ],
});

export const notConnected: InspectionView = inspection(fullReport, {
  id: "inspection-of-nothing",
  host: "::1",
  port: 443,
  failure: {
    code: "network.refused",
    title: "[::1]:443 does not take connections",
    detail: "This machine said so at once: nothing listens at that port.",
    fix: "Check host and port, and whether the server runs.",
    location: null,
    setting: null,
    requestSent: false,
  },
  connection: null,
  verdict: { kind: "not-connected", text: "No connection was made" },
});

const hostile = `${hostileMark}\u001b[31mred\u202egpj.exe\u0000`;
export const hostileInspection: InspectionView = inspection(hostileServer, {
  host: `${"long-".repeat(80)}.test`,
  versions: [probe("TLSv1.2", true, hostile), probe("TLSv1.3", null, null, `${hostile}${"C".repeat(2_000)}`)],
  notes: [{ level: "warning", text: hostile }],
});
