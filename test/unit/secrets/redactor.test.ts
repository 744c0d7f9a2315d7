import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createRedactor, type Redactor } from "../../../src/secrets/index.ts";

function redactorOf(secrets: Readonly<Record<string, string>>): Redactor {
  const redactor = createRedactor();
  for (const [name, value] of Object.entries(secrets)) redactor.add(name, value);
  return redactor;
}

const awkward = `p&ss "w'rd"/é+<\\€>`;
const bytes = Buffer.from(awkward, "utf8");
const base64After = (prefix: string, value = awkward) => Buffer.from(prefix + value).toString("base64");

/** How servers, URLs and logs write a value, by encoders that are not ours. */
const encodings: readonly (readonly [name: string, encoded: string])[] = [
  ["plain", awkward],
  ["encodeURIComponent", encodeURIComponent(awkward)],
  ["encodeURIComponent in lower case", encodeURIComponent(awkward).replace(/%../g, (hex) => hex.toLowerCase())],
  ["encodeURI", encodeURI(awkward)],
  ["a query's value", new URLSearchParams({ q: awkward }).toString().slice(2)],
  ["a URL's query", new URL(`https://h/?${awkward}`).search.slice(1)],
  ["a URL's path", new URL(`https://h/x-${awkward.replace("\\", "")}`).pathname.slice(3)],
  ["JSON", JSON.stringify(awkward).slice(1, -1)],
  ["JSON in JSON", JSON.stringify(JSON.stringify(awkward).slice(1, -1)).slice(1, -1)],
  ["JSON as PHP writes it", `p&ss \\"w'rd\\"\\/\\u00e9+<\\\\\\u20ac>`],
  ["JSON as Go writes it", `p\\u0026ss \\"w'rd\\"/é+\\u003c\\\\€\\u003e`],
  ["XML text", `p&amp;ss "w'rd"/é+&lt;\\€&gt;`],
  ["an XML attribute", `p&amp;ss &quot;w&apos;rd&quot;/é+&lt;\\€&gt;`],
  ["HTML", `p&amp;ss &#34;w&#39;rd&#34;/é+&lt;\\€&gt;`],
  ["base64", bytes.toString("base64")],
  ["base64 without padding", bytes.toString("base64").replaceAll("=", "")],
  ["base64url", bytes.toString("base64url")],
  ["hex", bytes.toString("hex")],
  ["hex in upper case", bytes.toString("hex").toUpperCase()],
  ["UTF-8 read as Latin-1", bytes.toString("latin1")],
];

