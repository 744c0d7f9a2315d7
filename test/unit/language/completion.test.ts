import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type CompletionItem, InsertTextFormat, MarkupContent, TextEdit } from "vscode-languageserver-types";
import type { JsonShape, KnownResponse } from "../../../src/common/known-response.ts";
import { completion } from "../../../src/language/completion/completion.ts";
import { LanguageDocument } from "../../../src/language/document.ts";
import { headerFields } from "../../../src/language/facts/header-fields.ts";
import { directiveFacts } from "../../../src/syntax/index.ts";
import { anyText } from "../syntax/generators.ts";
import { marked } from "./marked.ts";
import { createMemoryHost, testUri, variable } from "./memory-host.ts";

type World = NonNullable<Parameters<typeof createMemoryHost>[0]>;

async function itemsAt(source: string, world: World): Promise<{ document: LanguageDocument; items: CompletionItem[] }> {
  const { text, cursors } = marked(source);
  const document = new LanguageDocument(testUri, 1, text);
  const position = document.lines.positionAt(cursors[0] ?? 0);
  const { items } = await completion(document, position, createMemoryHost(world));
  return { document, items };
}

/** What an editor would show: the items that what is typed matches, best first. */
function shown({ document, items }: { document: LanguageDocument; items: CompletionItem[] }, source: string): string[] {
  const cursor = marked(source).cursors[0] ?? 0;
  return items
    .filter(({ textEdit, filterText = "" }) => {
      assert.ok(textEdit && "range" in textEdit);
      const typed = document.text.slice(document.lines.offsetAt(textEdit.range.start), cursor);
      return filterText.toLowerCase().startsWith(typed.toLowerCase());
    })
    .sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
    .map(({ label }) => label);
}

/** The first labels that are shown at `|`. */
async function assertFirst(source: string, labels: readonly string[], world: World = {}): Promise<void> {
  const found = shown(await itemsAt(source, world), source);
  assert.deepEqual(found.slice(0, labels.length), labels, source);
}

async function assertAll(source: string, labels: readonly string[], world: World = {}): Promise<void> {
  assert.deepEqual(shown(await itemsAt(source, world), source), labels, source);
}

/** The text once an item was chosen; `|` is the cursor of a snippet. */
async function assertChosen(source: string, label: string, expected: string, world: World = {}): Promise<void> {
  const { document, items } = await itemsAt(source, world);
  const item = items.find((candidate) => candidate.label === label);
  assert.ok(item?.textEdit && "range" in item.textEdit, `${source}: ${label} in ${items.map((each) => each.label)}`);
  const { start, end } = item.textEdit.range;
  const isSnippet = item.insertTextFormat === InsertTextFormat.Snippet;
  const { newText } = item.textEdit;
  const text = isSnippet ? newText.replace(/(?<!\\)\$0/, "|").replace(/\\([\\$}])/g, "$1") : newText;
  const from = document.lines.offsetAt(start);
  assert.equal(document.text.slice(0, from) + text + document.text.slice(document.lines.offsetAt(end)), expected);
}

const value: JsonShape = { kind: "value" };
const object = (properties: Record<string, JsonShape>): JsonShape => ({
  kind: "object",
  properties: new Map(Object.entries(properties)),
});

const login: KnownResponse = {
  status: 200,
  headerNames: ["Content-Type", "X-Trace", "bad name"],
  shape: object({
    token: value,
    "odd '}} name": value,
    items: { kind: "array", items: object({ id: value, owner: object({ name: value }) }) },
  }),
};

const world: World = {
  secrets: [
    { name: "API_TOKEN", hosts: ["api.example.com"], isSet: true },
    { name: "DB_PASS", hosts: [], isSet: false },
  ],
  dotenvNames: ["LOCAL_KEY"],
  environment: {
    name: "dev",
    names: ["dev"],
    variables: [variable("tenant", "acme"), variable("clientKey", undefined), variable("host", "other")],
  },
  responses: { login },
  files: {
    "file:///project/shared.https": "@region = eu\n# @name ping\nGET https://a.test/ping\n",
    "file:///project/bodies/user.json": "{}",
    "file:///project/bodies/deep/more.json": "{}",
    "file:///project/.hidden": "",
    "file:///project/notes.txt": "",
  },
};

