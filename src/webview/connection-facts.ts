import { duration } from "../common/units.ts";
import type { ClientCertificateReport, ConnectionReport, KeyExchange, TlsReport } from "../protocol/exchange-view.ts";
import { ticketWords, wayLines } from "../protocol/tls-words.ts";
import { type Child, h } from "./dom.ts";
import { type Fact, unknown } from "./facts-table.ts";
import { timeOfDay } from "./format.ts";
import { remoteAddress } from "./header-strip.ts";
import { serverText } from "./server-text.ts";
import { validity } from "./validity.ts";

/** The rows of the connection table. `complete`: the handshake came to its end, so a null is the runtime's doing. */
export function connectionFacts(connection: ConnectionReport, ssl: number | null, complete: boolean): Fact[] {
  const { tls, reused, openedAt } = connection;
  const when = timeOfDay(openedAt);
  return [
    ...(tls ? tlsFacts(tls, complete) : [{ name: "Protocol", value: ["None: plain HTTP"], testId: "protocol" }]),
    ...(tls ? [{ name: "Handshake", value: handshake(tls, reused, ssl, complete) }] : []),
    {
      name: "Connection",
      value: reused ? ["Reused", muted(`opened at ${when}`)] : ["New", muted(`opened at ${when}`)],
    },
    ...(connection.socketPath === null ? [address(connection)] : []),
    ...wayLines(connection).map(({ name, value }) => ({ name, value: [serverText(value, "mono")] })),
    ...(tls && complete ? sessionFacts(tls) : []),
  ];
}

/** Of who is at the other end of the TCP connection. */
function address({ remoteAddress: host, remotePort, proxy }: ConnectionReport): Fact {
  return {
    name: proxy ? "Proxy's address" : "Remote address",
    value: [host === null ? unknown() : serverText(remoteAddress(host, remotePort), "mono")],
  };
}

function tlsFacts(tls: TlsReport, complete: boolean): Fact[] {
  const missing = () => unknown(complete ? undefined : "not known: the handshake did not come to its end");
  return [
    {
      name: "Protocol",
      value: [tls.protocol ? serverText(protocolName(tls.protocol)) : missing()],
      testId: "protocol",
    },
    { name: "Cipher suite", value: [tls.cipherSuite ? serverText(tls.cipherSuite, "mono") : missing()] },
    { name: "Key exchange", value: tls.keyExchange ? keyExchange(tls.keyExchange) : [missing()] },
    {
      name: "Signature scheme",
      value: [tls.signatureScheme ? serverText(tls.signatureScheme, "mono") : complete ? unknown() : missing()],
    },
    { name: "ALPN", value: [tls.alpn ? serverText(tls.alpn, "mono") : complete ? unknown("none agreed") : missing()] },
    {
      name: "SNI",
      value: [
        tls.serverName ? serverText(tls.serverName, "mono") : unknown("none sent: the host is an address"),
        tls.nameOverride !== null && muted("in place of the host's own name"),
      ],
    },
    {
      name: "Name matched",
      value: [
        tls.certificateName === null
          ? unknown("none: the certificate is not for this host")
          : serverText(tls.certificateName, "mono"),
      ],
    },
    { name: "Client certificate", value: clientCertificate(tls.clientCertificate) },
  ];
}

/** What is always the same, or only a curiosity: at the end. */
function sessionFacts(tls: TlsReport): Fact[] {
  return [
    { name: "Session tickets", value: [serverText(ticketWords(tls))] },
    { name: "Early data", value: ["Never sent"] },
  ];
}

/** `TLS 1.3` for `TLSv1.3`. */
function protocolName(protocol: string): string {
  return protocol.replace(/^TLSv(?=\d)/, "TLS ");
}

function keyExchange({ group, bits, postQuantum }: KeyExchange): Child[] {
  return [
    serverText(group, "mono"),
    bits !== null && muted(`${bits} bits`),
    postQuantum &&
      h("span", { class: "mark level-ok", title: "Safe against a later quantum computer" }, "post-quantum"),
  ];
}

function handshake({ sessionResumed }: TlsReport, reused: boolean, ssl: number | null, complete: boolean): Child[] {
  if (!complete) return ["Refused", ssl !== null && muted(`after ${duration(ssl)}`)];
  const kind = sessionResumed ? "Resumed from an earlier session" : "Full";
  return [kind, ssl !== null ? muted(duration(ssl)) : reused && muted("made when the connection was opened")];
}

function clientCertificate({ configured, requested, presented }: ClientCertificateReport): Child[] {
  if (!configured) {
    if (requested === null) return ["None configured", muted("whether the server asks is not known")];
    return requested
      ? [h("span", { class: "level-warning" }, "Asked for, but none is configured")]
      : ["Not asked for", muted("none configured")];
  }
  const life = validity(configured, new Date(Date.parse(configured.notAfter) - configured.daysLeft * 86_400_000));
  const subject = [
    h("strong", {}, serverText(configured.subject)),
    h("span", { class: `days level-${life.level}` }, life.text),
  ];
  if (presented) return ["Asked for and sent:", ...subject];
  if (requested === null) return ["Configured:", ...subject, muted("the handshake did not get so far")];
  return [requested ? "Asked for, but not sent:" : "Configured, but not asked for:", ...subject];
}

function muted(text: string): HTMLElement {
  return h("span", { class: "muted" }, text);
}
