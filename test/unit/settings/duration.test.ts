import assert from "node:assert/strict";
import { it } from "node:test";
import { parseDuration } from "../../../src/settings/duration.ts";

const durations: readonly (readonly [text: string, milliseconds: number | undefined])[] = [
  ["500ms", 500],
  ["10s", 10_000],
  ["1.5s", 1500],
  ["2m", 120_000],
  ["1h", 3_600_000],
  ["0s", undefined],
  ["0.4ms", undefined],
  ["10", undefined],
  ["-1s", undefined],
  ["10 s", undefined],
  ["1e3s", undefined],
  ["9999999999h", undefined],
  ["", undefined],
];

for (const [text, milliseconds] of durations) {
  it(`"${text}" is ${milliseconds === undefined ? "no duration" : `${milliseconds} ms`}`, () => {
    assert.equal(parseDuration(text), milliseconds);
  });
}