describe("completion of request lines", () => {
  test("offers methods at the start, the most usual first", async () => {
    await assertFirst("|", ["GET", "POST", "PUT", "PATCH", "DELETE"]);
    await assertFirst("# comment\n\nP|", ["POST", "PUT", "PATCH"]);
    await assertFirst("### One\nGET https://a.test\n\n### Two\nDE|", ["DELETE"]);
    await assertFirst("PU|T https://a.test", ["PUT", "PURGE"]);
    await assertFirst("\uFEFFPU|", ["PUT", "PURGE"]);
  });

  test("replaces the whole word and adds a blank where there is none", async () => {
    await assertChosen("P|ST https://a.test", "POST", "POST https://a.test");
    await assertChosen("po|", "POST", "POST ");
    await assertChosen("###\n  d|", "DELETE", "###\n  DELETE ");
  });

  test("offers what other URLs of the file start with, then the scheme", async () => {
    const file = "GET https://api.test/a\n###\nGET {{base}}/b\n###\nPUT https://api.test/c\n###\n";
    await assertAll(`${file}GET |`, ["https://api.test", "{{base}}", "https://"]);
    await assertAll(`${file}GET https://ap|`, ["https://api.test"]);
    await assertChosen(`${file}GET https://ol|d.test/x?y`, "https://api.test", `${file}GET https://api.test/x?y`);
    await assertAll(`${file}GET https://api.test/us|`, []);
    await assertAll("GET https://a.te|st/", []);
  });

  test("offers variables that hold a URL", async () => {
    const environment = { name: "dev", names: ["dev"], variables: [variable("base", "https://dev.test")] };
    const file = "@api = https://a.test\n@id = 7\n###\n";
    await assertAll(`${file}GET |`, ["{{api}}", "{{base}}", "https://"], { environment });
    await assertChosen(`${file}GET ba|/x`, "{{base}}", `${file}GET {{base}}/x`, { environment });
  });

  test("offers the HTTP version behind the URL", async () => {
    await assertAll("GET https://a.test/ |", ["HTTP/1.1", "HTTP/2"]);
    await assertAll("GET https://a.test/{{ a b }} H|", ["HTTP/1.1", "HTTP/2"]);
    await assertAll("GET https://a.test/ HTTP/2|", ["HTTP/2"]);
    await assertChosen("GET https://a.test ht|", "HTTP/1.1", "GET https://a.test HTTP/1.1");
  });

  test("offers nothing in titles, comments, scripts, prose and bodies", async () => {
    for (const source of [
      "### G|",
      "# G|",
      "GET https://a.test\n# G|",
      "POST https://a.test\n\nG|",
      'POST https://a.test\n\n{ "G|": 1 }',
      "@na|me = 1",
      "< {%\nG|\n%}\nGET https://a.test",
      "GET https://a.test\n\n> {%\n  client.|\n%}",
    ]) {
      await assertAll(source, []);
    }
  });
});

