import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LanguageHost } from "../../../src/language/host.ts";
import { definition } from "../../../src/language/navigation/definition.ts";
import { references } from "../../../src/language/navigation/references.ts";
import { prepareRename, rename } from "../../../src/language/navigation/rename.ts";
import { applyEdits } from "./apply-edits.ts";
import { createMemoryHost, testUri, variable } from "./memory-host.ts";
import { cursor, markedLocations, open, textAt } from "./navigation-helpers.ts";

/** The cursor marks are where definition is asked for; the range marks are what it must give. */
async function assertDefinition(source: string, host: LanguageHost = createMemoryHost()): Promise<void> {
  const opened = open(source);
  for (const index of opened.cursors.keys()) {
    assert.deepEqual(await definition(opened.document, cursor(opened, index), host), markedLocations(opened), source);
  }
}

describe("go to definition", () => {
  test("takes the nearest variable above, else the first below", async () => {
    await assertDefinition("@a = 1\n@«a» = 2\nGET https://{{|a}}.test\n###\n@a = 3\n");
    await assertDefinition("GET https://{{a|}}.test\n###\n@«a» = 3\n###\n@a = 4\n");
    await assertDefinition("@a = 1\n@«a» = 2\n@b = {{ a| }}{{a}}\n@a = 4\n");
    await assertDefinition("@«a» = 1\nGET https://a.test\nA: {{%a|}}\n\n{ {{a|}} }\n");
  });

  test("of a definition is itself, of touching references the one that starts", async () => {
    await assertDefinition("@«a|» = 1\n@a = 2\n");
    await assertDefinition("@a = 1\n@«b» = 2\nGET https://{{a}}|{{b}}\n");
  });

  test("goes to questions and captures", async () => {
    await assertDefinition("@a = 1\n###\n# @prompt «a» What?\nGET https://{{a|}}.test\n");
    await assertDefinition(
      "### x\n# @capture secret «t» = body.$.t\nGET https://b.test\n###\nGET https://a.test/{{t|}}\n",
    );
  });

  test("knows names among the arguments of dynamic values", async () => {
    await assertDefinition("@«user» = 1\nGET https://a.test/\nAuthorization: {{$basic us|er $env.PASS}}\n");
  });

  test("knows references inside cURL commands, directives and run lines", async () => {
    await assertDefinition("@«a» = 1\n###\ncurl 'https://a.test' -H 'A: {{a|}}'\n");
    await assertDefinition("@«a» = 1\n###\n# @assert status == {{a|}}\nGET https://a.test\n");
    await assertDefinition("@«a» = 1\n###\n# @name x\nGET https://a.test\n###\nrun #x (@a| = {{a|}})\n");
  });

  test("knows references in the path that a response is written to", async () => {
    await assertDefinition("@«a» = 1\n###\nGET https://a.test\n\n>> out/{{a|}}.json\n");
  });

  test("finds requests by name or title", async () => {
    const login = "### One\n# @name «login»\nGET https://a.test\n### Two\n";
    await assertDefinition(`${login}# @ref log|in\nGET https://b.test/{{login.response.body.$|.t}}\n`);
    await assertDefinition(`${login}run #lo|gin\n`);
    await assertDefinition("### «Log in»\nGET https://a.test\n### Two\n# @ref Log| in\nGET https://b.test\n");
  });

  test("goes to files", async () => {
    const file = async (source: string) => {
      const opened = open(source);
      const found = await definition(opened.document, cursor(opened), createMemoryHost());
      return found.map(({ uri, range }) => [uri, range.start]);
    };
    const start = { line: 0, character: 0 };
    assert.deepEqual(await file("POST https://a.test\n\n< ./b|.json\n"), [["file:///project/b.json", start]]);
    assert.deepEqual(await file("import ./b|.https\n"), [["file:///project/b.https", start]]);
    assert.deepEqual(await file("run ./b|.https #x\n"), [["file:///project/b.https", start]]);
    assert.deepEqual(await file("POST https://a.test\n\n< ./{{b|}}.json\n"), []);
  });

  test("looks in imported files, through their imports too", async () => {
    const host = createMemoryHost({
      files: {
        "file:///project/one.https": "import ./two.https\n@a = 1\n@a = 2\n",
        "file:///project/two.https": "### x\n# @name login\nGET https://a.test\n",
      },
    });
    const at = async (source: string) => {
      const opened = open(`import ./one.https\n${source}`);
      return definition(opened.document, cursor(opened), host);
    };
    const range = (line: number, from: number, to: number) => ({
      start: { line, character: from },
      end: { line, character: to },
    });
    assert.deepEqual(await at("GET https://{{a|}}\n"), [{ uri: "file:///project/one.https", range: range(2, 1, 2) }]);
    assert.deepEqual(await at("# @ref log|in\nGET https://a.test\n"), [
      { uri: "file:///project/two.https", range: range(1, 8, 13) },
    ]);
  });

  test("goes to the environment file: the active environment before the shared one", async () => {
    const at = (name: string, line: number, environment: string) => ({
      ...variable(name, "x", environment),
      location: { file: "http-client.env.json", line, column: 5, endColumn: 8 },
    });
    const host = createMemoryHost({
      environment: {
        name: "dev",
        names: ["dev", "prod"],
        variables: [at("host", 9, "prod"), at("host", 2, "$shared"), at("host", 4, "dev")],
      },
    });
    const opened = open("GET https://{{host|}}/\n");
    assert.deepEqual(await definition(opened.document, cursor(opened), host), [
      {
        uri: "file:///project/http-client.env.json",
        range: { start: { line: 3, character: 4 }, end: { line: 3, character: 7 } },
      },
    ]);
  });

  test("gives nothing for what nothing defines", async () => {
    await assertDefinition("GET https://{{nowhere|}}/|\n\n|{{$uuid|}}\n");
  });
});

