import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LanguageDocument } from "../../../src/language/document.ts";
import { semanticTokensLegend } from "../../../src/language/semantic-tokens/legend.ts";
import { semanticTokens } from "../../../src/language/semantic-tokens/semantic-tokens.ts";
import { testUri } from "./memory-host.ts";

/** `text type.modifier` of each token, decoded as an editor does it. */
function tokens(text: string): string[] {
  const document = new LanguageDocument(testUri, 1, text);
  const { data } = semanticTokens(document);
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    line += lines;
    character = lines > 0 ? characters : character + characters;
    const names = semanticTokensLegend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit));
    const name = [semanticTokensLegend.tokenTypes[type], ...names].join(".");
    found.push(`${document.lines.lineText(line).slice(character, character + length)} ${name}`);
  }
  return found;
}

describe("semantic tokens", () => {
  test("of a request with its annotations", () => {
    assert.deepEqual(
      tokens(
        "\uFEFF@host = a.test\r\n### A\r\n# @name one\r\n# @timeout 5s\r\n# @ref two\r\n# @prompt city Which?\r\n# @own x\r\nPOST https://{{host}}/{{%city}} HTTP/1.1\r\nContent-Type: text/plain\r\nX-{{a}}: 1\r\nX-Own: 1\r\n\r\nto {{host}}",
      ),
      [
        "host variable.declaration",
        "@name decorator",
        "one function.declaration",
        "@timeout decorator",
        "5s number",
        "@ref decorator",
        "two function",
        "@prompt decorator",
        "city variable.declaration",
        "POST keyword",
        "host variable",
        "city variable",
        "HTTP/1.1 keyword",
        "Content-Type property.defaultLibrary",
        "a variable",
        "X-Own property",
        "host variable",
      ],
    );
  });

  test("of references by their kind", () => {
    assert.deepEqual(
      tokens("GET {{$env.A}}/{{$processEnv B}}/{{$dotenv C}}/{{$basic u $env.P}}/{{one.response.body.$.id}}/{{$nope}}"),
      [
        "GET keyword",
        "$env. function.defaultLibrary",
        "A variable.readonly",
        "$processEnv function.defaultLibrary",
        "B variable.readonly",
        "$dotenv function.defaultLibrary",
        "C variable.readonly",
        "$basic function.defaultLibrary",
        "u variable",
        "$env. function.defaultLibrary",
        "P variable.readonly",
        "one function",
        "response.body.$.id property",
      ],
    );
  });

  test("of imports, runs and cURL commands", () => {
    assert.deepEqual(
      tokens(
        "import ./b.https\n# @import ./c.https\nrun #one (@a = {{b}})\n###\ncurl -XPOST --header 'A: {{b}}' -d -x \\\n  https://a.test",
      ),
      [
        "import keyword",
        "./b.https string",
        "@import decorator",
        "./c.https string",
        "run keyword",
        "one function",
        "a parameter",
        "b variable",
        "curl keyword",
        "-X parameter",
        "--header parameter",
        "b variable",
        "-d parameter",
      ],
    );
  });
});
