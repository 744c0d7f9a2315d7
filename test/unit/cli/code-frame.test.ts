import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderCodeFrame } from "../../../src/cli/render/code-frame.ts";
import { createStyle } from "../../../src/cli/render/style.ts";

const frame = (lineText: string, column: number, endColumn?: number) =>
  renderCodeFrame(
    { file: "a.https", line: 12, column, lineText, ...(endColumn === undefined ? {} : { endColumn }) },
    createStyle(false),
  );

describe("renderCodeFrame", () => {
  it("marks the part that is meant", () => {
    assert.deepEqual(frame("GET https://x", 5, 14), [
      "  --> a.https:12:5",
      "   |",
      "12 | GET https://x",
      "   |     ^^^^^^^^^",
    ]);
  });

  it("marks one character where only a point is known, also at the end of the line", () => {
    assert.equal(frame("abc", 2)[3], "   |  ^");
    assert.equal(frame("abc", 4)[3], "   |    ^");
    assert.equal(frame("abc", 99)[3], "   |    ^");
  });

  it("stays under the text behind tabs, wide characters and escaped controls", () => {
    assert.equal(frame("\tkey", 2, 5)[3], "   |     ^^^");
    assert.equal(frame("你好: x", 5, 6)[3], "   |       ^");
    assert.deepEqual(frame("a\u202eb", 3, 4).slice(2), ["12 | a\\u202eb", "   |        ^"]);
  });

  it("shows a window of a long line", () => {
    const [, , text, caret] = frame(`${"a".repeat(500)}HERE${"b".repeat(500)}`, 501, 505);
    assert.ok((text?.length ?? 0) < 130);
    const column = caret?.indexOf("^") ?? 0;
    assert.equal(text?.slice(column, column + 4), "HERE");
    assert.equal(caret?.trimEnd().length, column + 4);
  });

  it("shows only the place where the line is not known", () => {
    const location = { file: "padlock.json", line: 3, column: 1 };
    assert.deepEqual(renderCodeFrame(location, createStyle(false)), [" --> padlock.json:3:1"]);
  });
});
