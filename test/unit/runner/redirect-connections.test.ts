import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { createSelfSigned } from "../../support/pki.ts";
import { serverIdentity, startTlsServer } from "../../support/servers.ts";
import { hiddenIn } from "./hidden.ts";
import { header, ownHeaders, redirect, startWorld, type World } from "./redirect-world.ts";

const token = "tok-8f3a/9+zz";
const environment = { API_TOKEN: token };

describe("each hop has the identity of its own host", () => {
  let world: World;
  before(async () => {
    world = await startWorld({ requestCert: true, rejectUnauthorized: false });
    await world.workspace.write("certs/a.pem", world.pki.client.certificatePem);
    await world.workspace.write("certs/a.key", world.pki.client.privateKeyPem);
    const other = await world.pki.root.issueClient({ name: "Client of B", organization: "Padlock Tests" });
    await world.workspace.write("certs/b.pem", other.certificatePem);
    await world.workspace.write("certs/b.key", other.privateKeyPem);
  });
  after(() => world.stop());

  const ca = ["certs/ca.pem"];
  const ofA = { ca, cert: "certs/a.pem", key: "certs/a.key" };
  const ofB = { ca, cert: "certs/b.pem", key: "certs/b.key" };
  const answers = { "/start": redirect("https://B/1"), "/1": redirect("https://C/2"), "/2": redirect("https://A/3") };

  test("a client certificate is shown to the hosts of its entry, and to no other", async () => {
    const { view, arrived } = await world.send("GET https://A/start", {
      answers,
      hosts: { A: ofA, B: ofB },
    });
    assert.equal(view.response?.status, 200, view.failure?.detail);
    assert.deepEqual(
      [...arrived.A, ...arrived.B, ...arrived.C].map(({ url, clientSubject }) => [url, clientSubject]),
      [
        ["/start", "Test Client"],
        ["/3", "Test Client"],
        ["/1", "Client of B"],
        ["/2", undefined],
      ],
    );
    const presented = view.redirects.map((hop) => hop.connection?.tls?.clientCertificate.presented);
    assert.deepEqual([...presented, view.connection?.tls?.clientCertificate.presented], [true, true, false, true]);
  });

  test("what a cURL command names is for its own host alone, also when it is asked again", async () => {
    const { view, arrived } = await world.send(
      "curl -L --cert certs/a.pem --key certs/a.key --cacert certs/ca.pem https://A/start",
      { answers },
    );
    assert.equal(view.response?.status, 200, view.failure?.detail);
    assert.deepEqual(
      [...arrived.A, ...arrived.B, ...arrived.C].map(({ clientSubject }) => clientSubject),
      ["Test Client", "Test Client", undefined, undefined],
    );
  });

  test("a server that requires the certificate: the failure names the line of @no-client-cert", async () => {
    const strict = await startWorld({ requestCert: true, rejectUnauthorized: true });
    try {
      const { view, arrived } = await strict.send("### a\n# @no-client-cert\nGET https://A/\n");
      assert.equal(view.failure?.code, "tls.client-certificate-required");
      assert.equal(
        view.failure?.detail,
        `${strict.hosts.A} asked for a client certificate, and @no-client-cert in r.https:2 keeps it back.`,
      );
      assert.match(view.failure?.fix ?? "", /^Remove @no-client-cert/);
      assert.equal(arrived.A.length, 0);
    } finally {
      await strict.stop();
    }
  });

  test("@no-client-cert holds for all hops", async () => {
    const { arrived } = await world.send("# @no-client-cert\nGET https://A/start", {
      answers,
      hosts: { A: ofA, B: ofB },
    });
    assert.deepEqual(
      [...arrived.A, ...arrived.B].map(({ clientSubject }) => clientSubject),
      [undefined, undefined, undefined],
    );
  });

  test("a broken identity of the second host stops the request before it", async () => {
    const { receivedBytes } = world.servers.B;
    const { view, arrived } = await world.send("GET https://A/start", {
      answers,
      hosts: { B: { ca, cert: "certs/missing.pem", key: "certs/b.key" } },
    });
    assert.equal(view.failure?.code, "identity.file-missing");
    assert.match(view.failure.detail, /had redirected there with status 302; nothing was sent to b\.example\.test/);
    assert.deepEqual([view.failure.requestSent, arrived.A.length], [true, 1]);
    assert.equal(world.servers.B.receivedBytes, receivedBytes);
  });
});

