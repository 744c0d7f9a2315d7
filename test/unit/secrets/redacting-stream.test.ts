import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createRedactingStream, createRedactor, type Redactor } from "../../../src/secrets/index.ts";
import { encoders } from "./encoders.ts";

const secrets = [
  "s3cret-t0ken/with+signs=",
  `p&ss "w'rd"/é+<\\€>%41`,
  "s3cret-t0",
  "admin",
  "t0ken/with+signs=-and-more",
];

function redactorOf(values: readonly string[]): Redactor {
  const redactor = createRedactor();
  for (const [index, value] of values.entries()) redactor.add(`S${index}`, value);
  return redactor;
}

function streamed(redactor: Redactor, chunks: readonly Uint8Array[]): Buffer {
  const stream = createRedactingStream(redactor);
  const parts = chunks.map((chunk) => Buffer.from(stream.push(chunk)));
  return Buffer.concat([...parts, stream.end()]);
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const piece = fc.oneof(
  fc
    .tuple(fc.constantFrom(...secrets), fc.constantFrom(...Object.keys(encoders)))
    .map(([value, name]) => encoders[name]?.(value) ?? ""),
  fc.string({ unit: fc.constantFrom(...'ab %\\&=;\r\n\t"é€{}:41u0') }),
  fc.constantFrom("{{$env.S0}}", '"admin"', "user: admin\n", "Bearer admin", "\\\\u0025", "%25%32%35", "\0\0"),
  fc.nat(300).map((count) => "\r\n ".repeat(count)),
);
const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(""));

describe("redacting stream", () => {
  it("gives what redacting the whole gives, wherever chunks end", () => {
    const redactor = redactorOf(secrets);
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 12 }), (whole, places) => {
        const bytes = Buffer.from(whole);
        const result = streamed(redactor, cut(bytes, places)).toString();
        assert.equal(result, Buffer.from(redactor.redactBytes(bytes)).toString());
        assert.equal(result, redactor.redact(bytes.toString()));
      }),
      { numRuns: 150 },
    );
  });

  it("gives the same whatever the parts that it searches at once", () => {
    const redactor = redactorOf(secrets);
    const { finder, shownOf } = redactor.snapshot();
    const find: typeof finder.find = (...part) => finder.find(...part);
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 3000 }), (whole, partSize) => {
        const bytes = Buffer.from(whole);
        const snapshot = () => ({ finder: { partSize, context: finder.context, find }, shownOf });
        const stream = createRedactingStream({ isEmpty: false, snapshot });
        const parts = cut(bytes, [partSize, partSize * 2, partSize * 3]).map((chunk) =>
          Buffer.from(stream.push(chunk)),
        );
        assert.equal(Buffer.concat([...parts, stream.end()]).toString(), redactor.redact(bytes.toString()));
      }),
      { numRuns: 300 },
    );
  });

  it("finds what lies over the end of a part", () => {
    const redactor = redactorOf(secrets);
    const marked = Object.values(encoders)
      .map((encode) => `<${encode(secrets[1] ?? "")}>`)
      .join(" and ");
    const [filler, rest] = ["x ".repeat(32 * 1024), "y ".repeat(64 * 1024)];
    for (let shift = 0; shift < marked.length; shift += 401) {
      const before = filler.slice(0, 64 * 1024 - shift);
      const bytes = Buffer.from(before + marked + rest);
      assert.equal(streamed(redactor, [bytes]).toString(), before + redactor.redact(marked) + rest);
    }
  });

  it("holds little, and gives out what is certain", () => {
    const stream = createRedactingStream(redactorOf(secrets));
    let [given, most, pushed] = [0, 0, 0];
    for (const filler of ["ordinary text, ", "\n", "aaaaaaaa", "%25", "s3cret-t0ken/with+signs="]) {
      const chunk = Buffer.from(filler.repeat(1000));
      for (let count = 0; count < 100; count++) {
        given += stream.push(chunk).length;
        pushed += chunk.length;
        if (filler !== "s3cret-t0ken/with+signs=") most = Math.max(most, pushed - given);
      }
    }
    assert.ok(most < 1_000_000, `${most} bytes were held back`);
    assert.ok(given > 0 && stream.end().length > 0);
  });

  it("takes no longer for what readings leave out: megabytes of blanks, line ends or zeros", () => {
    const start = performance.now();
    for (const filler of ["\n", " ", "\0"]) {
      const bytes = Buffer.alloc(2 << 20, filler);
      assert.equal(streamed(redactorOf(["s3cret-t0ken"]), [bytes, bytes]).length, 2 * bytes.length);
    }
    assert.ok(performance.now() - start < 3000);
  });

  it("is a pipe where nothing is to be redacted", () => {
    const bytes = Buffer.from([0xff, 0, 0x80]);
    assert.deepEqual(streamed(createRedactor(), [bytes, bytes]), Buffer.concat([bytes, bytes]));
  });

  it("keeps to what was known when it began, and to bytes that a caller uses again", () => {
    const redactor = redactorOf(["first-secret"]);
    const stream = createRedactingStream(redactor);
    redactor.add("LATER", "later-secret");
    const chunk = Buffer.from("first-secret later-secret");
    stream.push(chunk);
    chunk.fill(0);
    assert.equal(Buffer.from(stream.end()).toString(), "{{$env.S0}} later-secret");
  });
});
