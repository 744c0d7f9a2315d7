import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createStyle, wantsColours } from "../../../src/cli/render/style.ts";
import { renderSummary } from "../../../src/cli/render/summary.ts";
import { byteSize, duration } from "../../../src/common/units.ts";

describe("wantsColours", () => {
  const cases: readonly (readonly [environment: Record<string, string>, isTerminal: boolean, expected: boolean])[] = [
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ TERM: "dumb" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
  ];
  for (const [environment, isTerminal, expected] of cases) {
    it(`${JSON.stringify(environment)} ${isTerminal ? "on a terminal" : "in a pipe"}: ${expected}`, () =>
      assert.equal(
        wantsColours({ isTerminal }, (name) => environment[name]),
        expected,
      ));
  }
});

describe("formatDuration", () => {
  const cases = [
    [0.01, "0 ms"],
    [0.44, "0.4 ms"],
    [9.96, "10 ms"],
    [84.2, "84 ms"],
    [999.6, "1.00 s"],
    [1240, "1.24 s"],
    [59_999, "1 min 0 s"],
    [125_000, "2 min 5 s"],
  ] as const;
  for (const [milliseconds, shown] of cases) it(shown, () => assert.equal(duration(milliseconds), shown));
});

describe("formatSize", () => {
  const cases = [
    [0, "0 B"],
    [1023, "1023 B"],
    [1229, "1.2 KB"],
    [204_800, "200 KB"],
    [1_048_570, "1.0 MB"],
    [5_000_000_000_000, "4.5 TB"],
  ] as const;
  for (const [bytes, shown] of cases) it(shown, () => assert.equal(byteSize(bytes), shown));
});

describe("renderSummary", () => {
  it("names only what happened", () => {
    const none = { answered: 0, failed: 0, canceled: 0, notSent: 0, skipped: 0, problems: 0, exitCode: 0 } as const;
    const plain = createStyle(false);
    assert.equal(renderSummary({ ...none, requests: 1, answered: 1 }, plain), "1 request: 1 answered\n");
    assert.equal(
      renderSummary({ ...none, requests: 5, answered: 2, failed: 1, canceled: 1, notSent: 1 }, plain),
      "5 requests: 2 answered, 1 failed, 1 canceled, 1 not sent\n",
    );
    assert.equal(
      renderSummary({ ...none, requests: 1, answered: 1, skipped: 2 }, plain),
      "3 requests: 1 answered, 2 skipped\n",
    );
    assert.equal(
      renderSummary({ ...none, requests: 1, answered: 1, problems: 2 }, plain),
      "1 request: 1 answered, 2 problems outside the requests\n",
    );
  });
});
