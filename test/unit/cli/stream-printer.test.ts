import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Output } from "../../../src/cli/output.ts";
import { renderExchange } from "../../../src/cli/render/exchange.ts";
import { createStyle } from "../../../src/cli/render/style.ts";
import { createTextReporter } from "../../../src/cli/reporter.ts";
import { partial, receivedMore, receiving } from "../../panel/samples.ts";

const style = createStyle(false);

function reporter() {
  let written = "";
  const output: Pick<Output, "write" | "isTerminal"> = {
    isTerminal: false,
    write: async (text) => {
      written += text;
    },
  };
  const text = createTextReporter({ output: output as Output, style }, "/w", false);
  return {
    text,
    get written() {
      return written;
    },
  };
}

describe("an event stream in the terminal", () => {
  test("that fails in the middle is marked at its end: the line above it was printed while all was well", async () => {
    const run = reporter();
    await run.text.events?.("data: 1\n\n", () => receiving, "/w");
    const before = run.written.length;
    await run.text.exchange({ ...partial, id: receiving.id }, "/w");
    assert.match(run.written.slice(before), /^ {2}✕ /);
  });

  test("what is known first, then each line as it comes, harmless and indented, and the end once", async () => {
    const run = reporter();
    await run.text.events?.("data: 1\n\n", () => receiving, "/w");
    assert.match(run.written, /^✓ [\s\S]*103 Early Hints · Link: <\/a\.css>\n {2}200 OK[\s\S]*\n\n {2}data: 1\n\n$/);
    const before = run.written.length;
    await run.text.events?.("data: \u001b[31mred\n", () => receiving, "/w");
    assert.equal(run.written.slice(before), "  data: \\u001b[31mred\n");
    const { receiving: _isOver, ...ended } = receivedMore;
    await run.text.exchange(ended, "/w");
    assert.match(run.written, /The stream ended: 125 B in 143 ms\n\n$/);
    assert.equal(run.written.match(/data: 1\n/g)?.length, 1);
  });

  test("two parts of a long line do not grow together to a command for a build server", async () => {
    const run = reporter();
    for (const [first, second] of [
      ["data: ##", "vso[task.setvariable variable=A]B\n"],
      ["data: ##vso", "[task.setvariable variable=A]B\n"],
      [":", ":set-env name=A::B\n"],
    ] as const) {
      await run.text.events?.(first, () => receiving, "/w");
      await run.text.events?.(second, () => receiving, "/w");
    }
    assert.match(run.written, /data: ##\n {2}vso\[/);
    assert.doesNotMatch(run.written, /##[\w-]*\[|^\s*::/m);
  });

  test("a response that fails in the middle is shown as far as it came, with its trailers", () => {
    const shown = renderExchange(partial, style);
    assert.match(shown, /^✕ [\s\S]*network\.reset/);
    assert.match(shown, /What had come: HTTP\/1\.1 200 OK, 104 B of the body\n {2}event: price/);
    assert.match(shown, /trailer X-Checksum: 9f86d081/);
  });
});
