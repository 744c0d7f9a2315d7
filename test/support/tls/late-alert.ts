import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { createSecureContext, TLSSocket, type TlsOptions } from "node:tls";
import { listenOnLoopback } from "../../../src/demo/loopback.ts";
import type { DisposableServer } from "../broken-servers.ts";
import { alertType, applicationType, recordsIn } from "./raw.ts";

/**
 * A TLS 1.3 server that ends each connection with this alert right after the handshake, as servers do that refuse a
 * client certificate: for the client the handshake was over before. No API of Node sends alerts, so the record is
 * encrypted here with the keys that the server logs (RFC 8446 §5.2, §7.3).
 */
export async function startLateAlertServer(number: number, options: TlsOptions): Promise<DisposableServer> {
  const secureContext = createSecureContext({ ...options, minVersion: "TLSv1.3", ciphers: "TLS_AES_128_GCM_SHA256" });
  const server = await listenOnLoopback((socket) => {
    const sent: Buffer[] = [];
    const tls = new TLSSocket(tap(socket, sent), {
      isServer: true,
      secureContext,
      requestCert: options.requestCert === true,
      rejectUnauthorized: false,
    });
    tls.on("error", () => undefined);
    tls.on("keylog", (line: Buffer) => {
      const secret = /^SERVER_TRAFFIC_SECRET_0 \S+ (\S+)/.exec(line.toString())?.[1];
      if (secret === undefined) return;
      const keys = trafficKeys(Buffer.from(secret, "hex"));
      // The tickets come at the end of the handshake: the alert is the record after them.
      tls.once("secure", () => setImmediate(() => socket.end(encryptAlert(number, keys, countSent(sent, keys)))));
    });
  });
  return Object.assign(server, { [Symbol.asyncDispose]: server.close });
}

/** The socket as a stream of which everything that goes out is seen. */
function tap(socket: Socket, sent: Buffer[]): Duplex {
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      sent.push(chunk);
      socket.write(chunk, () => done());
    },
  });
  socket.on("data", (chunk) => stream.push(chunk));
  socket.on("end", () => stream.push(null));
  return stream;
}

interface TrafficKeys {
  readonly key: Buffer;
  readonly iv: Buffer;
}

function trafficKeys(secret: Buffer): TrafficKeys {
  return { key: expandLabel(secret, "key", 16), iv: expandLabel(secret, "iv", 12) };
}

/** HKDF-Expand-Label, RFC 8446 §7.1. Expanding alone is HMAC over the info and a counter, once for so few bytes. */
function expandLabel(secret: Buffer, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.of(0, length, name.length), name, Buffer.of(0)]);
  return createHmac("sha256", secret)
    .update(Buffer.concat([info, Buffer.of(1)]))
    .digest()
    .subarray(0, length);
}

/** How many records were encrypted with these keys: the sequence number of the next one. */
function countSent(sent: readonly Buffer[], keys: TrafficKeys): number {
  let count = 0;
  for (const { type, bytes } of recordsIn(Buffer.concat(sent))) {
    if (type === applicationType && opens(bytes, keys, count)) count += 1;
  }
  return count;
}

function opens(record: Buffer, { key, iv }: TrafficKeys, sequenceNumber: number): boolean {
  const decipher = createDecipheriv("aes-128-gcm", key, nonce(iv, sequenceNumber));
  decipher.setAAD(record.subarray(0, 5)).setAuthTag(record.subarray(-16));
  decipher.update(record.subarray(5, -16));
  try {
    decipher.final();
    return true;
  } catch {
    return false;
  }
}

function encryptAlert(number: number, { key, iv }: TrafficKeys, sequenceNumber: number): Buffer {
  const header = Buffer.of(applicationType, 3, 3, 0, 3 + 16);
  const cipher = createCipheriv("aes-128-gcm", key, nonce(iv, sequenceNumber)).setAAD(header);
  const content = cipher.update(Buffer.of(2, number, alertType));
  return Buffer.concat([header, content, cipher.final(), cipher.getAuthTag()]);
}

function nonce(iv: Buffer, sequenceNumber: number): Buffer {
  const result = Buffer.from(iv);
  result[11] = (result[11] ?? 0) ^ sequenceNumber;
  return result;
}
