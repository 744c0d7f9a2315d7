import type { TLSSocket } from "node:tls";
import type { Identity } from "../certs/pki.ts";
import { answer, answerJson } from "./endpoints.ts";
import { type Http2Server, startHttp2Server } from "./http2-server.ts";
import { type HttpsServer, startHttpsServer } from "./https-server.ts";
import type { DemoIdentities } from "./identities.ts";

/** All on loopback, each on a free port of its own. The last five must never get a request. */
export interface DemoServers {
  /** Plain TLS: the endpoints of `endpoints.ts`. */
  readonly api: HttpsServer;
  /** Mutual TLS: answers with the client certificate it saw. */
  readonly mutual: HttpsServer;
  /** Speaks HTTP/2 and nothing else. */
  readonly http2: Http2Server;
  readonly expired: HttpsServer;
  readonly wrongHost: HttpsServer;
  readonly selfSigned: HttpsServer;
  /** Asks for a client certificate (TLS 1.3) that the demo's settings do not give for its port. */
  readonly clientCertificateRequired: HttpsServer;
  /** In order, but for its key: the demo's settings pin another one for its port. */
  readonly otherKey: HttpsServer;
}

export async function startDemoServers(identities: DemoIdentities): Promise<DemoServers> {
  const { root, server, expired, wrongHost, selfSigned } = identities;
  const clientCertificate = { ca: root.certificatePem, requestCert: true, rejectUnauthorized: true };
  const started = await Promise.all([
    startHttpsServer(shown(server), answer),
    startHttpsServer({ ...shown(server), ...clientCertificate }, (request, response) =>
      answerJson(response, 200, describeClient(request.socket as TLSSocket)),
    ),
    startHttpsServer(shown(expired), answer),
    startHttpsServer(shown(wrongHost), answer),
    startHttpsServer(shown(selfSigned), answer),
    startHttpsServer({ ...shown(server), ...clientCertificate, minVersion: "TLSv1.3" }, answer),
    startHttpsServer(shown(server), answer),
    startHttp2Server(shown(server), { message: "Hello over HTTP/2. Both sides agreed on it in the TLS handshake." }),
  ]);
  const [api, mutual, expiredServer, wrongHostServer, selfSignedServer, clientCertificateRequired, otherKey, http2] =
    started;
  return {
    api,
    mutual,
    http2,
    expired: expiredServer,
    wrongHost: wrongHostServer,
    selfSigned: selfSignedServer,
    clientCertificateRequired,
    otherKey,
  };
}

function shown(identity: Identity): { readonly cert: string; readonly key: string } {
  return { cert: identity.chainPem, key: identity.privateKeyPem };
}

/** What a server can know about the person behind a mutual TLS connection. */
function describeClient(socket: TLSSocket) {
  const certificate = socket.getPeerCertificate();
  return {
    message: `Hello, ${certificate.subject.CN}. Your certificate opened this door, no password was needed.`,
    tlsVersion: socket.getProtocol(),
    clientCertificate: {
      subject: { ...certificate.subject },
      issuer: { ...certificate.issuer },
      serialNumber: certificate.serialNumber,
      validTo: new Date(certificate.valid_to).toISOString(),
      fingerprint256: certificate.fingerprint256,
    },
  };
}
