import type { Socket } from "node:net";
import { listenOnLoopback } from "../../../src/demo/loopback.ts";
import type { DisposableServer } from "../broken-servers.ts";

/* TLS by hand, record by record (RFC 5246 §6.2, RFC 8446 §5.1), for servers that no TLS library would be. */

export const alertType = 21;
export const handshakeType = 22;
export const applicationType = 23;

export function record(type: number, content: Uint8Array, version = 0x0303): Buffer {
  return Buffer.concat([
    Buffer.of(type, version >> 8, version & 255, content.length >> 8, content.length & 255),
    content,
  ]);
}

/** A fatal one. */
export function alertRecord(number: number, version = 0x0303): Buffer {
  return record(alertType, Buffer.of(2, number), version);
}

/** Content types of the records in `bytes`, as far as they are whole. */
export function recordsIn(bytes: Buffer): { readonly type: number; readonly bytes: Buffer }[] {
  const records = [];
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (end > bytes.length) break;
    records.push({ type: bytes[at] ?? 0, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return records;
}

export interface ClientHello {
  readonly random: Buffer;
  readonly cipherSuites: readonly number[];
}

/** RFC 5246 §7.4.1.2. */
function readClientHello(bytes: Buffer): ClientHello {
  const random = bytes.subarray(11, 43);
  const suites = 44 + (bytes[43] ?? 0);
  const count = bytes.readUInt16BE(suites) / 2;
  return {
    random,
    cipherSuites: Array.from({ length: count }, (_, index) => bytes.readUInt16BE(suites + 2 + index * 2)),
  };
}

export interface RawServer extends DisposableServer {
  /** Bytes of records of application data that clients sent: 0 proves that no request, encrypted or not, arrived. */
  readonly applicationBytes: number;
}

/** Calls `answer` with each client's hello. A client that sends anything but TLS records counts as well. */
export async function startRawServer(answer: (socket: Socket, hello: ClientHello) => void): Promise<RawServer> {
  let applicationBytes = 0;
  const server = await listenOnLoopback((socket) => {
    let received = Buffer.alloc(0);
    let isAnswered = false;
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const records = recordsIn(received);
      received = received.subarray(records.reduce((sum, { bytes }) => sum + bytes.length, 0));
      for (const { type, bytes } of records) {
        if (type !== handshakeType && type !== alertType && type !== 20) applicationBytes += bytes.length;
        if (isAnswered || type !== handshakeType) continue;
        isAnswered = true;
        answer(socket, readClientHello(bytes));
      }
    });
  });
  return Object.defineProperties(server, {
    applicationBytes: { get: () => applicationBytes },
    [Symbol.asyncDispose]: { value: server.close },
  }) as RawServer;
}

/** Ends each handshake with this alert. */
export function startAlertServer(number: number, version = 0x0303): Promise<RawServer> {
  return startRawServer((socket) => socket.end(alertRecord(number, version)));
}
