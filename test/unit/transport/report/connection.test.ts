import assert from "node:assert/strict";
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { isExchangeView } from "../../../../src/protocol/exchange-shape.ts";
import { createTransport } from "../../../../src/transport/index.ts";
import type { TlsReport } from "../../../../src/transport/report.ts";
import { explicit, integer, name, octets, oid, sequence, utf8 } from "../../../support/der.ts";
import { extension, loopbackNames, makeCertificate } from "../../../support/made-certificates.ts";
import { createAuthority, createTestPki, type Identity, loopbackHosts, type TestPki } from "../../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServerOptions } from "../../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { makeExchange } from "../../cli/views.ts";
import { fileReference, get, noProfile, responseOf, sendOnce } from "../support.ts";

describe("the TLS report of a connection", () => {
  let pki: TestPki;
  let workspace: TempWorkspace;
  before(async () => {
    pki = await createTestPki();
    workspace = await makeWorkspace({
      "ca.pem": pki.root.certificatePem,
      "client.pem": pki.client.certificatePem,
      "client.key": pki.client.privateKeyPem,
    });
  });
  after(() => workspace.remove());

  const trusting = (more = {}) => ({ ...noProfile, ca: [fileReference(workspace.path("ca.pem"), "ca")], ...more });

  async function report(options: TlsServerOptions, profile = trusting()): Promise<TlsReport> {
    await using server = await startTlsServer(options);
    const result = await sendOnce(get(server.url, { profile }));
    assert.equal(responseOf(result).status, 200);
    const { connection } = result;
    assert.ok(connection?.tls);
    assert.ok(isExchangeView(makeExchange({ connection })), "the shape that other programs rely on");
    return connection.tls;
  }
  const texts = (tls: TlsReport, level?: string) =>
    tls.verdict.findings.filter((finding) => level === undefined || finding.level === level).map(({ text }) => text);

  test("TLS 1.3 in full", async () => {
    const tls = await report(serverIdentity(pki.server));
    assert.deepEqual(
      { ...tls, chain: [], sent: [], sessionTicket: null, verdict: null },
      {
        protocol: "TLSv1.3",
        cipherSuite: "TLS_AES_256_GCM_SHA384",
        alpn: "http/1.1",
        keyExchange: { group: "X25519MLKEM768", bits: null, postQuantum: true },
        signatureScheme: "ecdsa_secp256r1_sha256",
        serverName: "localhost",
        nameOverride: null,
        sessionResumed: false,
        earlyData: false,
        sessionTicket: null,
        stapled: false,
        ocsp: null,
        scts: [],
        verdict: null,
        clientCertificate: { configured: null, requested: false, presented: false, acceptedAuthorities: null },
        chain: [],
        sent: [],
        trustSource: "ca.pem",
        certificateName: "localhost",
      },
    );
    const shown = (list: TlsReport["chain"] | null) => list?.map(({ subjectName, source }) => [subjectName, source]);
    assert.deepEqual(shown(tls.chain), [
      ["localhost", "server"],
      ["Test Intermediate", "server"],
      ["Test Root", "trust store"],
    ]);
    assert.deepEqual(shown(tls.sent), [
      ["localhost", "server"],
      ["Test Intermediate", "server"],
    ]);
    assert.deepEqual(texts(tls), [
      "Chain verified by ca.pem",
      "Name matches localhost",
      "Post-quantum key exchange: X25519MLKEM768",
    ]);
  });

  test("session tickets: how many, and for how long", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const transport = createTransport();
    const send = () => transport.send(get(server.url, { profile: trusting() }), new AbortController().signal);
    await send();
    // The tickets of TLS 1.3 may come behind the first response.
    const { connection } = await send();
    assert.deepEqual(connection?.tls?.sessionTicket, { lifetime: 7200, count: 2 });
    await transport.close();
  });

  test("a reused connection shows the same facts, with the time of its handshake", async () => {
    await using server = await startTlsServer(serverIdentity(pki.server));
    const transport = createTransport();
    const send = () => transport.send(get(server.url, { profile: trusting() }), new AbortController().signal);
    const first = (await send()).connection;
    const second = (await send()).connection;
    assert.equal(server.handshakes, 1);
    assert.deepEqual([first?.reused, second?.reused], [false, true]);
    assert.equal(second?.openedAt, first?.openedAt);
    assert.deepEqual({ ...second?.tls, sessionTicket: null }, { ...first?.tls, sessionTicket: null });
    await transport.close();
  });

  test("what Node does not tell is null", async () => {
    const rsa = await pki.intermediate.issueServer({ name: "localhost", hosts: loopbackHosts, keyType: "rsa-2048" });
    const tls = await report({ ...serverIdentity(rsa), maxVersion: "TLSv1.2" });
    assert.equal(tls.signatureScheme, null, "an RSA key may sign with several schemes");
    assert.equal(tls.clientCertificate.acceptedAuthorities, null);
  });

  test("a client certificate: configured, asked for, sent", async () => {
    const own = {
      cert: fileReference(workspace.path("client.pem"), "cert"),
      key: fileReference(workspace.path("client.key"), "key"),
    };
    const asking = { ...serverIdentity(pki.server), ca: pki.root.certificatePem, requestCert: true };
    const sent = await report(asking, trusting(own));
    assert.deepEqual([sent.clientCertificate.requested, sent.clientCertificate.presented], [true, true]);
    assert.equal(sent.clientCertificate.configured?.extendedKeyUsages.join(), "clientAuth");
    const unasked = await report(serverIdentity(pki.server), trusting(own));
    assert.deepEqual(texts(unasked, "warning"), [
      "A client certificate is configured, but the server did not ask for it",
    ]);
    const missing = await report({ ...asking, rejectUnauthorized: false });
    assert.deepEqual(texts(missing, "note"), ["The server asks for a client certificate; none is configured"]);
    const early = await report({ ...asking, maxVersion: "TLSv1.2" }, trusting({ ...own, minVersion: "TLSv1.2" }));
    assert.deepEqual(texts(early, "warning"), [
      "TLS 1.2 shows the client certificate to a server that is not verified yet",
    ]);
  });

  test("old ways of encryption are findings", async () => {
    const rsa = await pki.intermediate.issueServer({ name: "localhost", hosts: loopbackHosts, keyType: "rsa-2048" });
    const tls = await report({ ...serverIdentity(rsa), maxVersion: "TLSv1.2", ciphers: "AES128-SHA256" });
    assert.equal(tls.cipherSuite, "TLS_RSA_WITH_AES_128_CBC_SHA256");
    assert.deepEqual(tls.keyExchange, { group: "RSA (static)", bits: null, postQuantum: false });
    const warnings = texts(tls, "warning");
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? "", /^No forward secrecy/);
    assert.match(warnings[1] ?? "", /CBC/);
  });

  describe("the chain as sent against the chain as verified", () => {
    const sentAs = (...parts: readonly Pick<Identity, "certificatePem">[]) => ({
      cert: parts.map(({ certificatePem }) => certificatePem).join(""),
      key: pki.server.privateKeyPem,
    });
    const trustBoth = async () => {
      const path = workspace.path("both.pem");
      await workspace.write("both.pem", `${pki.root.certificatePem}${pki.intermediate.certificatePem}`);
      return { ...noProfile, ca: [fileReference(path, "ca")] };
    };

    test("an unneeded certificate, and in the wrong order", async () => {
      const stranger = await createAuthority({ name: "Stranger" });
      const second = await pki.root.issueIntermediate({ name: "Second" });
      const tls = await report(sentAs(pki.server, stranger, pki.intermediate));
      assert.deepEqual(
        tls.sent?.map(({ subjectName }) => subjectName),
        ["localhost", "Stranger", "Test Intermediate"],
      );
      assert.deepEqual(
        tls.chain.map(({ subjectName }) => subjectName),
        ["localhost", "Test Intermediate", "Test Root"],
      );
      assert.deepEqual(texts(tls, "note"), ["The server sends 1 certificate that the chain does not need"]);
      const leaf = await second.issueServer({ name: "localhost", hosts: loopbackHosts });
      const disordered = await report({
        cert: `${leaf.certificatePem}${pki.root.certificatePem}${second.certificatePem}`,
        key: leaf.privateKeyPem,
      });
      assert.deepEqual(texts(disordered, "warning"), ["The server sends its certificates in the wrong order"]);
      assert.deepEqual(texts(disordered, "note"), [
        "The server sends its root, which counts only where it is trusted already",
      ]);
    });

    test("an intermediate that is not sent, but known here", async () => {
      const tls = await report(sentAs(pki.server), await trustBoth());
      assert.deepEqual(
        tls.chain.map(({ source }) => source),
        ["server", "trust store", "trust store"],
      );
      assert.deepEqual(texts(tls, "warning"), [
        "The server does not send the intermediate “Test Intermediate”; a client that does not have it refuses",
      ]);
    });

    test("a root that an older one vouches for: the chain ends where the trust begins", async () => {
      const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const authority = [extension("2.5.29.19", sequence(Buffer.from([1, 1, 255])), true)];
      const older = makeCertificate(undefined, { commonName: "Older Root", extensions: authority });
      const own = makeCertificate(undefined, { commonName: "New Root", extensions: authority, keys });
      const signer = { certificate: new X509Certificate(older.der), privateKey: older.privateKey };
      const crossed = makeCertificate(signer, { commonName: "New Root", extensions: authority, keys });
      const leaf = makeCertificate({ certificate: new X509Certificate(own.der), privateKey: keys.privateKey });
      await workspace.write("new-root.pem", own.pem);
      const tls = await report(
        { cert: `${leaf.pem}${crossed.pem}`, key: leaf.privateKeyPem },
        { ...noProfile, ca: [fileReference(workspace.path("new-root.pem"), "ca")] },
      );
      const fingerprints = [leaf, own].map(({ der }) => new X509Certificate(der).fingerprint256);
      assert.deepEqual(
        tls.chain.map(({ fingerprint256 }) => fingerprint256),
        fingerprints,
      );
      assert.equal(tls.trustSource, "new-root.pem");
    });
  });

  test("timestamps of Certificate Transparency, embedded in the certificate", async () => {
    const logs = [Buffer.alloc(32, 1), Buffer.alloc(32, 0xfe)];
    const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    const list = prefixed(Buffer.concat(logs.map((log) => prefixed(sctOf(log, at)))));
    const made = makeCertificate(pki.intermediate, {
      extensions: [loopbackNames, extension("1.3.6.1.4.1.11129.2.4.2", octets(list))],
    });
    const tls = await report({ cert: `${made.pem}${pki.intermediate.certificatePem}`, key: made.privateKeyPem });
    assert.deepEqual(
      tls.scts,
      logs.map((log) => ({
        version: 1,
        logId: log.toString("base64"),
        timestamp: "2026-01-02T03:04:05.678Z",
        source: "certificate",
      })),
    );
    const broken = makeCertificate(pki.intermediate, {
      extensions: [loopbackNames, extension("1.3.6.1.4.1.11129.2.4.2", octets(list.subarray(0, 60)))],
    });
    const unread = await report({ cert: `${broken.pem}${pki.intermediate.certificatePem}`, key: broken.privateKeyPem });
    assert.equal(unread.scts, null);
  });

  test("everything that a certificate's extensions say", async () => {
    const uri = (text: string) => Buffer.concat([Buffer.from([0x86, text.length]), Buffer.from(text)]);
    const dns = (text: string) => Buffer.concat([Buffer.from([0x82, text.length]), Buffer.from(text)]);
    const made = makeCertificate(pki.intermediate, {
      subject: name(["2.5.4.10", utf8("Padlock, Inc.")], ["2.5.4.3", utf8("localhost")]),
      extensions: [
        loopbackNames,
        extension("2.5.29.15", Buffer.from([3, 2, 5, 0xa0]), true),
        extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.1"), oid("1.2.3.4"))),
        extension("2.5.29.19", sequence()),
        extension("2.5.29.32", sequence(sequence(oid("2.23.140.1.2.2")), sequence(oid("1.2.3.4.5")))),
        extension("2.5.29.14", octets(Buffer.from("0a0b0c", "hex"))),
        extension("2.5.29.31", sequence(sequence(explicit(0, explicit(0, uri("http://crl.test/a")))))),
        extension(
          "1.3.6.1.5.5.7.1.1",
          sequence(
            sequence(oid("1.3.6.1.5.5.7.48.1"), uri("http://ocsp.test")),
            sequence(oid("1.3.6.1.5.5.7.48.2"), uri("http://ca.test/i.der")),
          ),
        ),
      ],
    });
    const [leaf] = (await report({ cert: `${made.pem}${pki.intermediate.certificatePem}`, key: made.privateKeyPem }))
      .chain;
    assert.equal(leaf?.subject, "CN=localhost, O=Padlock\\, Inc.");
    assert.deepEqual(leaf?.subjectAltNames, ["DNS:localhost", "IP:127.0.0.1", "IP:::1"]);
    assert.deepEqual(leaf?.keyUsages, ["digitalSignature", "keyEncipherment"]);
    assert.deepEqual(leaf?.extendedKeyUsages, ["serverAuth", "1.2.3.4"]);
    assert.deepEqual(leaf?.basicConstraints, { isAuthority: false, pathLength: null });
    assert.deepEqual(leaf?.policies, [
      { oid: "2.23.140.1.2.2", meaning: "OV" },
      { oid: "1.2.3.4.5", meaning: null },
    ]);
    assert.equal(leaf?.subjectKeyId, "0A:0B:0C");
    assert.deepEqual(
      [leaf?.crlUrls, leaf?.ocspUrls, leaf?.issuerUrls],
      [["http://crl.test/a"], ["http://ocsp.test"], ["http://ca.test/i.der"]],
    );
    assert.deepEqual([leaf?.version, leaf?.validDays, leaf?.mustStaple], [3, 61, false]);

    const constraints = sequence(
      explicit(0, sequence(dns("localhost")), sequence(Buffer.from([0x87, 8, 127, 0, 0, 0, 255, 0, 0, 0]))),
      explicit(1, sequence(dns("evil.test"))),
    );
    const intermediate = makeCertificate(pki.root, {
      commonName: "Constrained",
      extensions: [
        extension("2.5.29.19", sequence(Buffer.from([1, 1, 255]), integer("00")), true),
        extension("2.5.29.30", constraints, true),
      ],
    });
    const below = makeCertificate(
      { certificate: new X509Certificate(intermediate.der), privateKey: intermediate.privateKey },
      {
        extensions: [extension("2.5.29.17", sequence(dns("localhost")))],
      },
    );
    const [, authority] = (await report({ cert: `${below.pem}${intermediate.pem}`, key: below.privateKeyPem })).chain;
    assert.deepEqual(authority?.basicConstraints, { isAuthority: true, pathLength: 0 });
    assert.equal(authority?.nameConstraints, "permitted: DNS:localhost, IP:127.0.0.0/8; excluded: DNS:evil.test");
  });

  test("a certificate for longer than browsers take, and one that ends soon", async () => {
    const day = 86_400_000;
    const long = await pki.intermediate.issueServer({
      name: "localhost",
      hosts: loopbackHosts,
      notAfter: new Date(Date.now() + 824 * day + 3_600_000),
    });
    assert.match(texts(await report(serverIdentity(long)), "note").join(), /^Server certificate is made for 824 days;/);
    const short = await pki.intermediate.issueServer({
      name: "localhost",
      hosts: loopbackHosts,
      notAfter: new Date(Date.now() + 20.5 * day),
    });
    assert.deepEqual(texts(await report(serverIdentity(short)), "warning"), ["Server certificate expires in 20 days"]);
    const enough = await pki.intermediate.issueServer({
      name: "localhost",
      hosts: loopbackHosts,
      notAfter: new Date(Date.now() + 21.5 * day),
    });
    assert.deepEqual(texts(await report(serverIdentity(enough)), "warning"), []);
  });
});

/** SignedCertificateTimestamp (RFC 6962 §3.2), with a signature that nobody made. */
function sctOf(logId: Buffer, at: number): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(at));
  return Buffer.concat([Buffer.from([0]), logId, time, Buffer.from([0, 0, 4, 3]), prefixed(Buffer.alloc(70))]);
}

function prefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
