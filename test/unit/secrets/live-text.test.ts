import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLiveText, createRedactor } from "../../../src/secrets/index.ts";

const secret = "correct-horse-battery-staple";
const redactor = createRedactor();
redactor.add("TOKEN", secret);

const tail = (text: string) => text.slice(redactor.openTail(Buffer.from(text)));

describe("the open end of a text that is cut off", () => {
  const cases: readonly (readonly [text: string, held: string])[] = [
    ["nothing of it", ""],
    ["three letters: cor", ""],
    ["four letters: corr", "corr"],
    [`all but one: ${secret.slice(0, -1)}`, secret.slice(0, -1)],
    [`the whole is not open: ${secret}`, ""],
    [
      `base64: ${Buffer.from(secret).toString("base64").slice(0, 12)}`,
      Buffer.from(secret).toString("base64").slice(0, 12),
    ],
    ["escaped: corr\\u0065ct-h", "corr\\u0065ct-h"],
    ["cut within an escape: corr\\u00", "corr\\u00"],
    ["over a line: corr\n  ect", "corr\n  ect"],
  ];
  for (const [text, held] of cases) test(text, () => assert.equal(tail(text), held));

  test("of a text without secrets is nothing", () => {
    assert.equal(createRedactor().openTail(Buffer.from("corr")), 4);
  });
});

describe("live text", () => {
  test("gives whole lines at once, and a secret never in parts, wherever it is split", () => {
    const text = `data: 1\n\ndata: ${secret}\n\ndata: é${secret}é\n`;
    const bytes = Buffer.from(text);
    for (let at = 0; at <= bytes.length; at++) {
      const live = createLiveText(redactor);
      const first = live.push(bytes.subarray(0, at));
      assert.ok(first === "" || first.endsWith("\n"));
      const all = first + live.push(bytes.subarray(at)) + live.end();
      assert.equal(all, redactor.redact(text));
    }
  });

  test("a line that does not end is given in parts, but for what may be a secret", () => {
    const live = createLiveText(redactor);
    const line = "x".repeat(20_000);
    assert.equal(live.push(Buffer.from(`${line}${secret.slice(0, 9)}`)), line);
    assert.equal(live.push(Buffer.from(secret.slice(9))) + live.end(), "{{$env.TOKEN}}");
  });

  test("nor does a part end with the first letter of a secret, or in the middle of an escape of it", () => {
    const escaped = `\\u0063${secret.slice(1)}`;
    for (const [text, ends] of [
      [secret, [1, 2, 3]],
      [escaped, [1, 4, 6, 7]],
    ] as const) {
      for (const end of ends) {
        const live = createLiveText(redactor);
        const given = live.push(Buffer.from("x".repeat(20_000) + text.slice(0, end)));
        const rest = live.push(Buffer.from(`${text.slice(end)}\n`)) + live.end();
        assert.equal(given.replaceAll("x", "") + rest, "{{$env.TOKEN}}\n", `${text} after ${end}`);
      }
    }
  });
});
