import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { readStaple } from "../../../../src/transport/ocsp/staple.ts";
import { integer, octets, oid, sequence } from "../../../support/der.ts";
import {
  extension,
  loopbackNames,
  type MadeCertificate,
  makeCertificate,
  mustStaple,
} from "../../../support/made-certificates.ts";
import { makeOcspError, makeOcspResponse, type OcspOptions } from "../../../support/ocsp.ts";
import { createTestPki, type TestPki } from "../../../support/pki.ts";
import { startStaplingServer } from "../../../support/stapling-server.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { failureOf, fileReference, get, noProfile, responseOf, sendOnce } from "../support.ts";

const hour = 3_600_000;
const mayAnswer = extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.9")));

describe("OCSP", () => {
  let pki: TestPki;
  let leaf: MadeCertificate;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    leaf = makeCertificate(pki.intermediate);
    workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem });
  });
  after(() => workspace.remove());

  function respond(changes: Partial<OcspOptions> = {}): Buffer {
    return makeOcspResponse({
      serial: leaf.serial,
      issuer: pki.intermediate.certificate,
      signer: pki.intermediate,
      ...changes,
    });
  }

  function read(response: Uint8Array) {
    return readStaple(response, [leaf.der, pki.intermediate.certificate.raw]).report;
  }

  describe("a stapled OCSP response", () => {
    test("signed by the issuer says good, from when to when, and by whom", () => {
      const thisUpdate = new Date("2026-01-01T00:00:00Z");
      const nextUpdate = new Date(Date.now() + hour);
      const report = read(respond({ thisUpdate, nextUpdate }));
      assert.deepEqual(report, {
        status: "good",
        verified: true,
        problem: null,
        producedAt: "2026-01-01T00:00:00.000Z",
        thisUpdate: "2026-01-01T00:00:00.000Z",
        nextUpdate: `${nextUpdate.toISOString().slice(0, 19)}.000Z`,
        revokedAt: null,
        revocationReason: null,
        responder: "CN=Test Intermediate, O=Padlock Tests",
      });
    });

    test("may name the responder by its key, and hash the issuer with SHA-256", () => {
      const report = read(respond({ by: "key", hash: "sha256" }));
      assert.deepEqual([report.status, report.verified], ["good", true]);
      assert.match(report.responder ?? "", /^the key (?:[0-9A-F]{2}:){19}[0-9A-F]{2}$/);
    });

    test("tells when and why a certificate was revoked", () => {
      const report = read(respond({ status: "revoked", revokedAt: new Date("2026-03-04T05:06:07Z"), reason: 1 }));
      assert.deepEqual(
        [report.status, report.verified, report.revokedAt, report.revocationReason],
        ["revoked", true, "2026-03-04T05:06:07.000Z", "keyCompromise"],
      );
    });

    test("of somebody to whom the issuer delegated it is as good as the issuer's", () => {
      const delegate = makeCertificate(pki.intermediate, { commonName: "Responder", extensions: [mayAnswer] });
      const report = read(respond({ signer: signerOf(delegate), certificates: [delegate.der] }));
      assert.deepEqual([report.verified, report.responder], [true, "CN=Responder"]);
    });

    const bad: readonly [string, RegExp, () => Uint8Array][] = [
      ["signed by a stranger", /neither by the certificate's issuer nor/, () => respond({ signer: pki.server })],
      [
        "signed by a stranger in the issuer's name",
        /neither by the certificate's issuer nor/,
        () => respond({ signer: { certificate: pki.intermediate.certificate, privateKey: pki.server.privateKey } }),
      ],
      [
        "of a delegate without the purpose",
        /“Responder”, which signed it, may not sign OCSP responses/,
        () => delegated(makeCertificate(pki.intermediate, { commonName: "Responder" })),
      ],
      [
        "of another authority's delegate",
        /somebody else/,
        () => delegated(makeCertificate(pki.root, { commonName: "Responder", extensions: [mayAnswer] })),
      ],
      [
        "of a delegate whose time is over",
        /out of date/,
        () =>
          delegated(
            makeCertificate(pki.intermediate, {
              commonName: "Responder",
              extensions: [mayAnswer],
              notAfter: new Date(Date.now() - hour),
            }),
          ),
      ],
      [
        "whose time is over",
        /^It is out of date since \d{4}-\d\d-\d\d$/,
        () => respond({ thisUpdate: new Date(Date.now() - 48 * hour), nextUpdate: new Date(Date.now() - hour) }),
      ],
      [
        "without an end, and old",
        /out of date/,
        () => respond({ thisUpdate: new Date(Date.now() - 8 * 24 * hour), nextUpdate: null }),
      ],
      ["from the future", /future/, () => respond({ thisUpdate: new Date(Date.now() + hour) })],
    ];
    for (const [name, problem, make] of bad) {
      test(`${name} is shown, and proves nothing`, () => {
        const report = read(make());
        assert.deepEqual([report.status, report.verified], ["good", false]);
        assert.match(report.problem ?? "", problem);
      });
    }

    test("clocks may differ by five minutes", () => {
      assert.equal(read(respond({ thisUpdate: new Date(Date.now() + 4 * 60_000) })).verified, true);
      const justOver = { thisUpdate: new Date(Date.now() - hour), nextUpdate: new Date(Date.now() - 4 * 60_000) };
      assert.equal(read(respond(justOver)).verified, true);
    });

    test("what is revoked stays revoked after the response's time", () => {
      const old = { thisUpdate: new Date(Date.now() - 48 * hour), nextUpdate: new Date(Date.now() - 24 * hour) };
      assert.equal(read(respond({ ...old, status: "revoked" })).verified, true);
    });

    const unreadable: readonly [string, RegExp, () => Uint8Array][] = [
      ["about another certificate", /another certificate/, () => respond({ serial: "0102" })],
      [
        "about another issuer's certificate of the same number",
        /another certificate/,
        () => respond({ issuer: pki.root.certificate }),
      ],
      ["an error", /^It is an error: try later$/, () => makeOcspError(3)],
      ["garbage", /not a readable/, () => Buffer.from("no such thing")],
      ["empty", /not a readable/, () => new Uint8Array()],
      ["cut off", /not a readable/, () => respond().subarray(0, 100)],
      ["of another kind", /not a readable/, () => sequence(integer("00"), octets(Buffer.from("?")))],
    ];
    for (const [name, problem, make] of unreadable) {
      test(`${name}: unreadable`, () => {
        const report = read(make());
        assert.deepEqual([report.status, report.verified], ["unreadable", false]);
        assert.match(report.problem ?? "", problem);
      });
    }

    test("without the issuer's certificate nobody can check it", () => {
      const { report } = readStaple(respond(), [leaf.der]);
      assert.deepEqual([report.status, report.problem], ["unreadable", "The certificate of the issuer is not known"]);
    });
  });

  function signerOf({ der, privateKey }: MadeCertificate) {
    return { certificate: new X509Certificate(der), privateKey };
  }

  function delegated(delegate: MadeCertificate): Buffer {
    return respond({ signer: signerOf(delegate), certificates: [delegate.der] });
  }

  for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
    describe(`a server that staples, ${version}`, () => {
      const show = (made: MadeCertificate) => ({
        cert: `${made.pem}${pki.intermediate.certificatePem}`,
        key: made.privateKeyPem,
        minVersion: version,
        maxVersion: version,
      });
      const profile = () => ({ ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")] });

      test("is asked for it, and its response is in the report", async () => {
        await using server = await startStaplingServer(show(leaf), respond());
        const result = await sendOnce(get(server.url, { profile: profile() }));
        assert.equal(responseOf(result).status, 200);
        assert.equal(server.asked, 1);
        const tls = result.connection?.tls;
        assert.deepEqual([tls?.stapled, tls?.ocsp?.status, tls?.ocsp?.verified], [true, "good", true]);
        assert.ok(tls?.verdict.findings.some(({ level, text }) => level === "ok" && text.startsWith("Not revoked")));
      });

      test("proof that it is revoked: no byte of the request is sent", async () => {
        await using server = await startStaplingServer(show(leaf), respond({ status: "revoked", reason: 1 }));
        const request = { method: "POST", body: new TextEncoder().encode("secret"), profile: profile() };
        const result = await sendOnce(get(server.url, request));
        const failure = failureOf(result);
        assert.equal(failure.code, "tls.revoked");
        assert.match(
          failure.detail,
          /^localhost .*CN=Test Intermediate.*revoked on \d{4}-\d\d-\d\d \(key compromise\)\.$/,
        );
        assert.deepEqual(
          [result.outcome.kind === "failure" && result.outcome.requestSent, server.receivedBytes],
          [false, 0],
        );
        const tls = result.connection?.tls;
        assert.deepEqual([tls?.verdict.verified, tls?.verdict.code], [false, "tls.revoked"]);
        assert.equal(tls?.ocsp?.revocationReason, "keyCompromise");
      });

      test("a server that the person's own settings accept is used nevertheless, and it is said", async () => {
        await using server = await startStaplingServer(show(leaf), respond({ status: "revoked" }));
        const result = await sendOnce(get(server.url, { profile: { ...noProfile, unverified: true } }));
        assert.equal(responseOf(result).status, 200);
        const verdict = result.connection?.tls?.verdict;
        assert.deepEqual([verdict?.verified, verdict?.accepted], [false, true]);
        assert.ok(verdict?.findings.some(({ level, text }) => level === "error" && text.startsWith("Revoked")));
        const trusted = await sendOnce(get(server.url, { profile: { ...profile(), unverified: true } }));
        const { code, accepted } = trusted.connection?.tls?.verdict ?? {};
        assert.deepEqual([code, accepted], ["tls.revoked", true]);
      });

      test("a forged proof of that refuses nobody, and is named as worth nothing", async () => {
        const forged = respond({ status: "revoked", signer: pki.server });
        await using server = await startStaplingServer(show(leaf), forged);
        const result = await sendOnce(get(server.url, { profile: profile() }));
        assert.equal(responseOf(result).status, 200);
        const tls = result.connection?.tls;
        assert.deepEqual([tls?.ocsp?.status, tls?.ocsp?.verified], ["revoked", false]);
        assert.ok(
          tls?.verdict.findings.some(({ level, text }) => level === "warning" && text.includes("proves nothing")),
        );
      });

      test("nothing stapled is no finding, unless the certificate asks for it", async () => {
        await using server = await startStaplingServer(show(leaf), null);
        const result = await sendOnce(get(server.url, { profile: profile() }));
        const tls = result.connection?.tls;
        assert.deepEqual([tls?.stapled, tls?.ocsp], [false, null]);
        assert.deepEqual(
          tls?.verdict.findings.filter(({ text }) => /staple/i.test(text)),
          [],
        );
        const strict = makeCertificate(pki.intermediate, { extensions: [loopbackNames, mustStaple] });
        await using other = await startStaplingServer(show(strict), null);
        const report = (await sendOnce(get(other.url, { profile: profile() }))).connection?.tls;
        assert.equal(report?.chain[0]?.mustStaple, true);
        assert.deepEqual(
          report?.verdict.findings.filter(({ level }) => level === "warning").map(({ text }) => text),
          ["Not stapled although the certificate asks for it (must-staple)"],
        );
      });

      test("what an unverified server staples is shown too", async () => {
        await using server = await startStaplingServer(show(leaf), respond());
        const result = await sendOnce(get(server.url));
        assert.equal(failureOf(result).code, "tls.unknown-authority");
        assert.equal(server.receivedBytes, 0);
        assert.equal(result.connection?.tls?.ocsp?.status, "good");
      });
    });
  }
});
