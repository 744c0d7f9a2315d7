import assert from "node:assert/strict";
import { test } from "node:test";
import { findRequest, isRequestKey, requestKey } from "../../../src/extension/request-key.ts";
import { parse } from "../../../src/syntax/index.ts";

/** The index at which a request of `before` is found in `after`. */
function moved(before: string, block: number, after: string): number | undefined {
  const key = requestKey(parse(before), block) ?? assert.fail("there is no request in this block");
  return findRequest(parse(after), key);
}

const two = "GET https://h/a\n\n###\nDELETE https://h/b\n";

test("a request is found where it was", () => {
  assert.equal(moved(two, 1, two), 1);
});

test("a request is found behind one that was added above it", () => {
  assert.equal(moved(two, 1, `GET https://h/new\n\n###\n${two}`), 2);
});

test("a request that was edited where it stands is still meant", () => {
  assert.equal(moved(two, 1, two.replace("/b", "/c")), 1);
});

test("a named request is found by its name, edited and moved", () => {
  const named = "GET https://h/a\n\n### remove\nDELETE https://h/b\n";
  const later = "GET https://h/a\n\n###\nGET https://h/new\n\n### remove\nDELETE https://h/c\n";
  assert.equal(moved(named, 1, later), 2);
});

test("another request is never sent in place of one that is gone or not clear", () => {
  assert.equal(moved("GET https://h/a\n\n###\nGET https://h/b\n", 0, "DELETE https://h/all\n"), undefined);
  const twice = "\n###\nGET https://h/a\n";
  assert.equal(
    moved(`GET https://h/x\n${twice}`, 1, `GET https://h/new\n${"\n###\nGET https://h/y\n"}${twice}${twice}`),
    undefined,
  );
});

test("a block without a request has no key", () => {
  assert.equal(requestKey(parse("# only a comment\n"), 0), undefined);
  assert.equal(requestKey(parse(two), 9), undefined);
});

test("keys survive the way through VS Code as plain data, and nothing else passes for one", () => {
  const key = requestKey(parse(two), 0);
  assert.equal(isRequestKey(JSON.parse(JSON.stringify(key))), true);
  for (const wrong of [null, 1, {}, { block: "0", digest: "", blocks: 1 }, { block: 0.5, digest: "", blocks: 1 }]) {
    assert.equal(isRequestKey(wrong), false);
  }
});
