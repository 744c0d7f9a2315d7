import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Range } from "vscode-languageserver-types";
import { createLanguageService, LanguageDocument } from "../../../src/language/index.ts";
import { anyText } from "../syntax/generators.ts";
import { createMemoryHost, testUri } from "./memory-host.ts";

const open = (text: string, version = 1) => new LanguageDocument(testUri, version, text);

function deferred(): { promise: Promise<void>; resolve: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, resolve };
}

describe("the language service", () => {
  test("says that imports were read, and then knows their names", async () => {
    const world = { environment: { name: "", names: [], variables: [] } };
    const files: Record<string, string> = { "file:///project/shared.https": "@region = eu" };
    const told: string[] = [];
    let read = deferred();
    const service = createLanguageService(createMemoryHost({ ...world, files }), {
      onDidReadImports: (uri) => {
        told.push(uri);
        read.resolve();
      },
    });
    const document = open("GET https://a.test/{{region}}/{{none}}\n###\nimport shared.https");
    const undefinedNames = () =>
      service.diagnostics(document).filter(({ code }) => code === "variable.undefined").length;
    assert.equal(undefinedNames(), 0);
    await read.promise;
    assert.equal(undefinedNames(), 1);
    assert.deepEqual(told, [testUri]);

    // The same names again are no news; others are.
    read = deferred();
    service.diagnostics(document);
    service.diagnostics(open("import absent.https", 2));
    await read.promise;
    assert.deepEqual(told, [testUri, testUri]);
  });

  test("tells nothing of a document without imports", async () => {
    const service = createLanguageService(createMemoryHost(), { onDidReadImports: () => assert.fail("no imports") });
    service.diagnostics(open("GET https://a.test/{{x}}"));
    await new Promise(setImmediate);
  });

  test("takes the time from its options", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const document = open(`@jwt = ${part({ alg: "none" })}.${part({ exp: 60 })}.`);
    const service = createLanguageService(createMemoryHost(), { now: () => 0 });
    const found = await service.hover(document, { line: 0, character: 10 });
    assert.match(JSON.stringify(found?.contents), /expires in 1 minute/);
  });

  test("answers for any text, at any position", async () => {
    const service = createLanguageService(createMemoryHost());
    await fc.assert(
      fc.asyncProperty(anyText, fc.nat(30), fc.nat(60), async (text, line, character) => {
        const document = open(text);
        const position = { line, character };
        const inText = ({ start, end }: Range) => {
          const [from, to] = [document.lines.offsetAt(start), document.lines.offsetAt(end)];
          assert.ok(0 <= from && from <= to && to <= text.length);
        };
        const diagnostics = service.diagnostics(document);
        for (const { range } of diagnostics) inText(range);
        await service.completion(document, position);
        const hover = await service.hover(document, position);
        if (hover?.range) inText(hover.range);
        for (const { range } of await service.definition(document, position)) inText(range);
        for (const { range } of await service.references(document, position, true)) inText(range);
        const renamed = service.prepareRename(document, position);
        if (renamed) inText(renamed.range);
        service.rename(document, position, "other");
        for (const { range } of service.documentSymbols(document)) inText(range);
        for (const { startLine, endLine } of service.foldingRanges(document)) assert.ok(startLine < endLine);
        for (const { range } of service.documentLinks(document)) inText(range);
        assert.equal(service.semanticTokens(document).data.length % 5, 0);
        for (const { range } of service.format(document)) inText(range);
        service.codeActions(document, { start: position, end: position }, diagnostics);
        for (const { range } of service.selectionRanges(document, [position])) inText(range);
      }),
      { numRuns: 300 },
    );
  });
});
