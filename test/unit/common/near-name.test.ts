import assert from "node:assert/strict";
import { it } from "node:test";
import { nearName } from "../../../src/common/near-name.ts";

const names = ["cert", "key", "passphrase", "minVersion"];
const cases: readonly (readonly [written: string, near: string | undefined])[] = [
  ["crt", "cert"],
  ["cret", "cert"],
  ["CERT", "cert"],
  ["passphrse", "passphrase"],
  ["minversion", "minVersion"],
  ["certificate", undefined],
  ["x", undefined],
  ["", undefined],
];

for (const [written, near] of cases) {
  it(`"${written}" is near ${near ?? "nothing"}`, () => assert.equal(nearName(written, names), near));
}
