import assert from "node:assert/strict";
import { suite, teardown, test } from "mocha";
import {
  type CodeLens,
  ConfigurationTarget,
  commands,
  DiagnosticSeverity,
  type DocumentSymbol,
  type FoldingRange,
  languages,
  Range,
  type TextEditor,
  type Uri,
  workspace,
} from "vscode";
import { closeEverything, eventually, openText } from "./support.ts";

const threeRequests = `@host = localhost

### first
GET https://{{host}}/1
Accept: application/json

### second
POST https://{{host}}/2

{
  "a": 1
}

### third
{{host}}/3
`;

async function lensesOf(uri: Uri): Promise<CodeLens[]> {
  return commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", uri, 100);
}

async function replaceLine(editor: TextEditor, line: number, text: string): Promise<void> {
  await editor.edit((edit) => edit.replace(editor.document.lineAt(line).range, text));
}

export function language(): void {
  suite("request files", () => {
    teardown(closeEverything);

    test("have their language", async () => {
      const document = await workspace.openTextDocument({ language: "https", content: "" });
      assert.equal(document.languageId, "https");
      assert.ok((await languages.getLanguages()).includes("https"));
    });

    test("show a problem where it is, and drop it once it is corrected", async () => {
      const editor = await openText("GET https://localhost/\nAccept application/json\n");
      const { uri } = editor.document;
      const [problem] = await eventually("a problem appears", () => {
        const found = languages.getDiagnostics(uri);
        return found.length > 0 && found;
      });
      assert.equal(problem?.severity, DiagnosticSeverity.Error);
      assert.equal(problem.source, "Padlock");
      assert.equal(problem.range.start.line, 1);
      await replaceLine(editor, 1, "Accept: application/json");
      await eventually("the problem goes away", () => languages.getDiagnostics(uri).length === 0);
    });

    test("show Send above the line of each request", async () => {
      const { document } = await openText(threeRequests);
      const lenses = await eventually("three lenses", async () => {
        const found = await lensesOf(document.uri);
        return found.length === 3 && found;
      });
      assert.deepEqual(
        lenses.map(({ command, range }) => [command?.title, range.start.line]),
        [
          ["$(play) Send", 3],
          ["$(play) Send", 7],
          ["$(play) Send", 14],
        ],
      );
    });

    test("show no Send where the setting says so", async () => {
      const { document } = await openText(threeRequests);
      const configuration = workspace.getConfiguration("padlock");
      await configuration.update("codeLens.enabled", false, ConfigurationTarget.Global);
      try {
        await eventually("the lenses go away", async () => (await lensesOf(document.uri)).length === 0);
      } finally {
        await configuration.update("codeLens.enabled", undefined, ConfigurationTarget.Global);
      }
      await eventually("the lenses come back", async () => (await lensesOf(document.uri)).length === 3);
    });

    test("have an outline with each request", async () => {
      const { document } = await openText(threeRequests);
      const symbols = await eventually("an outline", () =>
        commands.executeCommand<DocumentSymbol[] | undefined>("vscode.executeDocumentSymbolProvider", document.uri),
      );
      const names = symbols.map(({ name }) => name).join("\n");
      for (const title of ["first", "second", "third"]) assert.match(names, new RegExp(title));
      for (const { range, selectionRange } of symbols) assert.ok(range.contains(selectionRange));
    });

    test("fold each request", async () => {
      const { document } = await openText(threeRequests);
      const ranges = await eventually("folding ranges", () =>
        commands.executeCommand<FoldingRange[] | undefined>("vscode.executeFoldingRangeProvider", document.uri),
      );
      const whole = new Range(0, 0, document.lineCount, 0);
      for (const { start, end } of ranges) assert.ok(start < end && whole.contains(new Range(start, 0, end, 0)));
      assert.ok(
        ranges.some(({ start }) => start === 6),
        JSON.stringify(ranges),
      );
    });
  });
}