describe("hosts that are not verified or not encrypted", () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.stop());

  const text = "POST https://A/start\nAuthorization: Bearer {{$env.API_TOKEN}}\nX-Plain: 1\n\nkey={{$env.API_TOKEN}}";

  async function startUnknown() {
    const identity = await createSelfSigned({ name: "d.example.test", hosts: ["d.example.test"] });
    return startTlsServer(serverIdentity(identity));
  }

  test("a host that does not verify gets no byte, and what was sent before is said", async () => {
    await using server = await startUnknown();
    const host = `d.example.test:${server.port}`;
    const { view, arrived } = await world.send(text, {
      environment,
      secrets: { API_TOKEN: ["A", host] },
      answers: { "/start": redirect(`https://${host}/next`, 307) },
    });
    assert.equal(view.failure?.code, "tls.self-signed");
    assert.match(view.failure.detail, new RegExp(`had redirected there with status 307; nothing was sent to ${host}`));
    assert.equal(view.failure.requestSent, true);
    assert.equal(server.receivedBytes, 0);
    assert.equal(arrived.A.length, 1);
    assert.equal(view.redirects.length, 1);
    assert.equal(view.verdict.text, "Not verified · self-signed certificate");
  });

  test("one that the person accepts gets the request without any secret, whatever padlock.secrets says", async () => {
    await using server = await startUnknown();
    const host = `d.example.test:${server.port}`;
    const { view } = await world.send(text, {
      environment,
      secrets: { API_TOKEN: ["A", host] },
      answers: { "/start": redirect(`https://${host}/next`, 307) },
      person: { "padlock.unverifiedHosts": [host] },
    });
    assert.equal(view.response?.status, 200, view.failure?.detail);
    assert.deepEqual(server.recorded.flatMap(ownHeaders), ["X-Plain: 1", "content-length: 0"]);
    assert.equal(server.recorded[0]?.body.length, 0);
    assert.deepEqual(view.redirects[0]?.withheld, [
      { part: "header", name: "Authorization", secrets: ["API_TOKEN"] },
      { part: "body", name: null, secrets: ["API_TOKEN"] },
    ]);
    assert.match(view.notes[0]?.text ?? "", /because no secret goes to a host whose certificate need not verify\./);
    assert.deepEqual(view.verdict, { kind: "not-verified", text: "Not verified · accepted by your settings" });
    const leak = await world.send("GET https://A/start\nX-Key: {{$env.API_TOKEN}}", {
      environment,
      secrets: { API_TOKEN: ["A", host] },
      answers: { "/start": redirect(`https://${host}/?key=${encodeURIComponent(token)}`) },
      person: { "padlock.unverifiedHosts": [host] },
    });
    assert.equal(leak.view.failure?.code, "policy.unverified-host");
    assert.equal(server.recorded.length, 1);
    assert.deepEqual(hiddenIn(JSON.stringify([view, leak.view]), [token]), []);
  });

  test("plain http of another machine is refused, that of this one is followed", async () => {
    const arrived: string[] = [];
    const server = createServer((request, response) => {
      arrived.push(`${request.headers.host} ${request.headers.authorization}`);
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    try {
      const go = (location: string, options: object = {}) =>
        world.send("GET https://A/start\nAuthorization: Bearer {{$env.API_TOKEN}}", {
          environment,
          secrets: { API_TOKEN: ["A", `plain.example.test:${port}`, `127.0.0.1:${port}`] },
          answers: { "/start": redirect(location) },
          ...options,
        });
      const refused = await go(`http://plain.example.test:${port}/next`);
      assert.equal(refused.view.failure?.code, "policy.plain-http");
      assert.match(refused.view.failure.detail, /had redirected there with status 302; nothing was sent/);
      assert.deepEqual(arrived, []);
      const accepted = await go(`http://plain.example.test:${port}/next`, {
        person: { "padlock.plainHttpHosts": [`plain.example.test:${port}`] },
      });
      assert.deepEqual(arrived, [`plain.example.test:${port} undefined`]);
      assert.match(
        accepted.view.notes[0]?.text ?? "",
        /because no secret goes to another machine without encryption\./,
      );
      await go(`http://127.0.0.1:${port}/next`);
      assert.equal(arrived[1], `127.0.0.1:${port} Bearer ${token}`, "this machine may get what is listed for it");
    } finally {
      await new Promise((done) => server.close(done));
    }
  });
});

describe("what later requests see of a redirected one", () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.stop());

  test("the request and the response at the end of the way", async () => {
    const { view, arrived } = await world.send(
      "### login\nPOST https://A/start\nX-Plain: 1\n\nhello\n\n### next\n# @ref login\nGET https://C/{{login.response.headers.X-Id}}\nX-Sent: {{login.request.headers.X-Plain}}\n",
      {
        answers: {
          "/start": redirect("https://B/end"),
          "/end": { headers: [["X-Id", "n7"]] },
        },
      },
    );
    assert.equal(view.response?.status, 200, view.failure?.detail);
    assert.deepEqual(
      arrived.C.map((request) => [request.url, header(request, "x-sent")]),
      [["/n7", "1"]],
    );
  });
});