describe("completion of headers", () => {
  test("offers names, the usual ones first and those that are there last", async () => {
    await assertFirst("GET https://a.test\n|", ["Accept", "Authorization", "Content-Type"]);
    await assertFirst("GET https://a.test\nCon|\n\nbody", ["Content-Type", "Connection"]);
    await assertFirst("GET https://a.test\nAccept: */*\nAcc|", ["Accept-Charset"]);
    assert.equal(headerFields.length > 85, true);
  });

  test("adds a colon where there is none", async () => {
    await assertChosen("GET https://a.test\nacc|", "Accept", "GET https://a.test\nAccept: ");
    await assertChosen("GET https://a.test\nAc|cpt: */*", "Accept", "GET https://a.test\nAccept: */*");
  });

  test("offers values by name", async () => {
    await assertFirst("POST https://a.test\nContent-Type: |", ["application/json"]);
    await assertFirst("POST https://a.test\ncontent-type: application/json; |", ["charset=utf-8"]);
    await assertFirst("GET https://a.test\nAccept: text/html, application/x|", ["application/x-www-form-urlencoded"]);
    await assertFirst("GET https://a.test\nAccept-Encoding: gzip, |", ["gzip", "br", "zstd"]);
    await assertFirst("GET https://a.test\nCache-Control: no-|", ["no-cache", "no-store"]);
    await assertAll("GET https://a.test\nX-Own: |", []);
    await assertAll("GET https://a.test\nAuthorization: Bearer x|", []);
    await assertAll("GET https://a.test:8443/x\nHost: |", ["a.test:8443"]);
  });

  test("offers whole references as credentials", async () => {
    const head = "GET https://a.test\nAuthorization: Bearer ";
    await assertChosen(`${head}|`, "$env.API_TOKEN", `${head}{{$env.API_TOKEN}}`, world);
    await assertChosen(`${head}ten|x`, "tenant", `${head}{{tenant}}`, world);
    await assertChosen(`${head}|`, "$base64", `${head}{{$base64 |}}`, world);
  });

  test("offers names and values above the parts of a body", async () => {
    const body = "POST https://a.test\nContent-Type: multipart/form-data; boundary=b\n\n--b\n";
    await assertAll(`${body}Content-D|`, ["Content-Disposition"]);
    await assertFirst(`${body}Content-Disposition: form-data\nContent-Type: app|`, ["application/json"]);
    await assertAll(`${body}\nContent-|`, []);
    await assertAll(`${body.replace("multipart", "text")}Content-|`, []);
  });

  test("replaces one entry of a list", async () => {
    const head = "GET https://a.test\n";
    await assertChosen(`${head}Accept: te|xt/x;q=1, */*`, "text/html", `${head}Accept: text/html;q=1, */*`);
    await assertChosen(`${head}Authorization: B|`, "Bearer", `${head}Authorization: Bearer {{|}}`);
    await assertChosen(`${head}Authorization: B|`, "Basic", `${head}Authorization: {{$basic |}}`);
  });
});

