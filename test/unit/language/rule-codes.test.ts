import assert from "node:assert/strict";
import { test } from "node:test";
import { codeFacts, documentationLink } from "../../../src/language/rules/codes.ts";

test("codes are unique, well formed and explained in one line", () => {
  assert.equal(new Set(codeFacts.map(({ code }) => code)).size, codeFacts.length);
  for (const { code, summary } of codeFacts) {
    assert.match(code, /^[a-z]+\.[a-z0-9-]+$/);
    assert.match(summary, /^[^\r\n]+\.$/);
  }
});

test("the parser's codes have the highest level that one of its problems has", () => {
  const severity = (code: string) => codeFacts.find((fact) => fact.code === code)?.severity;
  assert.equal(severity("parse.url-quoted"), "error");
  assert.equal(severity("parse.url-joint"), "warning");
  assert.equal(severity("parse.unknown-directive"), "hint");
});

test("links of codes have anchors of their own", () => {
  const links = codeFacts.map(({ code }) => documentationLink("https://docs.test/README.md", code));
  assert.equal(new Set(links).size, links.length);
  assert.equal(documentationLink("x", "parse.host-missing"), "x#parsehost-missing");
});
