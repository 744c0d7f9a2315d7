import assert from "node:assert/strict";
import { test } from "node:test";
import { earlierKey, findRequest, isRequestKey, requestKey } from "../../../src/extension/request-key.ts";
import { requestSource } from "../../../src/extension/request-source.ts";
import { createLineMap, parse } from "../../../src/syntax/index.ts";

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

test("a block with nothing but run lines can be sent, and is called after what it runs", () => {
  const text = "### both\nrun #login\n\n### login\nGET https://h/login\n";
  const file = parse(text);
  assert.equal(requestKey(file, 0)?.name, "both");
  const source = requestSource(file, 0, createLineMap(text), "a.https");
  assert.deepEqual(source, { name: "both", method: "RUN", url: "login", file: "a.https", line: 2 });
  assert.equal(requestSource(parse("# nothing\n"), 0, createLineMap(""), "a.https"), undefined);
});

test("a request that another one needed is found by its line, in the same file only", () => {
  const request = { file: "a.https", line: 4 };
  const target = { source: { file: "a.https" }, text: two };
  assert.deepEqual(earlierKey(target, { request }), requestKey(parse(two), 1));
  assert.equal(earlierKey(target, { request: { ...request, file: "b.https" } }), undefined);
  assert.equal(earlierKey(target, { request: { ...request, line: 3 } }), undefined);
});

test("keys survive the way through VS Code as plain data, and nothing else passes for one", () => {
  const key = requestKey(parse(two), 0);
  assert.equal(isRequestKey(JSON.parse(JSON.stringify(key))), true);
  for (const wrong of [null, 1, {}, { block: "0", digest: "", blocks: 1 }, { block: 0.5, digest: "", blocks: 1 }]) {
    assert.equal(isRequestKey(wrong), false);
  }
});