describe("completion of directives", () => {
  test("offers them behind the at sign, with what they take", async () => {
    await assertFirst("# @na|\nGET https://a.test", ["name"]);
    await assertFirst("//@no-l|", ["no-log"]);
    await assertChosen("# @ti|", "timeout", "# @timeout ");
    await assertChosen("# @no|", "no-redirect", "# @no-redirect");
    await assertChosen("# @tim|e 5s", "timeout", "# @timeout 5s");
    await assertFirst("POST https://a.test\n\nbody\n\n# @na|\n### Next", ["name"]);
    await assertAll("GET https://a.test\n# @na|", []);
    await assertAll("POST https://a.test\n\nbody\n# @na|", []);
  });

  test("says of directives that are not carried out yet that they refuse the request", async () => {
    const { items } = await itemsAt("# @|", {});
    const last = items.toSorted((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1)).at(-1);
    for (const label of [...directiveFacts].flatMap(([name, { supported }]) => (supported ? [] : [name]))) {
      const item = items.find((each) => each.label === label);
      assert.ok(MarkupContent.is(item?.documentation));
      assert.match(item.documentation.value, /is not sent\.$/);
      assert.equal(directiveFacts.get(last?.label ?? "")?.supported, false);
    }
  });

  test("offers values by directive", async () => {
    const file = "# @name one\n# @tag smoke, slow\nGET https://a.test\n### Two\nPUT https://a.test\n### Three\n";
    await assertAll(`${file}# @ref |\nGET https://a.test`, ["one", "Two"]);
    await assertAll(`${file}# @tag slow,s|\nGET https://a.test`, ["smoke", "slow"]);
    await assertAll("import shared.https\n# @ref |", ["ping"], world);
    await assertAll("# @name both\nrun #a\nrun #b\n###\n# @ref |\nGET https://a.test", ["both"]);
    await assertAll("# @prompt |", []);
    await assertFirst("# @timeout |", ["500ms", "1s"]);
    await assertFirst("# @retry 3 |", ["every"]);
    await assertFirst("# @retry 3 every |", ["500ms"]);
    await assertFirst("# @retry 3 every 1s |", ["unsafe"]);
    await assertFirst("# @expect-failure |", ["tls.expired"]);
    await assertFirst("@a = 1\n###\n# @prompt |\nGET https://a.test/{{a}}/{{user}}/{{%user}}", ["user"]);
    await assertFirst("# @import |", ["shared.https", "bodies/"], world);
  });

  test("offers queries and predicates", async () => {
    await assertFirst("# @assert st|", ["status"]);
    await assertFirst("# @assert status |", ["==", "!="]);
    await assertFirst("# @assert status not o|", ["one-of"]);
    await assertFirst("# @assert header Content-Type st|", ["starts-with"]);
    await assertFirst("# @assert status == 2|", ["200", "201"]);
    await assertAll("# @assert tls.verified not == |", ["true", "false"]);
    await assertAll("# @assert body contains |", []);
    await assertFirst("# @assert tls.certificate.d|", ["tls.certificate.daysLeft"]);
    await assertFirst("# @capture s|", ["secret"]);
    await assertFirst("# @capture token = st|", ["status"]);
    await assertFirst("# @name login\n# @capture token = body.$.t|\nGET https://a.test", ["token"], world);
    await assertFirst("# @name login\n# @assert header |\nGET https://a.test", ["Content-Type", "X-Trace"], world);
    await assertChosen("# @capture token = |", "header", "# @capture token = header ");
    await assertFirst("@code = 1\n# @assert status == {{|}}\nGET https://a.test", ["code"]);
  });
});