async function assertReferences(source: string, includeDeclaration = true): Promise<void> {
  const opened = open(source);
  for (const index of opened.cursors.keys()) {
    const found = await references(opened.document, cursor(opened, index), includeDeclaration, createMemoryHost());
    const inOrder = found.sort(
      ({ range: a }, { range: b }) => a.start.line - b.start.line || a.start.character - b.start.character,
    );
    assert.deepEqual(inOrder, markedLocations(opened), source);
  }
}

describe("references", () => {
  test("of a variable are those that take the same definition", async () => {
    await assertReferences("@«a|» = 1\nGET https://{{«a»}}/{{ «a|» }}\n###\n@a = 2\nGET https://{{a}}/\n");
    await assertReferences("@a = 1\nGET https://{{a}}\n###\n@«a|» = 2\n@b = {{«a»}}\nGET https://{{%«a|»}}/\n");
    await assertReferences("@a| = 1\nGET https://{{«a»}}/\n", false);
  });

  test("of a request are its directive, @ref, run and parts of its response", async () => {
    await assertReferences(
      "### T\n# @name «one|»\nGET https://a.test\n###\n# @ref «one|»\nGET https://b.test/{{«one|».response.status}}\n###\nrun #«one|»\n",
    );
  });

  test("of a name that nothing in the file defines are its uses", async () => {
    await assertReferences("GET https://{{«a|»}}/{{«a»}}\n");
  });
});

function renamed(source: string, newName: string): string | undefined {
  const opened = open(source);
  const edit = rename(opened.document, cursor(opened), newName);
  return edit && applyEdits(opened.document, edit.changes?.[testUri] ?? []);
}

describe("rename", () => {
  test("gives a variable another name everywhere in the file", () => {
    const source =
      "@a = 1\n@b = {{a}}\nGET https://{{|a}}/{{%a}}\n###\n@a = 2\n# @prompt aa\ncurl 'https://x.test/{{a}}'\n";
    assert.equal(
      renamed(source, "host-name"),
      "@host-name = 1\n@b = {{host-name}}\nGET https://{{host-name}}/{{%host-name}}\n###\n@host-name = 2\n# @prompt aa\ncurl 'https://x.test/{{host-name}}'\n",
    );
  });

  test("knows questions, captures and run lines", () => {
    assert.equal(
      renamed(
        "### x\n# @prompt |a What a?\nGET https://{{a}}\n###\nrun #x (@a = 1)\n###\nrun ./b.https (@a = 1)\n",
        "b",
      ),
      "### x\n# @prompt b What a?\nGET https://{{b}}\n###\nrun #x (@b = 1)\n###\nrun ./b.https (@a = 1)\n",
    );
  });

  test("gives a request another name, but keeps titles", () => {
    const source =
      "### one\n# @name o|ne\nGET https://a.test\n###\n# @ref one\n# @force-ref one\nGET https://{{one.response.body.$.one}}\n###\nrun #one\n";
    assert.equal(
      renamed(source, "first"),
      "### one\n# @name first\nGET https://a.test\n###\n# @ref first\n# @force-ref first\nGET https://{{first.response.body.$.one}}\n###\nrun #first\n",
    );
    assert.equal(renamed("### o|ne\nGET https://a.test\n###\n# @ref one\nGET https://b.test\n", "first"), undefined);
  });

  test("refuses names that are taken or would not be read as names", () => {
    const source = "@a| = 1\n@b = 2\nGET https://{{a}}/{{c}}\n";
    for (const name of ["b", "c", "", "x y", "x=y", "{{x}}", "x}", "$x", "%x", "x.response", "x\ny"]) {
      assert.equal(renamed(source, name), undefined, name);
    }
    const request = "### x\n# @name a|\nGET https://a.test\n### Taken\nGET https://{{a.response.status}}\n";
    for (const name of ["Taken", "", "x y", "x.response"]) assert.equal(renamed(request, name), undefined, name);
    assert.equal(renamed(source, "a"), source.replace("|", ""));
  });

  test("is offered for the name alone, and only where the file defines it", () => {
    const opened = open("@a = 1\nGET https://{{ a| }}/{{b|}}|\n# @ref| x\n");
    const prepared = prepareRename(opened.document, cursor(opened));
    assert.ok(prepared);
    assert.equal(textAt(opened.document, prepared.range), "a");
    assert.equal(prepared.placeholder, "a");
    for (const index of [1, 2, 3]) assert.equal(prepareRename(opened.document, cursor(opened, index)), undefined);
  });
});
