import assert from "node:assert/strict";
import { connect } from "node:http2";
import { after, test } from "node:test";
import { createDemoIdentities } from "../../../src/demo/identities.ts";
import { type DemoServers, startDemoServers } from "../../../src/demo/servers.ts";
import { send } from "../../support/https-client.ts";

const identities = await createDemoIdentities();
const servers = await startDemoServers(identities);
const ca = identities.root.certificatePem;
after(() => Promise.all(Object.values(servers).map((server) => server.close())));

const get = (path: string) => send(servers.api.url + path, { ca });

test("the plain TLS server verifies with the demo's root, over TLS 1.3, and counts what it got", async () => {
  const { requests, receivedBytes, connections } = servers.api;
  const { status, protocol, body } = await get("/");
  assert.equal(status, 200);
  assert.equal(protocol, "TLSv1.3");
  assert.match(JSON.parse(body).message, /^Hello/);
  assert.equal(servers.api.requests, requests + 1);
  assert.equal(servers.api.connections, connections + 1);
  const sent = `GET / HTTP/1.1\r\nHost: localhost:${servers.api.port}\r\nConnection: close\r\n\r\n`;
  assert.equal(servers.api.receivedBytes, receivedBytes + sent.length);
});

test("it is the same server by IPv4 address and by IPv6 where there is IPv6", async () => {
  const { status } = await send(`https://127.0.0.1:${servers.api.port}/books/2`, { ca });
  assert.equal(status, 200);
  const sixth = await send(`https://[::1]:${servers.api.port}/books/2`, { ca }).catch(
    (error: { code: string }) => error,
  );
  assert.ok("status" in sixth ? sixth.status === 200 : ["ECONNREFUSED", "EADDRNOTAVAIL"].includes(sixth.code));
});

test("books: found, filtered, sorted, added, missing", async () => {
  assert.equal(JSON.parse((await get("/books")).body).count, 4);
  const tls = JSON.parse((await get("/books?topic=tls&sort=year")).body);
  assert.deepEqual(
    tls.books.map((book: { id: number }) => book.id),
    [1, 4],
  );
  assert.equal(JSON.parse((await get("/books/3")).body).year, 2002);
  assert.equal((await get("/books/99")).status, 404);
  const added = await send(`${servers.api.url}/books`, { ca, method: "POST", body: '{"title":"x"}' });
  assert.equal(added.status, 201);
  assert.equal(added.headers["location"], "/books/5");
  assert.deepEqual(JSON.parse(added.body), { created: { title: "x" } });
  assert.equal((await send(`${servers.api.url}/books`, { ca, method: "POST", body: "no" })).status, 400);
});

test("echo tells method, query, headers as sent and the body", async () => {
  const headers = { "X-Note": ["first", "second"], Authorization: "Bearer t" };
  const { body } = await send(`${servers.api.url}/echo?a=1`, { ca, method: "PUT", headers, body: "hello" });
  const echo = JSON.parse(body);
  assert.deepEqual([echo.method, echo.path, echo.query, echo.body], ["PUT", "/echo", { a: "1" }, "hello"]);
  assert.deepEqual(echo.headers.slice(0, 3), [
    ["X-Note", "first"],
    ["X-Note", "second"],
    ["Authorization", "Bearer t"],
  ]);
});

test("events come as a stream", async () => {
  const { headers, body } = await get("/events?count=2&every=10");
  assert.match(String(headers["content-type"]), /^text\/event-stream/);
  assert.deepEqual(body.match(/^data: .*/gm), ['data: {"done":1,"of":2}', 'data: {"done":2,"of":2}']);
});

test("who logs in gets a cookie, and is known by it", async () => {
  assert.equal((await get("/account")).status, 401);
  const { status, headers } = await send(`${servers.api.url}/login`, { ca, method: "POST" });
  assert.deepEqual([status, headers["location"]], [303, "/account"]);
  const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
  assert.equal((await send(`${servers.api.url}/account`, { ca, headers: { Cookie: cookie } })).status, 200);
});

test("the HTTP/2 server speaks HTTP/2, and no HTTP/1.1", async () => {
  const session = connect(servers.http2.url, { ca });
  const stream = session.request({ ":path": "/" });
  const text = (await stream.setEncoding("utf8").toArray()).join("");
  session.close();
  assert.match(JSON.parse(text).message, /HTTP\/2/);
  assert.equal((await send(servers.http2.url, { ca })).status, 403);
  assert.equal(servers.http2.requests, 1);
});

test("slow, dripping, large, redirected and odd requests", async () => {
  const start = performance.now();
  assert.equal((await get("/slow?delay=120")).status, 200);
  assert.ok(performance.now() - start >= 115);
  assert.equal((await get("/drip?chunks=3&every=10")).body, "part 1 of 3\npart 2 of 3\npart 3 of 3\n");
  assert.equal((await get("/large?megabytes=5")).body.length, 5 * 1024 * 1024);
  assert.equal(JSON.parse((await get("/large.json?items=20000")).body).length, 20_000);
  const moved = await get("/old-books");
  assert.equal(moved.status, 302);
  assert.equal(moved.headers["location"], "/books");
  assert.equal((await get("/constructor")).status, 404);
  assert.equal((await send(servers.api.url, { ca, path: "[" })).status, 400);
});

test("the mutual TLS server answers with the client certificate that it saw", async () => {
  const { client } = identities;
  const { status, body } = await send(servers.mutual.url, {
    ca,
    cert: client.chainPem,
    key: client.encryptedKeyPem("secret"),
    passphrase: "secret",
  });
  const answer = JSON.parse(body);
  assert.equal(status, 200);
  assert.equal(answer.tlsVersion, "TLSv1.3");
  assert.deepEqual(answer.clientCertificate.subject, { O: "Padlock Demo", CN: "Demo Developer" });
  assert.equal(answer.clientCertificate.serialNumber, client.serial);
});

const refusals: readonly [Exclude<keyof DemoServers, "http2">, string][] = [
  ["expired", "CERT_HAS_EXPIRED"],
  ["wrongHost", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["selfSigned", "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ["clientCertificateRequired", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"],
  ["mutual", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"],
];

for (const [name, code] of refusals) {
  test(`${name}: a client without a client certificate gets ${code}, and no request arrives`, async () => {
    const { requests, receivedBytes, connections } = servers[name];
    await assert.rejects(send(servers[name].url, { ca }), { code });
    assert.equal(servers[name].connections, connections + 1);
    assert.equal(servers[name].requests, requests);
    assert.equal(servers[name].receivedBytes, receivedBytes);
  });
}

test("the wrong-host and the expired server are wrong in that one point only", async () => {
  const named = await send(servers.wrongHost.url, { ca, servername: "wrong.example" });
  assert.equal(named.status, 200);
  const { expired, server } = identities;
  assert.equal(expired.certificate.subjectAltName, server.certificate.subjectAltName);
  assert.ok(new Date(expired.certificate.validTo).getTime() < Date.now());
});

test("a closed server holds no connection and no timer, even in the middle of an answer", async () => {
  const own = await startDemoServers(identities);
  const pending = send(`${own.api.url}/slow?delay=60000`, { ca });
  const outcome = assert.rejects(pending, { code: "ECONNRESET" });
  while (own.api.requests === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all(Object.values(own).map((server) => server.close()));
  await outcome;
  await assert.rejects(send(own.api.url, { ca }), { code: "ECONNREFUSED" });
});