describe("completion of references", () => {
  test("offers variables with values, requests, secrets by name and dynamic values", async () => {
    const source = "@host = a.test\n# @prompt user\n# @name login\nGET https://a.test/{{|}}";
    await assertAll(
      `import shared.https\n${source.replace("{{", "{{%")}`,
      ["host", "user", "region", "clientKey", "tenant"],
      world,
    );
    await assertFirst(
      `import shared.https\n${source}`,
      ["host", "user", "region", "clientKey", "tenant", "login", "ping", "$env.API_TOKEN", "$env.DB_PASS"],
      world,
    );
    await assertFirst("GET https://a.test/{{$env|", ["$env.API_TOKEN", "$env.DB_PASS", "$env."], world);
    const { items } = await itemsAt(source, world);
    const detail = (label: string) => items.find((item) => item.label === label)?.detail;
    assert.equal(detail("host"), "a.test");
    assert.equal(detail("tenant"), "acme");
    assert.equal(detail("clientKey"), "private");
    assert.equal(detail("$env.API_TOKEN"), "secret for api.example.com; set");
    assert.equal(detail("$env.DB_PASS"), "secret for no host; not set");
  });

  test("replaces the whole name and closes what is not closed", async () => {
    const variables = "@host = a.test\n";
    for (const [typed, expected] of [
      ["GET https://{{ho|", "GET https://{{host}}"],
      ["GET https://{{h|st}}/x", "GET https://{{host}}/x"],
      ["GET https://{{ |", "GET https://{{ host}}"],
      ["GET https://{{|/x?y={{z}}", "GET https://{{host}}/x?y={{z}}"],
      ["GET https://{{ho|}/x", "GET https://{{host}}/x"],
      ['POST https://a.test\n\n{"a":{"b":{{h|}}', 'POST https://a.test\n\n{"a":{"b":{{host}}'],
      [
        'POST https://a.test\n\n{"a": "{{|", "b": {"c": {}}}',
        'POST https://a.test\n\n{"a": "{{host}}", "b": {"c": {}}}',
      ],
      ["{{h|", "{{host}}"],
      ["GET https://a.test\nX: {{%h|", "GET https://a.test\nX: {{%host}}"],
      ["@b = x{{h|", "@b = x{{host}}"],
    ] as const) {
      await assertChosen(variables + typed, "host", variables + expected);
    }
  });

  test("offers nothing where braces are text", async () => {
    for (const source of [
      "@a = 1\nGET https://a.test/{{{|",
      "@a = 1\n### {{|",
      "@a = 1\n# {{|",
      "GET https://a.test\n# {{|",
    ]) {
      await assertAll(source, []);
    }
  });

  test("a definition is not offered to itself, but the one above it is", async () => {
    await assertFirst("@a = 1\n@b = {{|}}", ["a", "$env."]);
    const { items } = await itemsAt("@a = 1\n@a = {{|}}2\n", {});
    assert.equal(items[0]?.detail, "1");
  });

  test("offers names alone behind a source", async () => {
    await assertAll("GET https://a.test/{{$env.|}}", ["API_TOKEN", "DB_PASS"], world);
    await assertAll("GET https://a.test/{{$processEnv %A|}}", ["API_TOKEN"], world);
    await assertAll("GET https://a.test/{{$dotenv |", ["LOCAL_KEY"], world);
    await assertChosen("GET https://a.test/{{$env.A|PI", "API_TOKEN", "GET https://a.test/{{$env.API_TOKEN}}", world);
  });

  test("puts the cursor where arguments belong", async () => {
    await assertChosen("GET https://a.test/{{$|", "$uuid", "GET https://a.test/{{$uuid}}");
    await assertChosen("GET https://a.test/{{$|", "$base64", "GET https://a.test/{{$base64 |}}");
    await assertChosen(
      "GET https://a.test/{{$|}}",
      "$random.alphabetic",
      "GET https://a.test/{{$random.alphabetic(|)}}",
    );
    await assertFirst("GET https://a.test/{{$random.al|", ["$random.alphabetic", "$random.alphanumeric"]);
  });

  test("follows the last response of a request", async () => {
    const file = "# @name login\nPOST https://a.test\nX-Sent: 1\n###\nGET https://a.test/";
    await assertAll(`${file}{{login.|`, ["response", "request"], world);
    await assertAll(`${file}{{login.response.|}}`, ["body", "headers", "status"], world);
    await assertAll(`${file}{{login.response.headers.|}}`, ["Content-Type", "X-Trace"], world);
    await assertAll(`${file}{{login.request.headers.|}}`, ["X-Sent"], world);
    await assertAll(
      `${file}{{login.response.body.|}}`,
      ["$", "*", "token", "odd '}} name", "items", "items[0]"],
      world,
    );
    await assertAll(`${file}{{login.response.body.to|}}`, ["token"], world);
    await assertChosen(`${file}{{login.response.body.to|`, "token", `${file}{{login.response.body.$.token}}`, world);
    await assertAll(`${file}{{login.response.body.$.|}}`, ["token", "items", "items[0]"], world);
    await assertAll(`${file}{{login.response.body.$.items|}}`, ["items", "items[0]"], world);
    await assertAll(`${file}{{login.response.body.$.items[|}}`, ["[0]", "[*]"], world);
    await assertAll(`${file}{{login.response.body.$.items[0].|}}`, ["id", "owner"], world);
    await assertAll(`${file}{{login.response.body.$.items[0].owner.n|}}`, ["name"], world);
    await assertAll(`${file}{{login.response.body.$['items'][*]['owner'].|}}`, ["name"], world);
    await assertAll(`${file}{{login.response.body.$.token.|}}`, [], world);
    await assertAll(`${file}{{other.response.|}}`, [], world);
    await assertAll(`${file}{{login.response.body.$.|}}`, []);
    await assertChosen(`${file}{{log|`, "login", `${file}{{login.|}}`, world);
    await assertChosen(`${file}{{login.response.body.$.t|`, "token", `${file}{{login.response.body.$.token}}`, world);
  });

  test("writes names of a server so that they stay inside the reference", async () => {
    const file = "# @name login\nPOST https://a.test\n###\nGET https://a.test/";
    const expected = `${file}{{login.response.body.$['odd \\u0027\\u007d\\u007d name']}}`;
    await assertChosen(`${file}{{login.response.body.$|}}`, "odd '}} name", expected, world);
  });
});

