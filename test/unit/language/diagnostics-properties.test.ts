import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { codeActions } from "../../../src/language/code-actions/code-actions.ts";
import { diagnose } from "../../../src/language/diagnostics.ts";
import { LanguageDocument } from "../../../src/language/document.ts";
import { codeFacts } from "../../../src/language/rules/codes.ts";
import { semanticTokensLegend } from "../../../src/language/semantic-tokens/legend.ts";
import { semanticTokens } from "../../../src/language/semantic-tokens/semantic-tokens.ts";
import { anyText } from "../syntax/generators.ts";
import { applyEdits } from "./apply-edits.ts";
import { createMemoryHost, testUri, variable } from "./memory-host.ts";

const host = createMemoryHost({
  secrets: [{ name: "KEY", hosts: ["a.test"], isSet: false }],
  dotenvNames: ["TOKEN"],
  environment: { name: "dev", names: ["dev", "prod"], variables: [variable("a", "1"), variable("b", "2", "prod")] },
});

/** Lines that the rules look at, between those that the parser tells apart. */
const moreLines = fc.constantFrom(
  "",
  "###",
  "GET http://a.test/{{$env.KEY}}",
  "POST https://{{$env.OTHER}}/{{a}}{{b}}{{c}}",
  "Content-Type: application/json",
  "Content-Type application/json",
  "Host: a.test",
  "Transfer-Encoding: chunked",
  "Authorisation: {{$basic a $env.KEY}}",
  '{ "a": {{a}},, }',
  "?? status == 200",
  "# @ref nobody",
  "# @name one",
  "{{one.response.body.$.a}}",
  '{{$dotenv TOKN}} {{$uuuid}} {{$randomInt 1}} {{$base64 "}}',
  "@a = {{b}}",
  "@b = {{a}}",
);

const texts = fc.oneof(
  anyText,
  fc
    .tuple(fc.array(fc.tuple(moreLines, fc.constantFrom("\n", "\n", "\r\n", "\r")), { maxLength: 20 }), anyText)
    .map(([lines, rest]) => lines.map((parts) => parts.join("")).join("") + rest),
);

const codes = new Set(codeFacts.map(({ code }) => code));

test("diagnostics never throw, lie in the text and have a documented code", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const document = new LanguageDocument(testUri, 1, text);
      for (const { code, range, message } of diagnose(document, host)) {
        assert.ok(codes.has(String(code)), `${code} is documented`);
        assert.notEqual(message, "");
        const start = document.lines.offsetAt(range.start);
        const end = document.lines.offsetAt(range.end);
        assert.ok(start <= end && end <= text.length);
        assert.deepEqual(document.lines.positionAt(start), range.start);
        assert.deepEqual(document.lines.positionAt(end), range.end);
      }
    }),
    { numRuns: 1000 },
  );
});

test("every code action can be applied, and the text after it be read", () => {
  fc.assert(
    fc.property(texts, fc.nat(), (text, at) => {
      const document = new LanguageDocument(testUri, 1, text);
      const start = document.lines.positionAt(at % (text.length + 1));
      for (const { edit } of codeActions(document, { start, end: start }, diagnose(document, host))) {
        const changed = applyEdits(document, edit?.changes?.[testUri] ?? []);
        diagnose(new LanguageDocument(testUri, 2, changed), host);
      }
    }),
    { numRuns: 1000 },
  );
});

test("semantic tokens are sorted, apart from each other, inside their lines and of the legend", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const document = new LanguageDocument(testUri, 1, text);
      const { data } = semanticTokens(document);
      let line = 0;
      let end = 0;
      let character = 0;
      for (let at = 0; at < data.length; at += 5) {
        const [lines = -1, characters = -1, length = 0, type = -1, modifiers = -1] = data.slice(at, at + 5);
        assert.ok(lines >= 0 && characters >= 0 && length > 0);
        if (lines > 0) end = 0;
        line += lines;
        character = lines > 0 ? characters : character + characters;
        assert.ok(character >= end);
        end = character + length;
        assert.ok(end <= document.lines.lineText(line).length);
        assert.ok(semanticTokensLegend.tokenTypes[type] !== undefined);
        assert.ok(modifiers >= 0 && modifiers < 1 << semanticTokensLegend.tokenModifiers.length);
      }
    }),
    { numRuns: 1000 },
  );
});
