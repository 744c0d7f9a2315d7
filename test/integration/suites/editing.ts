import assert from "node:assert/strict";
import { suite, teardown, test } from "mocha";
import {
  type CodeAction,
  type CompletionList,
  commands,
  type DocumentLink,
  type Hover,
  type Location,
  languages,
  MarkdownString,
  Position,
  Range,
  type SelectionRange,
  type SemanticTokens,
  type SemanticTokensLegend,
  type TextDocument,
  type TextEdit,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { closeEverything, eventually, openText } from "./support.ts";

const text = `@host = localhost

### first
# @name first
GET https://{{host}}/1
Accept: application/json

### second
GET https://{{host}}/2?x={{first.response.body.$.id}}
`;

/** The place of `marker`, moved by `by` characters. */
function at(document: TextDocument, marker: string, by = 0): Position {
  const offset = document.getText().indexOf(marker);
  assert.ok(offset >= 0, marker);
  return document.positionAt(offset + by);
}

async function ask<T>(command: string, ...args: readonly unknown[]): Promise<T> {
  return commands.executeCommand<T>(command, ...args);
}

/** The labels of the completions at a place. */
export async function completionsAt({ uri }: TextDocument, position: Position): Promise<string[]> {
  const { items } = await ask<CompletionList>("vscode.executeCompletionItemProvider", uri, position);
  return items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

/** What the hovers at a place say. */
export async function hoverText({ uri }: TextDocument, position: Position): Promise<string> {
  const hovers = await ask<Hover[]>("vscode.executeHoverProvider", uri, position);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((part) => (part instanceof MarkdownString ? part.value : String(part))).join("\n");
}

export function editing(): void {
  suite("editing", () => {
    teardown(closeEverything);

    test("completes methods, header names and variables", async () => {
      const { document } = await openText(`${text}\n### third\nGET https://{{\nAcc\n\n### fourth\nPO`);
      assert.ok((await completionsAt(document, at(document, "Acc\n", 3))).includes("Accept"));
      assert.ok((await completionsAt(document, at(document, "PO", 2))).some((label) => label.startsWith("POST")));
      assert.ok((await completionsAt(document, at(document, "{{\n", 2))).some((label) => label.includes("host")));
    });

    test("says on hover what a variable is and what a header is for", async () => {
      const { document } = await openText(text);
      assert.match(await hoverText(document, at(document, "{{host}}", 3)), /localhost/);
      assert.notEqual(await hoverText(document, at(document, "Accept", 2)), "");
    });

    test("goes to a definition, and finds the references", async () => {
      const { document } = await openText(text);
      const { uri } = document;
      const inReference = at(document, "{{host}}", 3);
      const [definition] = await ask<Location[]>("vscode.executeDefinitionProvider", uri, inReference);
      assert.equal(definition?.range.start.line, 0);
      const references = await ask<Location[]>("vscode.executeReferenceProvider", uri, inReference);
      assert.deepEqual(references.map(({ range }) => range.start.line).sort(), [0, 4, 8]);
    });

    test("renames a variable with all its references, and says where nothing can be renamed", async () => {
      const { document } = await openText(text);
      const { uri } = document;
      const edit = await ask<WorkspaceEdit>(
        "vscode.executeDocumentRenameProvider",
        uri,
        at(document, "@host", 2),
        "server",
      );
      assert.ok(await workspace.applyEdit(edit));
      assert.equal(document.getText(), text.replaceAll("host}}", "server}}").replace("@host", "@server"));
      await assert.rejects(
        ask("vscode.prepareRename", uri, at(document, "application/json", 3)),
        /Place the cursor in the name/,
      );
    });

    test("formats the document, and has nothing more to change then", async () => {
      const { document } = await openText(
        "GET    https://localhost/1\nAccept:application/json\n\n\n\n###   second\nGET /2\nHost:a\n",
      );
      const format = () => ask<TextEdit[] | undefined>("vscode.executeFormatDocumentProvider", document.uri, {});
      const edits = await format();
      assert.ok(edits && edits.length > 0);
      const edit = new WorkspaceEdit();
      edit.set(document.uri, edits);
      await workspace.applyEdit(edit);
      assert.match(document.getText(), /^GET https:\/\/localhost\/1\nAccept: application\/json\n/);
      assert.deepEqual((await format()) ?? [], []);
    });

    test("offers to correct a header without colon", async () => {
      const { document } = await openText("GET https://localhost/\nAccept application/json\n");
      const { uri } = document;
      await eventually("a problem", () => languages.getDiagnostics(uri).length > 0);
      const line = document.lineAt(1).range;
      const actions = await ask<CodeAction[]>("vscode.executeCodeActionProvider", uri, line, "quickfix");
      const fix = actions.find(({ title }) => title.includes("colon"));
      assert.ok(fix?.edit, actions.map(({ title }) => title).join(", "));
      await workspace.applyEdit(fix.edit);
      assert.equal(document.lineAt(1).text, "Accept: application/json");
      await eventually("the problem goes away", () => languages.getDiagnostics(uri).length === 0);
    });

    test("has semantic tokens with their names", async () => {
      const { document } = await openText(text);
      const { uri } = document;
      const { tokenTypes } = await ask<SemanticTokensLegend>("vscode.provideDocumentSemanticTokensLegend", uri);
      const { data } = await ask<SemanticTokens>("vscode.provideDocumentSemanticTokens", uri);
      assert.ok(tokenTypes.includes("variable"));
      assert.ok(data.length > 0 && data.length % 5 === 0);
      for (let index = 3; index < data.length; index += 5) assert.ok((data[index] ?? 99) < tokenTypes.length);
    });

    test("links files and widens a selection", async () => {
      const { document } = await openText("POST https://localhost/\n\n< ./hello.https\n");
      const { uri } = document;
      const links = await ask<DocumentLink[]>("vscode.executeLinkProvider", uri);
      assert.ok(
        links.some(({ target }) => target?.path.endsWith("/hello.https")),
        JSON.stringify(links),
      );
      const place = new Position(0, 10);
      const [selection] = await ask<SelectionRange[]>("vscode.executeSelectionRangeProvider", uri, [place]);
      assert.ok(selection?.parent);
      assert.ok(selection.parent.range.contains(selection.range));
      assert.ok(selection.range.contains(new Range(place, place)));
    });

    test("levels of diagnostics follow the setting at once", async () => {
      const { document } = await openText("BREW https://localhost/\n");
      const found = () =>
        languages.getDiagnostics(document.uri).some(({ code }) => JSON.stringify(code).includes("unknown-method"));
      await eventually("the method is reported", found);
      const configuration = workspace.getConfiguration("padlock");
      await configuration.update("diagnostics", { "request.unknown-method": "off" }, true);
      try {
        await eventually("it is reported no more", () => !found());
      } finally {
        await configuration.update("diagnostics", undefined, true);
      }
    });
  });
}