describe("completion of paths", () => {
  test("offers the entries of the folder, hidden ones last", async () => {
    await assertAll("POST https://a.test\n\n< |", ["notes.txt", "shared.https", "bodies/", ".hidden"], world);
    await assertAll("POST https://a.test\n\n<@ ./bodies/|", ["user.json", "deep/"], world);
    await assertAll("POST https://a.test\n\n<@latin1 bodies/deep/m|", ["more.json"], world);
    await assertAll("GET https://a.test\n\n>>! bodies/|", ["user.json", "deep/"], world);
    await assertAll("import |", ["shared.https", "bodies/"], world);
    await assertAll("run sh|", ["shared.https"], world);
    await assertAll("run |\n###\n# @name own\nGET https://a.test", ["#own", "shared.https", "bodies/"], world);
    await assertChosen(
      "run #|o (@a = 1)\n###\n# @name own\nGET https://a.test",
      "own",
      "run #own (@a = 1)\n###\n# @name own\nGET https://a.test",
    );
    await assertChosen(
      "POST https://a.test\n\n< bo|x/user.json",
      "bodies/",
      "POST https://a.test\n\n< bodies/user.json",
      world,
    );
    await assertAll("POST https://a.test\n\n< /etc/|", [], world);
  });

  test("offers requests behind the number sign of run", async () => {
    await assertAll("import shared.https\nrun #|\n###\n# @name own\nGET https://a.test", ["own", "ping"], world);
    await assertAll("run ./shared.https #p|", ["ping"], world);
    await assertAll("run ./absent.https #|", [], world);
  });
});

describe("for any text", () => {
  test("completion answers everywhere, with ranges on the cursor's line around the cursor", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyText,
        fc.constantFrom("", "{{", "{{login.response.body.$.", "# @assert ", "< "),
        fc.nat(250),
        async (text, typed, at) => {
          const offset = Math.min(at, text.length);
          const document = new LanguageDocument(testUri, 1, text.slice(0, offset) + typed + text.slice(offset));
          const position = document.lines.positionAt(offset + typed.length);
          const { items } = await completion(document, position, createMemoryHost(world));
          for (const { textEdit, label } of items) {
            assert.ok(label !== "" && textEdit && TextEdit.is(textEdit) && !textEdit.newText.includes("\n"));
            const { start, end } = textEdit.range;
            assert.ok(start.line === position.line && end.line === position.line);
            assert.ok(start.character <= position.character && position.character <= end.character);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a file of 5,000 lines is answered in 20 ms", async () => {
    const blocks = Array.from(
      { length: 625 },
      (_, i) =>
        `### Request ${i}\n# @name r${i}\n@v${i} = {{v${i - 1}}}\nPOST https://a.test/{{v${i}}}\nAccept: */*\n\n{"a": {{v${i}}}}\n`,
    );
    const text = `${blocks.join("\n")}\nGET https://{{`;
    const host = createMemoryHost(world);
    let best = Number.POSITIVE_INFINITY;
    for (let version = 0; version < 30 && best >= 20; version++) {
      const document = new LanguageDocument(testUri, version, `${text}${version}`);
      const position = document.lines.positionAt(text.length);
      const start = performance.now();
      const { items } = await completion(document, position, host);
      best = Math.min(best, performance.now() - start);
      assert.ok(items.length > 1200);
    }
    assert.ok(best < 20, `${best} ms`);
  });
});
