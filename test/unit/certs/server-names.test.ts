import assert from "node:assert/strict";
import { test } from "node:test";
import { readServerName } from "../../../src/certs/server-names.ts";

const good: readonly (readonly [written: string, name: string])[] = [
  ["localhost", "localhost"],
  ["LocalHost.", "localhost"],
  [" api.dev.test ", "api.dev.test"],
  ["my_service", "my_service"],
  ["*.dev.test", "*.dev.test"],
  ["münchen.test", "xn--mnchen-3ya.test"],
  ["*.münchen.test", "*.xn--mnchen-3ya.test"],
  ["127.0.0.1", "127.0.0.1"],
  ["::1", "::1"],
  ["[::1]", "::1"],
  ["0:0:0:0:0:0:0:1", "::1"],
];

for (const [written, name] of good) {
  test(`“${written}” is the name ${name}`, () => assert.deepEqual(readServerName(written), { ok: true, value: name }));
}

const bad: readonly (readonly [written: string, reason: RegExp, instead: string | undefined])[] = [
  ["", /empty/, undefined],
  ["https://localhost:8443/path", /whatever the scheme/, "localhost"],
  ["https://user@[::1]:8443/", /whatever the scheme/, "::1"],
  ["localhost:8443", /whatever the scheme/, "localhost"],
  ["127.1", /in full/, "127.0.0.1"],
  ["0x7f.1", /in full/, "127.0.0.1"],
  ["256.1.1.1", /not a host name/, undefined],
  ["fe80::1%eth0", /zone/, "fe80::1"],
  ["*", /one whole part at the beginning/, undefined],
  ["a.*.test", /one whole part at the beginning/, undefined],
  ["api*.dev.test", /one whole part at the beginning/, undefined],
  ["*.localhost", /two parts/, "*.dev.localhost"],
  ["alice@example.com", /no e-mail address/, undefined],
  ["my host", /not a host name/, undefined],
  ["a..test", /not a host name/, undefined],
  ["-a.test", /not a host name/, undefined],
  ["a/b", /not a host name/, undefined],
  [`${"a".repeat(64)}.test`, /not a host name/, undefined],
  [`${"abcdefgh.".repeat(30)}test`, /253/, undefined],
  ["a\u0000.test", /not a host name/, undefined],
];

for (const [written, reason, instead] of bad) {
  test(`${JSON.stringify(written.slice(0, 40))} is refused, with what to write`, () => {
    const read = readServerName(written);
    assert.ok(!read.ok);
    assert.match(read.error.reason, reason);
    assert.equal(read.error.instead, instead);
  });
}
