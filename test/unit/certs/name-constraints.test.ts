import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { test } from "node:test";
import { checkServerIdentity, connect } from "node:tls";
import fc from "fast-check";
import { elements, integer } from "../../../src/certs/der.ts";
import { forbiddenName, nameConstraints } from "../../../src/certs/name-constraints.ts";
import { createAuthority } from "../../support/pki.ts";
import { serverIdentity, startTlsServer } from "../../support/servers.ts";

test("an authority with constraints issues for its names alone, in the words of Node's own check too", async (t) => {
  const root = await createAuthority({ name: "Root", permitted: ["dev.test", "127.0.0.1", "::1"] });
  const cases = [
    ["dev.test", true],
    ["api.dev.test", true],
    ["evil.test", false],
    ["notdev.test", false],
    ["127.0.0.1", true],
    ["127.0.0.2", false],
    ["::1", true],
    ["::2", false],
  ] as const;
  for (const [name, isAllowed] of cases) {
    assert.equal(forbiddenName(nameConstraints(["dev.test", "127.0.0.1", "::1"]), name) === undefined, isAllowed, name);
    const identity = await root.issueServer({ name: "", organization: "Tests", hosts: [name] });
    const server = await startTlsServer(serverIdentity(identity));
    t.after(() => server.close());
    const error = await new Promise<Error | undefined>((resolve) => {
      const socket = connect({
        port: server.port,
        host: "127.0.0.1",
        ca: root.certificatePem,
        checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
      });
      socket.on("secureConnect", () => resolve(undefined)).on("error", resolve);
      t.after(() => socket.destroy());
    });
    assert.equal(error === undefined, isAllowed, `${name}: ${error?.message}`);
  }
});

test("kinds of names that nobody permitted are excluded, not free", () => {
  const names = nameConstraints(["dev.test"]);
  assert.match(forbiddenName(names, "10.0.0.1") ?? "", /only for dev\.test and names below$/);
  const addresses = nameConstraints(["10.0.0.1"]);
  assert.match(forbiddenName(addresses, "dev.test") ?? "", /only for the IP addresses/);
  // Excluded: 0.0.0.0/0 and ::/0 for the one, every DNS name for the other.
  assert.ok(names.includes(Buffer.from([0x87, 8, 0, 0, 0, 0, 0, 0, 0, 0])));
  assert.ok(addresses.includes(Buffer.from([0x30, 2, 0x82, 0])));
});

test("a wildcard is judged by the name below which it stands", () => {
  const value = nameConstraints(["dev.test"]);
  assert.equal(forbiddenName(value, "*.dev.test"), undefined);
  assert.notEqual(forbiddenName(value, "*.other.test"), undefined);
});

test("an authority without constraints has no such extension", async () => {
  const { certificate } = await createAuthority({ name: "Root" });
  assert.ok(!new X509Certificate(certificate.raw).raw.includes(Buffer.from("551d1e", "hex")));
});

test("whatever an extension holds, reading it ends without an exception", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.equal(typeof (forbiddenName(bytes, "dev.test") ?? ""), "string");
      assert.ok(elements(bytes).every(({ content }) => content.length <= bytes.length));
    }),
    { numRuns: 500 },
  );
});

test("integers are written in as many bytes as they need, and never as negative ones", () => {
  const written = (value: number) => integer(value).toString("hex");
  assert.deepEqual([0, 127, 128, 255, 256, 2048, 100_000].map(written), [
    "020100",
    "02017f",
    "02020080",
    "020200ff",
    "02020100",
    "02020800",
    "02030186a0",
  ]);
});
