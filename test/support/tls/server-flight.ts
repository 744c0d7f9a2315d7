import { generatePrimeSync, randomBytes, sign } from "node:crypto";
import type { Identity } from "../../../src/certs/pki.ts";
import { alertRecord, type ClientHello, handshakeType, type RawServer, record, startRawServer } from "./raw.ts";

/* The server's side of a TLS 1.2 handshake up to ServerHelloDone (RFC 5246 §7.4), with what no server should choose. */

const dheRsaAes128Gcm = 0x009e;

/** Diffie-Hellman over a prime of so few bits. The certificate's key must be RSA. */
export function startWeakDhServer(bits: number, identity: Identity): Promise<RawServer> {
  const prime = Buffer.from(generatePrimeSync(bits));
  // Any number below the prime: OpenSSL makes no key so short any more, and the client never comes to use it.
  const share = Buffer.concat([Buffer.of(1), randomBytes(prime.length - 2)]);
  return startRawServer((socket, hello) => {
    const random = randomBytes(32);
    const parameters = Buffer.concat([prime, Buffer.of(2), share].map((value) => vector(2, value)));
    const signature = sign("sha256", Buffer.concat([hello.random, random, parameters]), identity.privateKey);
    // rsa_pkcs1_sha256
    const keyExchange = Buffer.concat([parameters, Buffer.of(4, 1), vector(2, signature)]);
    socket.write(
      Buffer.concat([
        serverHello(random, dheRsaAes128Gcm),
        message(11, vector(3, vector(3, identity.certificate.raw))),
        message(12, keyExchange),
        message(14, Buffer.alloc(0)),
      ]),
    );
  });
}

/** Chooses this cipher suite whether or not the client offers it. */
export function startUnaskedCipherServer(suite: number): Promise<RawServer> {
  return startRawServer((socket) => socket.write(serverHello(randomBytes(32), suite)));
}

/** Has this cipher suite alone, and says handshake_failure to clients without it. */
export function startOnlyCipherServer(suite: number): Promise<RawServer> {
  return startRawServer((socket, hello: ClientHello) => {
    if (hello.cipherSuites.includes(suite)) socket.write(serverHello(randomBytes(32), suite));
    else socket.end(alertRecord(40));
  });
}

function serverHello(random: Buffer, suite: number): Buffer {
  // No session id, no compression, and renegotiation_info (RFC 5746), without which OpenSSL goes no further.
  const extensions = vector(2, Buffer.of(0xff, 0x01, 0x00, 0x01, 0x00));
  return message(2, Buffer.concat([Buffer.of(3, 3), random, Buffer.of(0, suite >> 8, suite & 255, 0), extensions]));
}

function message(type: number, body: Buffer): Buffer {
  return record(handshakeType, Buffer.concat([Buffer.of(type), vector(3, body)]));
}

/** A length of so many bytes, and the bytes (RFC 5246 §4.3). */
function vector(lengthBytes: number, content: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(content.length, 0, lengthBytes);
  return Buffer.concat([length, content]);
}
