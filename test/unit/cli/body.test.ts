import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderBody } from "../../../src/cli/render/body.ts";
import { createStyle } from "../../../src/cli/render/style.ts";
import { makeBody } from "./views.ts";

const plain = createStyle(false);

describe("renderBody", () => {
  it("shows a short text as it is, with either line end", () => {
    assert.deepEqual(renderBody(makeBody({ kind: "text", text: "a\r\n\r\nb\n" }), plain), ["a", "", "b"]);
  });

  it("cuts after 60 lines and says so", () => {
    const text = Array.from({ length: 61 }, (_, index) => `line ${index}`).join("\n");
    const rendered = renderBody(makeBody({ kind: "text", text }), plain);
    assert.equal(rendered.length, 61);
    assert.equal(rendered[59], "line 59");
    assert.match(rendered[60] ?? "", /^… only the beginning of \d+ B is shown$/);
  });

  it("shows 60 lines whole", () => {
    const text = Array.from({ length: 60 }, (_, index) => `line ${index}`).join("\n");
    assert.equal(renderBody(makeBody({ kind: "text", text: `${text}\n` }), plain).length, 60);
  });

  it("cuts one long line, but never a character in two", () => {
    const [first, note] = renderBody(makeBody({ kind: "text", text: "a🎉".repeat(10_000), size: 50_000 }), plain);
    assert.ok((first?.length ?? 0) <= 8_000);
    assert.doesNotMatch(first ?? "", /\\u/);
    assert.equal(note, "… only the beginning of 48.8 KB is shown");
  });

  it("tells that the view itself holds only the beginning", () => {
    const rendered = renderBody(makeBody({ kind: "text", text: "abc", size: 5_000_000, truncated: true }), plain);
    assert.deepEqual(rendered, ["abc", "… only the beginning of 4.8 MB is shown"]);
  });

  it("shows the first lines of a dump", () => {
    const text = Array.from({ length: 20 }, (_, index) => `000000${index} 00 01`).join("\n");
    assert.equal(renderBody(makeBody({ kind: "binary", text, size: 320 }), plain).length, 9);
  });
});
