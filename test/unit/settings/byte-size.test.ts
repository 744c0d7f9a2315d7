import assert from "node:assert/strict";
import { test } from "node:test";
import { parseByteSize } from "../../../src/settings/byte-size.ts";
import { readSettings } from "../../../src/settings/index.ts";

test("sizes have a unit, in any case, and are never nothing", () => {
  const good = { "1B": 1, "500KB": 512_000, "20 MB": 20_971_520, "1.5gb": 1_610_612_736, "1024GB": 1024 ** 4 };
  for (const [text, bytes] of Object.entries(good)) assert.equal(parseByteSize(text), bytes, text);
  for (const bad of ["", "5", "0MB", "-1MB", "1TB", "1025GB", "1e3MB", "MB", "1 000KB"]) {
    assert.equal(parseByteSize(bad), undefined, bad);
  }
});

test("padlock.maxBodySize is 2 GB unless it is set, and a wrong one is refused with what to write", () => {
  const raw = (values: Record<string, unknown>) => ({ root: "/p", values, file: "/p/s.json", text: undefined });
  const unset = readSettings(raw({}));
  assert.equal(unset.ok && unset.value.maxBodySize, 2 * 1024 ** 3);
  const set = readSettings(raw({ "padlock.maxBodySize": "20MB" }));
  assert.equal(set.ok && set.value.maxBodySize, 20 * 1024 ** 2);
  for (const wrong of ["20", 20]) {
    const read = readSettings(raw({ "padlock.maxBodySize": wrong }));
    assert.ok(!read.ok);
    assert.equal(read.error[0]?.code, "settings.wrong-type");
    assert.match(read.error[0]?.fix ?? "", /"20MB" or "2GB"/);
  }
});
