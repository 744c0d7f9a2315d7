import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { charsetNames, findCharset } from "../../../src/resolve/body/charset.ts";
import { formEncoded } from "../../../src/resolve/body/form.ts";
import { readBodyForm } from "../../../src/resolve/body/media-type.ts";
import { fill, percentEncoded, type Template, type ValuePiece } from "../../../src/resolve/template.ts";
import { allButUnreserved, percentEncode } from "../../../src/secrets/index.ts";

const location = { file: "a.https", line: 1, column: 1 };

/** A value that nobody but its own source knows; its name stands for its text. */
function value(name: string): ValuePiece {
  return {
    kind: "value",
    value: { source: "environment", name, written: `{{$env.${name}}}`, location },
    encodings: 0,
  };
}

const text = (content: string): Template => [{ kind: "text", text: content }];

/** As the reader of values does it: each is its own name here. */
function encoded(template: Template): string {
  return fill(formEncoded(template), (piece) => {
    let given = piece.value.name;
    for (let time = 0; time < piece.encodings; time++) given = percentEncode(given, allButUnreserved);
    return given;
  });
}

describe("form bodies", () => {
  const cases: readonly (readonly [title: string, written: string, sent: string])[] = [
    ["one line stays", "a=1&b=2", "a=1&b=2"],
    ["lines that start with & are joined", "a=1\n&b=2\r\n&c=3", "a=1&b=2&c=3"],
    ["indented ones too", "a=1\n  &b=2\n\t&c=3", "a=1&b=2&c=3"],
    ["lines behind one that ends with & are joined", "a=1&\nb=2& \r\n  c=3", "a=1&b=2&c=3"],
    ["another line break is a part of the value", "a=1\nmore\r\nand more&b=2", "a=1%0Amore%0Aand%20more&b=2"],
    ["what is encoded already stays", "a=b+c%20d%C3%A9", "a=b+c%20d%C3%A9"],
    [
      "blanks, quotes, controls and other letters are encoded",
      'a=b c"d\te\u00e9\u{1f600}',
      "a=b%20c%22d%09e%C3%A9%F0%9F%98%80",
    ],
    ["a percent sign that encodes nothing is meant as one", "a=100%&b=5%z", "a=100%25&b=5%25z"],
    ["signs of their own meaning stay", "a[]=x/y:z@w,;!$()*", "a[]=x/y:z@w,;!$()*"],
    ["JSON in a field is encoded", 'a={"b":1}', "a=%7B%22b%22:1%7D"],
  ];
  for (const [title, written, sent] of cases) it(title, () => assert.equal(encoded(text(written)), sent));

  it("a value cannot add a field, and is not encoded twice", () => {
    const template = [...text("a="), value("1&admin=true +%"), ...text("\n&b="), ...percentEncoded([value("x y")])];
    assert.equal(encoded(template), "a=1%26admin%3Dtrue%20%2B%25&b=x%20y");
  });

  it("a file variable between two texts is the author's text", () => {
    assert.equal(encoded([...text("a=1&"), ...text("\nb=2"), ...text("\n"), ...text("&c=3")]), "a=1&b=2&c=3");
  });

  const plain = fc.string({ unit: fc.constantFrom("a", "é", " ", '"', "'", "\t", "\u0001", "<", "\\", "#", "😀") });
  it("decodes to the fields that were written", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, plain), { minLength: 1 }), (fields) => {
        const written = fields.map(([name, content]) => `${name}=${content}`).join("&\n");
        const sent = encoded(text(written));
        assert.match(sent, /^[!-~]*$/);
        // Blanks around a line that is joined are layout.
        const trimmed = fields.map(([name, content], index) => [index === 0 ? name : name.trimStart(), content]);
        assert.deepEqual([...new URLSearchParams(sent)], trimmed);
      }),
    );
  });

  it("decodes to the values that references gave", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (first, second) => {
        fc.pre(first.isWellFormed() && second.isWellFormed());
        const sent = encoded([...text("a="), value(first), ...text("&b="), value(second)]);
        assert.deepEqual(
          [...new URLSearchParams(sent)],
          [
            ["a", first],
            ["b", second],
          ],
        );
      }),
    );
  });
});

describe("media types", () => {
  const cases: readonly (readonly [string | undefined, unknown])[] = [
    [undefined, { kind: "plain" }],
    ["application/json", { kind: "json" }],
    ["Application/X-WWW-Form-Urlencoded; charset=utf-8", { kind: "form" }],
    ["application/x-www-form-urlencoded-not", { kind: "plain" }],
    ["application/x-ndjson", { kind: "json-lines" }],
    ["application/jsonl", { kind: "json-lines" }],
    ["multipart/form-data; boundary=B", { kind: "multipart", boundary: "B" }],
    ['multipart/mixed; charset=x; Boundary="a b\\"c"', { kind: "multipart", boundary: 'a b"c' }],
    ["multipart/form-data", { kind: "multipart", boundary: undefined }],
  ];
  for (const [contentType, form] of cases) {
    it(String(contentType), () => assert.deepEqual(readBodyForm(contentType), form));
  }
});

describe("encodings of body files", () => {
  it("give back every byte that they read", () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    for (const name of ["latin1", "windows-1252"]) {
      const charset = findCharset(name);
      assert.deepEqual([...(charset?.encode(charset.decode(all)) ?? [])], [...all], name);
    }
    const bytes = Buffer.from("\ufeffa\u00e9\u{1f600}");
    const utf8 = findCharset("UTF8");
    assert.deepEqual(Buffer.from(utf8?.encode(utf8.decode(bytes)) ?? []), bytes);
    const wide = findCharset("utf-16le");
    const words = Buffer.from("\ufeffa\u00e9\u{1f600}", "utf16le");
    assert.deepEqual(Buffer.from(wide?.encode(wide.decode(words)) ?? []), words);
  });

  it("refuse what they cannot read or write", () => {
    assert.throws(() => findCharset("utf-8")?.decode(Uint8Array.of(0xff)), TypeError);
    assert.throws(() => findCharset("ascii")?.decode(Uint8Array.of(0x80)), TypeError);
    assert.equal(findCharset("latin1")?.encode("€"), undefined);
    assert.deepEqual([...(findCharset("windows-1252")?.encode("€") ?? [])], [0x80]);
    assert.equal(findCharset("windows-1252")?.encode("中"), undefined);
    assert.equal(findCharset("ascii")?.encode("é"), undefined);
    assert.equal(findCharset("klingon"), undefined);
  });

  it("are listed by one name each", () => {
    assert.deepEqual([...charsetNames].sort(), ["ascii", "latin1", "utf-16le", "utf-8", "windows-1252"]);
    for (const name of charsetNames) assert.equal(findCharset(name.toUpperCase())?.name, name);
  });
});
