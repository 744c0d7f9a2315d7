import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import { describeCertificate } from "../../../../src/transport/certificate.ts";
import { readStaple } from "../../../../src/transport/ocsp/staple.ts";
import { readScts } from "../../../../src/transport/sct.ts";
import { readTicket } from "../../../../src/transport/session-ticket.ts";
import { childrenOf, DerError, readDer } from "../../../../src/transport/x509/der.ts";
import { readRevocationList } from "../../../../src/transport/x509/revocation-list.ts";
import { integer, octets, sequence, set, tlv } from "../../../support/der.ts";
import { makeCertificate, mustStaple } from "../../../support/made-certificates.ts";
import { makeOcspResponse } from "../../../support/ocsp.ts";
import { createTestPki, type TestPki } from "../../../support/pki.ts";

describe("what a server sends and what is none", () => {
  let pki: TestPki;
  let response: Buffer;
  let chain: readonly Buffer[];
  before(async () => {
    pki = await createTestPki();
    const signer = pki.intermediate;
    const { serial, der } = makeCertificate(signer);
    chain = [der, signer.certificate.raw];
    const options = { serial, issuer: signer.certificate, signer, status: "revoked", reason: 1 } as const;
    response = makeOcspResponse({ ...options, certificates: [signer.certificate.raw] });
  });

  /** Nothing but the reader's own error may come out. */
  function onlyDerErrors(read: () => unknown): void {
    try {
      read();
    } catch (error) {
      assert.ok(error instanceof DerError, String(error));
    }
  }

  /** A few octets of real DER changed, or its end cut off. */
  const mutated = (der: () => Buffer) =>
    fc
      .record({
        changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        cut: fc.option(fc.nat(), { freq: 4 }),
      })
      .map(({ changes, cut }) => {
        const bytes = Buffer.from(der());
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
      });

  test("elements of any depth are read back as they were written", () => {
    const { node } = fc.letrec<{ node: Buffer }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        fc.uint8Array({ maxLength: 300 }).map((body) => octets(body)),
        fc.array(tie("node"), { maxLength: 4 }).map((parts) => sequence(...parts)),
      ),
    }));
    fc.assert(
      fc.property(fc.array(node, { maxLength: 5 }), (parts) => {
        const read = childrenOf(readDer(set(...parts)));
        assert.deepEqual(
          read.map(({ raw }) => Buffer.from(raw)),
          parts,
        );
      }),
      { numRuns: 200 },
    );
  });

  const notDer: readonly [string, Uint8Array][] = [
    ["nothing", new Uint8Array()],
    ["a tag alone", Uint8Array.of(0x30)],
    ["a length without an end", Uint8Array.of(0x30, 0x80, 0, 0)],
    ["a length of five octets", Uint8Array.of(0x30, 0x85, 0, 0, 0, 0, 0)],
    ["a length beyond the end", Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)],
    ["a tag of several octets", Uint8Array.of(0x1f, 0x81, 0x01, 0)],
    ["bytes behind the end", Buffer.concat([integer("01"), Buffer.from([0])])],
  ];
  for (const [name, bytes] of notDer) {
    test(`${name} is no DER`, () => assert.throws(() => readDer(bytes), DerError));
  }

  test("changed certificates are read or refused, never more", () => {
    const der = () => makeCertificate(pki.intermediate, { extensions: [mustStaple] }).der;
    const fixed = Buffer.concat([der()]);
    const real = pki.server.certificate.raw;
    for (const source of [() => fixed, () => real]) {
      fc.assert(
        fc.property(mutated(source), (bytes) => onlyDerErrors(() => describeCertificate(bytes))),
        { numRuns: 1500 },
      );
    }
  });

  test("changed OCSP responses never throw, and prove nothing that the real one does not", () => {
    const real = readStaple(response, chain).report;
    assert.deepEqual([real.status, real.verified], ["revoked", true]);
    fc.assert(
      fc.property(
        mutated(() => response),
        (bytes) => {
          const { report } = readStaple(bytes, chain);
          if (report.verified) assert.deepEqual(report, real);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("any bytes as certificate, staple, list, timestamps and ticket", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        onlyDerErrors(() => describeCertificate(bytes));
        onlyDerErrors(() => readRevocationList(bytes));
        readStaple(bytes, [bytes]);
        readScts(new Map([["1.3.6.1.4.1.11129.2.4.2", octets(bytes)]]), "certificate");
        readTicket(Buffer.from(bytes));
      }),
      { numRuns: 1500 },
    );
  });

  test("no name can pretend to have a second part, and odd strings stay text", () => {
    const attribute = (value: Uint8Array) => set(sequence(Buffer.from([6, 3, 0x55, 4, 3]), value));
    const subjectOf = (value: Uint8Array) => {
      const { der } = makeCertificate(undefined, { subject: sequence(attribute(value)) });
      return describeCertificate(der).subject;
    };
    assert.equal(subjectOf(tlv(0x0c, Buffer.from("a, CN=bank.example"))), "CN=a\\, CN=bank.example");
    assert.equal(subjectOf(tlv(0x0c, Buffer.from(' #a+"b" '))), 'CN=\\ #a\\+\\"b\\"\\ ');
    assert.equal(subjectOf(tlv(0x1e, Buffer.from("00e4d83d", "hex"))), "CN=ä\ud83d");
    assert.equal(subjectOf(tlv(0x1c, Buffer.from("0001f600ffffffff", "hex"))), "CN=😀\ufffd");
    assert.equal(subjectOf(tlv(0x0c, Buffer.from([0xff]))), "CN=\ufffd");
    assert.equal(subjectOf(integer("0102")), "CN=#02020102");
  });

  test("the names of a certificate, among them some that are none", () => {
    const name = (tag: number, hex: string) => tlv(tag, Buffer.from(hex, "hex"));
    const value = sequence(
      name(0x87, "7f000001"),
      name(0x87, "20010db8000000000000000000000001"),
      name(0x87, "00".repeat(16)),
      name(0x87, "20010db80001000200030004000500ff"),
      name(0x87, "00010000000000010000000000000001"),
      name(0x87, "0102"),
      name(0x88, "2a0304"),
      tlv(0x82, Buffer.from("a\0b")),
      tlv(0x81, Buffer.from("a@b.test")),
      name(0x83, "00"),
    );
    const extension = sequence(Buffer.from([6, 3, 0x55, 0x1d, 0x11]), octets(value));
    const report = describeCertificate(makeCertificate(undefined, { extensions: [extension] }).der);
    assert.deepEqual(report.subjectAltNames, [
      "IP:127.0.0.1",
      "IP:2001:db8::1",
      "IP:::",
      "IP:2001:db8:1:2:3:4:5:ff",
      "IP:1:0:0:1::1",
      "IP:#0102",
      "RID:1.2.3.4",
      "DNS:a\0b",
      "email:a@b.test",
      "other:#830100",
    ]);
  });

  test("an extension that cannot be read leaves the rest of the certificate readable", () => {
    const broken = sequence(Buffer.from([6, 3, 0x55, 0x1d, 0x11]), octets(Buffer.from([0x30, 0x05, 1])));
    const { der } = makeCertificate(undefined, { extensions: [broken, mustStaple] });
    const report = describeCertificate(der);
    assert.deepEqual([report.subjectAltNames, report.mustStaple], [[], true]);
    assert.ok(new X509Certificate(der), "OpenSSL reads it too");
  });
});
