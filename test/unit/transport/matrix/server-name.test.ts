import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createSecureContext } from "node:tls";
import { handlers, serverIdentity, startTlsServer } from "../../../support/servers.ts";
import { failureOf, get, noProfile, responseOf, sendOnce } from "../support.ts";
import { type Material, makeMaterial } from "./material.ts";
import { bothVersions, pattern, tlsServer } from "./row.ts";

describe("the name that is sent and verified", () => {
  let material: Material;
  before(async () => {
    material = await makeMaterial();
  });
  after(() => material.remove());

  const ca = async () => [await material.file("ca.pem", material.pki.root.certificatePem, "ca")];

  for (const version of bothVersions) {
    test(`servername: SNI and check are of that name, the request still says the URL's host, ${version}`, async () => {
      const names: string[] = [];
      const inner = await material.issue({ name: "inner.example", hosts: ["inner.example"] });
      await using server = await startTlsServer({
        ...serverIdentity(material.pki.server),
        minVersion: version,
        maxVersion: version,
        SNICallback: (name: string, done: (error: null, context: ReturnType<typeof createSecureContext>) => void) => {
          names.push(name);
          done(null, createSecureContext(serverIdentity(inner)));
        },
      } as Parameters<typeof startTlsServer>[0]);
      const profile = { ...noProfile, pattern, ca: await ca(), serverName: "inner.example" };
      const result = await sendOnce(get(server.url, { profile }));
      assert.equal(responseOf(result).status, 200);
      assert.deepEqual(names, ["inner.example"]);
      assert.equal(result.connection?.tls?.serverName, "inner.example");
      const host = server.recorded[0]?.rawHeaders.findIndex((header) => header.toLowerCase() === "host") ?? -1;
      assert.equal(server.recorded[0]?.rawHeaders[host + 1], `localhost:${server.port}`);
    });
  }

  test("servername: a certificate for the URL's host alone is refused, and the setting named", async () => {
    await using server = await tlsServer(serverIdentity(material.pki.server), "TLSv1.3");
    const profile = { ...noProfile, pattern, ca: await ca(), serverName: "inner.example" };
    const failure = failureOf(await sendOnce(get(`https://localhost:${server.port}/`, { profile })));
    assert.equal(failure.code, "tls.hostname-mismatch");
    assert.equal(failure.title, "The server's certificate is not for inner.example");
    assert.match(
      failure.detail,
      /its certificate must be for inner\.example \(padlock\.hosts › localhost:\* › servername\)/,
    );
    assert.match(failure.fix, /Correct "servername" in the entry "localhost:\*" of padlock\.hosts/);
    assert.equal(server.applicationBytes, 0);
  });

  test("servername: also where the URL has an IP address", async () => {
    const inner = await material.issue({ name: "inner.example", hosts: ["inner.example"] });
    await using server = await tlsServer(serverIdentity(inner), "TLSv1.3");
    const profile = { ...noProfile, ca: await ca(), serverName: "inner.example" };
    const result = await sendOnce(get(`https://127.0.0.1:${server.port}/`, { profile }));
    assert.equal(responseOf(result).status, 200);
    assert.equal(result.connection?.tls?.serverName, "inner.example");
  });

  for (const Host of ["wrong.example", "localhost"]) {
    test(`a Host header of ${Host} is sent as written and changes neither the name nor the check`, async () => {
      const identity = await material.issue({ name: Host, hosts: [Host] });
      await using server = await startTlsServer(serverIdentity(identity));
      const result = await sendOnce(
        get(server.url, { headers: [["Host", Host]], profile: { ...noProfile, ca: await ca() } }),
      );
      assert.equal(result.connection?.tls?.serverName, "localhost");
      if (Host === "localhost") return assert.equal(responseOf(result).status, 200);
      assert.equal(failureOf(result).code, "tls.hostname-mismatch");
      assert.equal(server.receivedBytes, 0);
    });
  }

  test("with servername a forged Host header changes nothing either", async () => {
    const identity = await material.issue({ name: "wrong.example", hosts: ["wrong.example"] });
    await using server = await startTlsServer({ ...serverIdentity(identity), handler: handlers.neverAnswer });
    const profile = { ...noProfile, ca: await ca(), serverName: "inner.example" };
    const result = await sendOnce(get(server.url, { headers: [["Host", "wrong.example"]], profile }));
    assert.equal(failureOf(result).code, "tls.hostname-mismatch");
    assert.equal(server.receivedBytes, 0);
  });
});
