import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLineMap } from "../../../src/syntax/index.ts";

describe("line map", () => {
  const text = "ab\ncd\r\n\re\n";
  const map = createLineMap(text);

  test("cuts at every kind of line end", () => {
    assert.equal(map.lineCount, 5);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((line) => map.lineText(line)),
      ["ab", "cd", "", "e", ""],
    );
  });

  test("positions and offsets are each other's inverse", () => {
    for (let offset = 0; offset <= text.length; offset++) {
      if (offset === 6) continue;
      assert.equal(map.offsetAt(map.positionAt(offset)), offset);
    }
    assert.deepEqual(map.positionAt(6), { line: 1, character: 2 }, "inside CRLF: the end of the line");
  });

  test("clamps what is outside", () => {
    assert.deepEqual(map.positionAt(-1), { line: 0, character: 0 });
    assert.deepEqual(map.positionAt(99), { line: 4, character: 0 });
    assert.equal(map.offsetAt({ line: 1, character: 99 }), 5);
    assert.equal(map.offsetAt({ line: 99, character: 0 }), text.length);
    assert.equal(map.lineText(99), "");
  });

  test("counts a byte order mark as the first character", () => {
    const marked = createLineMap("\uFEFFab\nc");
    assert.deepEqual(marked.positionAt(1), { line: 0, character: 1 });
    assert.deepEqual(marked.positionAt(0), { line: 0, character: 0 });
    assert.equal(marked.offsetAt({ line: 0, character: 2 }), 2);
    assert.deepEqual(marked.positionAt(4), { line: 1, character: 0 });
  });
});
