import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllowRequest, withAllowedHost } from "../../../src/extension/secrets/allowed-hosts.ts";
import { isSecretName } from "../../../src/extension/secrets/secret-name.ts";
import { parseHostPattern } from "../../../src/settings/host-pattern.ts";

test("a host is added to what the folder's own settings hold", () => {
  const own = { TOKEN: ["a.test"], OTHER: ["o.test"] };
  const added = withAllowedHost(own, own, { name: "TOKEN", host: "b.test" });
  assert.deepEqual(added, { TOKEN: ["a.test", "b.test"], OTHER: ["o.test"] });
  assert.deepEqual(withAllowedHost(own, own, { name: "TOKEN", host: "a.test" }), own);
});

test("hosts that other settings allow stay allowed", () => {
  const added = withAllowedHost(undefined, { TOKEN: ["user.test"], MORE: [] }, { name: "TOKEN", host: "b.test" });
  assert.deepEqual(added, { TOKEN: ["user.test", "b.test"] });
});

test("a secret called like a part of every object is a secret like others", () => {
  assert.deepEqual(withAllowedHost({}, {}, { name: "toString", host: "a.test" }), { toString: ["a.test"] });
});

test("what calls the command may hand in anything; only a name and a host pattern pass", () => {
  for (const host of ["a.test", "*.a.test:8443", "localhost:*", "[::1]:443", "127.0.0.1"]) {
    assert.ok(isAllowRequest({ name: "TOKEN", host }), host);
    assert.ok(parseHostPattern(host).ok, host);
  }
  for (const host of ["https://a.test", "a.test/path", "me@a.test", "*", "*.*.test", "", "a b", 7, undefined]) {
    assert.ok(!isAllowRequest({ name: "TOKEN", host }), String(host));
  }
  for (const name of ["", "a b", "a=b", "{{x}}", 1]) assert.ok(!isAllowRequest({ name, host: "a.test" }), String(name));
  assert.ok(!isAllowRequest(null));
});

test("the name of a stored secret fits into a reference", () => {
  for (const name of ["TOKEN", "my-token.2"]) assert.ok(isSecretName(name));
  for (const name of ["", "a b", "a}}", "x".repeat(101), undefined]) assert.ok(!isSecretName(name));
});