describe("redactor", () => {
  for (const [name, encoded] of encodings) {
    it(`finds a value as ${name}`, () => {
      if (name === "a URL's path") return assertHidden(awkward.replace("\\", ""), encoded);
      assertHidden(awkward, encoded);
    });
  }

  function assertHidden(value: string, encoded: string): void {
    assert.equal(redactorOf({ TOKEN: value }).redact(`<${encoded}>`), "<{{$env.TOKEN}}>");
  }

  it("finds a value in Basic credentials behind a user name of any length", () => {
    const value = "correct-horse?battery>staple";
    const redactor = redactorOf({ PASS: value });
    for (const user of ["", "u", "us", "use", "user"]) {
      const redacted = redactor.redact(`Basic ${base64After(`${user}:`, value)}`);
      assert.match(redacted, /^Basic [\w+/]{0,7}\{\{\$env\.PASS\}\}$/, user);
    }
  });

  it("finds a value inside longer base64 data but for characters that hold neighbours' bits", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 8 }),
        fc
          .string({ minLength: 6, maxLength: 30, unit: "binary" })
          .filter((text) => Buffer.from(text).toString() === text && new Set(text.replace(/[\s\0]/g, "")).size >= 6),
        fc.uint8Array({ maxLength: 8 }),
        (before, value, after) => {
          const data = Buffer.concat([before, Buffer.from(value), after]).toString("base64");
          const redacted = redactorOf({ S: value }).redact(data);
          assert.ok(redacted.includes("{{$env.S}}"));
          const rest = redacted.replaceAll("{{$env.S}}", "").replaceAll("=", "");
          assert.ok(rest.length <= Math.ceil((before.length * 4) / 3) + Math.ceil((after.length * 4) / 3) + 2);
        },
      ),
    );
  });

  it("leaves nothing of two secrets that overlap", () => {
    const redactor = redactorOf({ A: "abcdef", B: "defghi", C: "ef" });
    assert.equal(redactor.redact("xabcdefghix"), "x{{$env.A}}{{$env.B}}x");
    assert.equal(redactorOf({ A: "abcabc-abcabc" }).redact("abcabc-abcabc-abcabc"), "{{$env.A}}");
  });

  it("prefers the longest, and the first name of a value", () => {
    assert.equal(redactorOf({ A: "token", B: "token-and-more" }).redact("token-and-more"), "{{$env.B}}");
    assert.equal(redactorOf({ A: "same-value", B: "same-value" }).redact("same-value"), "{{$env.A}}");
  });

  it("does not touch its own references, however often it runs", () => {
    const redactor = redactorOf({ X: "$env.LONG", Y: "{{$env", LONG_NAME: "LONG_NAME", Z: "{{$env.X}}z" });
    const once = redactor.redact("the $env.LONG is LONG_NAME, not {{$env.LONG_NAME}} or {{$env.X}}z");
    assert.equal(once, "the {{$env.X}} is {{$env.LONG_NAME}}, not {{$env.LONG_NAME}} or {{$env.Z}}");
    assert.equal(redactor.redact(once), once);
  });

  it("finds a value whose surrounding blanks were trimmed", () => {
    assert.equal(redactorOf({ T: " token-1\n" }).redact("[token-1]"), "[{{$env.T}}]");
  });

  it("shows what it was told to show", () => {
    const redactor = createRedactor();
    redactor.add("passphrase", "open sesame", "(passphrase)");
    assert.equal(redactor.redact("open sesame"), "(passphrase)");
  });

  it("knows whether it has anything to do", () => {
    const redactor = redactorOf({ EMPTY: "" });
    assert.deepEqual([redactor.isEmpty, redactor.redact("text")], [true, "text"]);
    redactor.add("T", "token");
    assert.deepEqual([redactor.isEmpty, redactor.redact("token")], [false, "{{$env.T}}"]);
  });

  it("tells which secrets a text holds, in whatever encoding, or what is made of them", () => {
    const redactor = redactorOf({ A: "first-secret", B: "second-secret" });
    redactor.hide("only-private", "{{name}}");
    redactor.hide("made-of-both", "{{$basic …}}", ["A", "B"]);
    const encoded = Buffer.from("xsecond-secret").toString("base64");
    const cases: readonly (readonly [text: string, names: readonly string[]])[] = [
      ["nothing, {{$env.A}}", []],
      ["a first-secret", ["A"]],
      [`b ${encoded} first-secret`, ["B", "A"]],
      ["first\\u002dsecret", ["A"]],
      ["made-of-both", ["A", "B"]],
      ["only-private", []],
      ["", []],
    ];
    for (const [text, names] of cases) assert.deepEqual(redactor.namesIn(text), names, text);
    assert.equal(redactor.redact("made-of-both, only-private"), "{{$basic …}}, {{name}}");
  });

  it("takes over what another one knows, and keeps its own words for what both know", () => {
    const redactor = redactorOf({ MINE: "same-value" });
    redactor.redact("compiled once");
    redactor.include(redactorOf({ THEIRS: "same-value", OTHER: "other-value" }));
    redactor.include(redactor);
    assert.equal(redactor.redact("same-value other-value"), "{{$env.MINE}} {{$env.OTHER}}");
    assert.deepEqual(redactor.namesIn("other-value"), ["OTHER"]);
  });

  it("takes no value for a pattern, and leaves none in any text", () => {
    const value = fc.oneof(
      fc.string({ minLength: 6, unit: "binary" }).filter((text) => new Set(text.replace(/\s/g, "")).size >= 6),
      fc.constantFrom("^.*[a]+$", "[a-z]{6}", "$&$1$`$'", "(?:a+)+$"),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.array(fc.string({ unit: "binary" })),
        (values, between) => {
          const redactor = redactorOf(Object.fromEntries(values.map((text, index) => [`NAME${index}`, text])));
          const text = values.map((one, index) => one + (between[index] ?? "") + one).join("");
          const redacted = redactor.redact(text).replace(/\{\{\$env\.NAME\d\}\}/g, "\n\n\n\n");
          for (const one of values) {
            if (!one.includes("\n")) assert.ok(!redacted.includes(one), JSON.stringify([one, redacted]));
          }
        },
      ),
    );
  });
});
