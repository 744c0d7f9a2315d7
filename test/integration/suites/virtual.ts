import assert from "node:assert/strict";
import { suite, suiteSetup, suiteTeardown, teardown, test } from "mocha";
import {
  type CodeLens,
  commands,
  type Disposable,
  type DocumentSymbol,
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  FileType,
  languages,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { type Demo, startDemo } from "../../../src/demo/index.ts";
import { hoverText } from "./editing.ts";
import { closeEverything, eventually, panelTabs } from "./support.ts";

/** Files of which no disk knows, as of a repository that VS Code shows without a clone. */
class MemoryFiles implements FileSystemProvider {
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;
  readonly #content: Uint8Array;

  constructor(content: string) {
    this.#content = new TextEncoder().encode(content);
  }

  stat(): FileStat {
    return { type: FileType.File, ctime: 0, mtime: 0, size: this.#content.length };
  }

  readFile(): Uint8Array {
    return this.#content;
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  readDirectory = (): [string, FileType][] => [];
  createDirectory = (): void => undefined;
  writeFile = (): void => undefined;
  delete = (): void => undefined;
  rename = (): void => undefined;
}

/** The language works everywhere; requests go out only from a disk, next to their certificates and settings. */
export function virtual(): void {
  suite("a request file that is on no disk", () => {
    let demo: Demo;
    let files: Disposable;
    let document: TextDocument;

    suiteSetup(async () => {
      demo = await startDemo();
      const text = `@host = ${demo.servers.api.url}\n\n### one\nGET {{host}}/books\nAccept application/json\n`;
      files = workspace.registerFileSystemProvider("padlock-memory", new MemoryFiles(text));
      document = await workspace.openTextDocument(Uri.parse("padlock-memory://elsewhere/a.https"));
    });
    teardown(closeEverything);
    suiteTeardown(async () => {
      files.dispose();
      await demo.close();
    });

    test("has the language: diagnostics, outline and hover", async () => {
      assert.equal(document.languageId, "https");
      await eventually("a problem appears", () => languages.getDiagnostics(document.uri).length > 0);
      const symbols = await commands.executeCommand<DocumentSymbol[]>(
        "vscode.executeDocumentSymbolProvider",
        document.uri,
      );
      assert.ok(symbols.some(({ name }) => name === "one"));
      const place = document.positionAt(document.getText().indexOf("{{host}}") + 3);
      assert.match(await hoverText(document, place), /localhost/);
    });

    test("offers no Send, and the commands send nothing", async () => {
      const lenses = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 10);
      assert.deepEqual(lenses, []);
      await window.showTextDocument(document, ViewColumn.One);
      await commands.executeCommand("padlock.send");
      await commands.executeCommand("padlock.sendBlock", document.uri, 1);
      assert.equal(demo.servers.api.requests, 0);
      assert.deepEqual(panelTabs(), []);
    });
  });
}
