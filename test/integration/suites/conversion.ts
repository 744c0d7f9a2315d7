import assert from "node:assert/strict";
import { suite, test } from "mocha";
import {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  DiagnosticTag,
  FoldingRangeKind,
  MarkdownString,
  Range,
  SnippetString,
  SymbolKind,
  Uri,
} from "vscode";
import type * as lsp from "vscode-languageserver-types";
import { editorCompletions } from "../../../src/extension/language/completion-items.ts";
import {
  editorCodeAction,
  editorDiagnostic,
  isSameDiagnostic,
} from "../../../src/extension/language/diagnostic-items.ts";
import { editorWorkspaceEdit } from "../../../src/extension/language/edits.ts";
import { editorDocumentation, editorMarkdown } from "../../../src/extension/language/markdown.ts";
import {
  editorFold,
  editorLink,
  editorSelection,
  editorSymbol,
} from "../../../src/extension/language/structure-items.ts";

const range = (line: number, start: number, end: number): lsp.Range => ({
  start: { line, character: start },
  end: { line, character: end },
});
const uri = "file:///project/a.https";

/** The protocol's types become VS Code's own classes, which exist only in here. */
export function conversion(): void {
  suite("conversion", () => {
    test("completions keep kind, text, range and snippet", () => {
      const { items, isIncomplete } = editorCompletions({
        isIncomplete: true,
        itemDefaults: { editRange: range(1, 0, 2), insertTextFormat: 2 },
        items: [
          { label: "Accept", kind: 10, textEdit: { range: range(0, 1, 3), newText: "Accept: $0" }, sortText: "1" },
          { label: "a", insertTextFormat: 1, labelDetails: { description: "d" }, tags: [1], detail: "x" },
          {
            label: "b",
            textEdit: { newText: "b", insert: range(0, 0, 1), replace: range(0, 0, 4) },
            insertTextFormat: 1,
          },
        ],
      });
      assert.ok(isIncomplete);
      const [accept, plain, both] = items;
      assert.equal(accept?.kind, CompletionItemKind.Property);
      assert.ok(accept.insertText instanceof SnippetString && accept.insertText.value === "Accept: $0");
      assert.deepEqual(accept.range, new Range(0, 1, 0, 3));
      assert.equal(accept.sortText, "1");
      assert.deepEqual(plain?.label, { label: "a", description: "d" });
      assert.equal(plain.insertText, "a");
      assert.deepEqual(plain.range, new Range(1, 0, 1, 2));
      assert.equal(plain.detail, "x");
      assert.deepEqual(both?.range, { inserting: new Range(0, 0, 0, 1), replacing: new Range(0, 0, 0, 4) });
    });

    test("texts are Markdown that runs no command and shows no HTML; plain text stays plain", () => {
      const [markdown, plain] = editorMarkdown(["[x](command:evil)", { language: "http", value: "GET /" }]);
      assert.ok(markdown && !markdown.isTrusted && !markdown.supportHtml);
      assert.match(plain?.value ?? "", /```http\nGET \/\n```/);
      assert.equal(editorMarkdown({ kind: "plaintext", value: "*a*" })[0]?.value, "\\*a\\*");
      assert.equal(editorDocumentation({ kind: "plaintext", value: "*a*" }), "*a*");
      assert.ok(editorDocumentation({ kind: "markdown", value: "*a*" }) instanceof MarkdownString);
    });

    test("edits of several files, in either form", () => {
      const edits = [{ range: range(0, 0, 1), newText: "b" }];
      const forms: lsp.WorkspaceEdit[] = [
        { changes: { [uri]: edits } },
        { documentChanges: [{ textDocument: { uri, version: null }, edits }] },
      ];
      for (const form of forms) {
        const [[target, [edit] = []] = []] = editorWorkspaceEdit(form).entries();
        assert.equal(target?.toString(), uri);
        assert.equal(edit?.newText, "b");
        assert.deepEqual(edit.range, new Range(0, 0, 0, 1));
      }
    });

    test("diagnostics keep severity, code, link and related places, and are found again", () => {
      const own: lsp.Diagnostic = {
        range: range(2, 0, 4),
        message: "m",
        severity: 3,
        code: "a.b",
        codeDescription: { href: "https://docs.test/#ab" },
        tags: [1],
        relatedInformation: [{ location: { uri, range: range(0, 0, 1) }, message: "first" }],
      };
      const made = editorDiagnostic(own);
      assert.equal(made.severity, DiagnosticSeverity.Information);
      assert.deepEqual(made.code, { value: "a.b", target: Uri.parse("https://docs.test/#ab") });
      assert.deepEqual(made.tags, [DiagnosticTag.Unnecessary]);
      assert.equal(made.source, "Padlock");
      assert.equal(made.relatedInformation?.[0]?.message, "first");
      assert.ok(isSameDiagnostic(made, own));
      assert.ok(!isSameDiagnostic(made, { ...own, code: "a.c" }));
      const action = editorCodeAction({ title: "t", kind: "quickfix", diagnostics: [own], isPreferred: true }, [made]);
      assert.ok(action.kind && CodeActionKind.QuickFix.contains(action.kind));
      assert.deepEqual(action.diagnostics, [made]);
      assert.ok(action.isPreferred);
    });

    test("symbols, folds, links and selections", () => {
      const child = { name: "c", kind: 13, range: range(1, 0, 1), selectionRange: range(1, 0, 1) } as const;
      const symbol = editorSymbol({
        name: "s",
        kind: 12,
        range: range(0, 0, 9),
        selectionRange: range(0, 0, 1),
        children: [child],
      });
      assert.equal(symbol.kind, SymbolKind.Function);
      assert.equal(symbol.children[0]?.kind, SymbolKind.Variable);
      assert.equal(editorFold({ startLine: 1, endLine: 2, kind: "comment" }).kind, FoldingRangeKind.Comment);
      assert.equal(editorFold({ startLine: 1, endLine: 2 }).kind, undefined);
      assert.equal(editorLink({ range: range(0, 0, 1), target: uri }).target?.toString(), uri);
      const selection = editorSelection({ range: range(0, 2, 3), parent: { range: range(0, 0, 9) } });
      assert.deepEqual(selection.parent?.range, new Range(0, 0, 0, 9));
    });
  });
}
