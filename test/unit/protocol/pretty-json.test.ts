import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { prettyJson } from "../../../src/protocol/pretty-json.ts";

test("lays out objects and arrays, and leaves empty ones closed", () => {
  assert.equal(prettyJson('{"a":[1,{}],"b":[]}'), '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}');
  assert.equal(prettyJson('"text"'), '"text"');
});

test("keeps every token as the server sent it", () => {
  const tokens = '{"big":12345678901234567890,"exact":1.10,"e":1E400,"escape":"\\u0041\\/","z":1,"a":2,"a":3}';
  const pretty = prettyJson(tokens) ?? "";
  for (const token of ["12345678901234567890", "1.10", "1E400", '"\\u0041\\/"'])
    assert.ok(pretty.includes(token), token);
  assert.equal(pretty.replace(/\n */g, "").replaceAll('": ', '":'), tokens, "order and duplicates stay");
});

test("refuses what is not JSON", () => {
  for (const text of ["", "{", "{a:1}", "[1,]", "{{x}}", "NaN"]) assert.equal(prettyJson(text), undefined, text);
});

test("leaves a text alone that is nested without end", () => {
  const depth = 20_000;
  assert.equal(prettyJson("[".repeat(depth) + "]".repeat(depth)), undefined);
});

test("is the same value for any JSON, and laying out twice changes nothing", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const pretty = prettyJson(json);
      assert.ok(pretty !== undefined);
      assert.deepEqual(JSON.parse(pretty), JSON.parse(json));
      assert.equal(prettyJson(pretty), pretty);
    }),
  );
});
