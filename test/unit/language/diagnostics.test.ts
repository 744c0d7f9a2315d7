import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Diagnostic } from "vscode-languageserver-types";
import { diagnose, diagnoseFile } from "../../../src/language/diagnostics.ts";
import { LanguageDocument } from "../../../src/language/document.ts";
import type { LanguageHost } from "../../../src/language/host.ts";
import type { ImportedNames } from "../../../src/language/rules/known-facts.ts";
import { marked } from "./marked.ts";
import { createMemoryHost, testUri, variable } from "./memory-host.ts";

interface World {
  readonly host?: LanguageHost;
  readonly imported?: ImportedNames;
  /** Only diagnostics of these codes count. */
  readonly only?: string;
}

const noHost = createMemoryHost();

function found(source: string, { host = noHost, imported, only = "" }: World = {}): Diagnostic[] {
  const document = new LanguageDocument(testUri, 1, marked(source).text);
  return diagnose(document, host, imported).filter(({ code }) => String(code).startsWith(only));
}

/** The diagnostics of a text stand exactly at its marks, with these codes. */
function assertDiagnostics(world: World, source: string, ...codes: string[]): void {
  const { text, marks } = marked(source);
  const { lines } = new LanguageDocument(testUri, 1, text);
  const diagnostics = found(source, world);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    codes,
    source,
  );
  assert.deepEqual(
    diagnostics.map(({ range }) => ({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) })),
    marks,
    source,
  );
}

function messageOf(source: string, world: World = {}): string {
  const diagnostics = found(source, world);
  assert.equal(diagnostics.length, 1, JSON.stringify(diagnostics));
  return textOf(diagnostics[0]);
}

function textOf(diagnostic: Diagnostic | undefined): string {
  return typeof diagnostic?.message === "string" ? diagnostic.message : "";
}

describe("diagnostics", () => {
  test("hold the parser's problems, in order, with positions, source and link", () => {
    const host = { ...noHost, documentation: "https://docs.test/README.md" };
    const diagnostics = found("GET https://a.test\nX-A\n\n###\nGET /x", { host });
    assert.deepEqual(
      diagnostics.map(({ message: _, ...rest }) => rest),
      [
        {
          code: "parse.header-without-colon",
          codeDescription: { href: "https://docs.test/README.md#parseheader-without-colon" },
          severity: 1,
          source: "padlock",
          range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
        },
        {
          code: "parse.host-missing",
          codeDescription: { href: "https://docs.test/README.md#parsehost-missing" },
          severity: 1,
          source: "padlock",
          range: { start: { line: 4, character: 4 }, end: { line: 4, character: 6 } },
        },
      ],
    );
  });

  test("are none for a file without faults", () => {
    assertDiagnostics(
      { host: createMemoryHost({ secrets: [{ name: "PART", hosts: ["a.test"], isSet: true }] }) },
      "@host = a.test\n### One\n# @name one\nGET https://{{host}}/{{$env.PART}}\nA-B: {{%host}}\n",
    );
  });

  test("without a host say nothing about secrets, environments and dotenv files", () => {
    const { file } = marked("GET https://a.test/{{a}}/{{$env.B}}/{{$dotenv C}}/{{$uuuid}}");
    assert.deepEqual(
      diagnoseFile(file, testUri).map(({ code }) => code),
      ["reference.unknown-dynamic"],
    );
  });

  test("in Restricted Mode say nothing about what was not read", () => {
    const source = "GET https://a.test/{{a}}/{{$env.B}}/{{$secret C}}/{{$dotenv D}}/{{$uuuid}}";
    const codes = (isRestricted: boolean) =>
      found(source, { host: createMemoryHost({ isRestricted }) }).map(({ code }) => code);
    assert.deepEqual(codes(true), ["reference.unknown-dynamic"]);
    assert.ok(codes(false).includes("secret.not-listed"));
  });

  test("have the levels of the settings", () => {
    const severityOf = (level: "off" | "hint" | "information" | "warning" | "error", code: string, source: string) =>
      found(source, { host: createMemoryHost({ ruleLevels: { [code]: level } }), only: code })[0]?.severity;
    const http = "GET http://a.test/";
    assert.equal(severityOf("error", "request.plain-http", http), 1);
    assert.equal(severityOf("hint", "request.plain-http", http), 4);
    assert.equal(severityOf("off", "request.plain-http", http), undefined);
    // What refuses the request is never hidden.
    const broken = "GET https://a.test/\nX-A";
    assert.equal(severityOf("warning", "parse.header-without-colon", broken), 2);
    assert.equal(severityOf("hint", "parse.header-without-colon", broken), 3);
    assert.equal(severityOf("off", "parse.header-without-colon", broken), 3);
    assert.equal(severityOf("off", "toString", http), undefined);
  });
});

describe("request.plain-http", () => {
  const only = { only: "request.plain-http" };
  test("warns about other machines", () => {
    assertDiagnostics(only, "GET «http://a.test/x»", "request.plain-http");
    assertDiagnostics(only, "«HTTP://user@a.test:80»", "request.plain-http");
    assertDiagnostics(only, "GET «http://127.0.0.1.a.test/»", "request.plain-http");
    assertDiagnostics(only, "GET «http://localhost@a.test/»", "request.plain-http");
    assert.match(messageOf("GET http://a.test/"), /a\.test without encryption/);
  });

  test("sees through the variables of the file", () => {
    assertDiagnostics(only, "@host = a.test\n@base = http://{{host}}\nGET «{{base}}/x»", "request.plain-http");
  });

  test("sees through the active environment, but for what is private or comes from elsewhere", () => {
    const base = "http://{{host}}";
    const variables = [variable("base", base), variable("host", "a.test"), variable("own", undefined)];
    const host = createMemoryHost({ environment: { name: "dev", names: ["dev"], variables } });
    assertDiagnostics({ ...only, host }, "GET «{{base}}/x»", "request.plain-http");
    assertDiagnostics({ ...only, host }, "@host = localhost\nGET {{base}}/x");
    assertDiagnostics({ ...only, host }, "GET http://{{own}}/x");
    assertDiagnostics({ ...only, host }, "# @prompt base\nGET {{base}}/x");
    const imported = { variables: new Set(["base"]), requests: new Set<string>() };
    assertDiagnostics({ ...only, host, imported }, "import ./b.https\nGET {{base}}/x");
    assertDiagnostics({ ...only, host }, "import ./b.https\nGET {{base}}/x");
  });

  test("takes the nearest definition", () => {
    assertDiagnostics(
      only,
      "@h = a.test\nGET «http://{{h}}»\n###\n@h = localhost\nGET http://{{h}}",
      "request.plain-http",
    );
  });

  test("allows this machine, https and hosts that are not known", () => {
    for (const url of [
      "http://localhost:8080/",
      "http://api.localhost/",
      "http://127.0.0.1/",
      "http://[::1]:1/",
      "https://a.test/",
      "a.test",
      "http://{{$env.HOST}}/",
    ]) {
      assertDiagnostics(only, `GET ${url}`);
    }
  });

  test("ends on variables that use each other", () => {
    const bombs = Array.from({ length: 30 }, (_, i) => `@v${i + 1} = {{v${i}}}{{v${i}}}`).join("\n");
    assertDiagnostics({}, `@v0 =\n${bombs}\nGET https://a.test/{{v30}}`);
  });
});

describe("request.unknown-method", () => {
  test("names the nearest method", () => {
    assertDiagnostics({}, "«GTE» https://a.test/", "request.unknown-method");
    assert.match(messageOf("GTE https://a.test/"), /Did you mean "GET"\?/);
  });

  test("leaves known and refused ones alone", () => {
    assertDiagnostics({}, "propfind https://a.test/");
    assertDiagnostics({}, "«GRPC» https://a.test/", "parse.unsupported-form");
  });
});

test("request.body-with-get tells of bodies of GET and HEAD", () => {
  assertDiagnostics({}, "«GET» https://a.test/\n\nx", "request.body-with-get");
  assertDiagnostics({}, "«head» https://a.test/\n\nx", "request.body-with-get");
  assertDiagnostics({}, "POST https://a.test/\n\nx");
});

describe("names", () => {
  test("given twice are marked, with the first one's place; titles may repeat", () => {
    const source = "# @name a\nGET https://a.test\n###\n# @name «a»\nGET https://a.test";
    assertDiagnostics({}, source, "name.duplicate");
    assert.match(messageOf(source), /line 1/);
    assert.deepEqual(found(source)[0]?.relatedInformation?.[0]?.location, {
      uri: testUri,
      range: { start: { line: 0, character: 8 }, end: { line: 0, character: 9 } },
    });
    assertDiagnostics({}, "### a\nGET https://a.test\n### a\nGET https://a.test");
  });

  test("that no request has are warnings in references, @ref and run", () => {
    assertDiagnostics(
      {},
      "# @ref «lgin»\nGET https://a.test/«{{other.response.body.$.id}}»\n### login\nrun #«nobody»\nGET https://a.test",
      "name.unknown",
      "name.unknown",
      "name.unknown",
    );
    assert.match(
      messageOf("# @ref lgin\nGET https://a.test/\n### login\nGET https://a.test"),
      /Did you mean "login"\?/,
    );
  });

  test("may be those of blocks that only run others", () => {
    assertDiagnostics(
      {},
      "# @name all\nrun #one\n###\n# @name one\nGET https://a.test\n###\n# @ref all\nGET https://b.test",
    );
  });

  test("of imported files count, and nothing is said while they are not known", () => {
    const source = "import ./b.https\n\n# @ref there\nGET https://a.test/{{elsewhere}}";
    const imported = { variables: new Set(["elsewhere"]), requests: new Set(["there"]) };
    assertDiagnostics({ imported }, source);
    assertDiagnostics({}, source);
    assertDiagnostics(
      { imported: { variables: new Set(), requests: new Set() } },
      "import ./b.https\n\n# @ref «there»\nGET https://a.test/«{{elsewhere}}»",
      "name.unknown",
      "variable.undefined",
    );
  });

  test("of the path that a response is written to are those of the request", () => {
    assertDiagnostics({}, "@a = 1\nGET https://a.test/\n\n>> out/{{a}}.json");
    assertDiagnostics({}, "GET https://a.test/\n\n>>! out/«{{nobody}}».json", "variable.undefined");
  });

  test("that are used without @ref are hints, once a request, also through a variable", () => {
    const login = "###\n# @name login\nPOST https://a.test/\n";
    const world = { only: "name.missing-ref" };
    assertDiagnostics(
      world,
      `${login}###\nGET https://a.test/«{{login.response.body.$.id}}»\nX-A: {{login.response.headers.x}}`,
      "name.missing-ref",
    );
    assertDiagnostics(
      world,
      `@id = {{login.response.body.$.id}}\n${login}###\nGET https://a.test/«{{id}}»`,
      "name.missing-ref",
    );
    assertDiagnostics(world, `${login}###\n# @ref login\nGET https://a.test/{{login.response.body.$.id}}`);
    assertDiagnostics(world, `${login}###\n# @force-ref login\nGET https://a.test/{{login.response.body.$.id}}`);
  });
});

describe("variables", () => {
  test("that nothing defines are warnings in target, header, body, path, definition and argument", () => {
    assertDiagnostics(
      { only: "variable.undefined" },
      "@v = «{{a}}»\nPOST https://a.test/{{v}}\n  ?q=«{{b}}»\n«{{c}}»: «{{%d}}»\nX-B: {{$base64 «g»}}\n\nx «{{ e }}»\n\n###\nPOST https://a.test\n\n< «{{f}}».json",
      ...Array.from({ length: 7 }, () => "variable.undefined"),
    );
    assert.match(messageOf("@token = {{tokne}}"), /Did you mean "token"\?/);
    assert.match(messageOf("GET https://a.test/{{process.env.A}}"), /\{\{\$env\.A\}\}/);
  });

  test("that are arguments of a dynamic value may be meant as text; those of an unknown one mean nothing", () => {
    assert.match(messageOf("GET https://a.test/{{$base64 gone}}"), /in quotes/);
    assert.doesNotMatch(messageOf("GET https://a.test/{{gone}}"), /in quotes/);
    assertDiagnostics({}, "GET https://a.test/«{{$token new gone}}»", "reference.unknown-dynamic");
  });

  test("in comments, directives and titles are no references", () => {
    assertDiagnostics({}, "### {{a}}\n# {{b}}\n# @title {{c}}\nGET https://a.test\n# {{d}}");
  });

  test("come from prompts and from the environment", () => {
    const host = createMemoryHost({
      environment: {
        name: "dev",
        names: ["dev", "prod"],
        variables: [variable("one", "1"), variable("two", undefined, "$shared"), variable("three", "3", "prod")],
      },
    });
    assertDiagnostics({ host }, "# @prompt four\nGET https://a.test/{{one}}{{two}}{{four}}");
    assertDiagnostics({ host }, "GET https://a.test/«{{three}}»", "variable.other-environment");
    assert.match(
      messageOf("GET https://a.test/{{three}}", { host }),
      /the environment prod, but the chosen one is dev/,
    );
    const none = createMemoryHost({
      environment: { name: "", names: ["dev", "prod"], variables: [variable("a", "1"), variable("a", "2", "prod")] },
    });
    assert.match(messageOf("GET https://a.test/{{a}}", { host: none }), /dev, prod, but no environment is chosen/);
  });

  test("defined only below are hints", () => {
    assertDiagnostics({}, "GET https://a.test/«{{a}}»\n###\n@a = 1", "variable.defined-below");
    assertDiagnostics({}, "@a = 1\nGET https://a.test/{{a}}\n###\n@a = 2\nGET https://a.test/{{a}}");
  });

  test("that need themselves are errors, once for each way round", () => {
    assertDiagnostics({}, "@«a» = «{{b}}»\n@b = {{a}}", "variable.cycle", "variable.defined-below");
    assertDiagnostics({}, "@«a» = {{a}}", "variable.cycle");
    assertDiagnostics({}, "@a = 1\n@a = {{a}}2\nGET https://a.test/{{a}}");
    const [cycle] = found("@b = 1\n@a = {{c}}\n@c = {{a}}", { only: "variable.cycle" });
    assert.match(textOf(cycle), /a → c → a/);
    assert.deepEqual(
      cycle?.relatedInformation?.map(({ location }) => location.range.start.line),
      [2],
    );
  });

  test("in long chains do not overflow the stack", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => `@v${i + 1} = {{v${i}}}`).join("\n");
    assertDiagnostics({}, `@v0 = 1\n${chain}\nGET https://a.test/{{v20000}}`);
  });

  test("in one long line do not overflow the stack", () => {
    const source = `@a = 1\n@b = ${"{{a}}".repeat(200_000)}\nGET https://a.test/{{b}}`;
    assert.deepEqual(found(source), []);
  });

  test("that nothing uses are hints, shown faded", () => {
    assertDiagnostics({}, "«@a = 1»\n@b = 2\n@b = {{b}}3\nGET https://a.test/{{b}}", "variable.unused");
    assert.deepEqual(found("@a = 1\nGET https://a.test/")[0]?.tags, [1]);
    assertDiagnostics({}, "@a = 1\n@b = 2");
  });
});

describe("references", () => {
  test("that are none are warnings", () => {
    assertDiagnostics({}, "GET https://a.test/«{{a b}}»", "reference.malformed");
  });

  test("to dynamic values know their names and arguments", () => {
    assertDiagnostics(
      {},
      'GET https://a.test/«{{$uuuid}}»/{{$uuid}}/«{{$uuid 1}}»/«{{$randomInt 1}}»/{{$randomInt 1 6}}/«{{$base64 "a}}»',
      "reference.unknown-dynamic",
      "reference.arguments",
      "reference.arguments",
      "reference.arguments",
    );
    assert.match(messageOf("GET https://a.test/{{$uuuid}}"), /Did you mean "\$uuid"\?/);
    for (const right of [
      "$timestamp",
      "$timestamp -1 d",
      "$datetime rfc1123 1 d",
      '$datetime "YYYY"',
      "$random.alphabetic(3)",
      "$random.integer(1, 6)",
      "$random.float",
      '$jwt HS256 "k" a=1 b=2',
    ]) {
      assertDiagnostics({}, `GET https://a.test/{{${right}}}`);
    }
    assertDiagnostics({}, "GET https://a.test/«{{$shared a}}»", "reference.unknown-dynamic");
  });

  test("without an end are warnings in the head only", () => {
    assertDiagnostics(
      {},
      "POST https://a.test/«{{»a\nA: «{{»b}\n\n{{ text",
      "reference.unclosed",
      "reference.unclosed",
    );
  });

  test("to a dotenv name that no file sets are warnings", () => {
    const host = createMemoryHost({ dotenvNames: ["TOKEN"] });
    assertDiagnostics({ host }, "GET https://a.test/{{$dotenv TOKEN}}/«{{$dotenv TOKNE}}»", "dotenv.undefined");
    assert.match(messageOf("GET https://a.test/{{$dotenv TOKNE}}", { host }), /Did you mean "TOKEN"\?/);
  });
});

describe("secrets", () => {
  const host = createMemoryHost({
    secrets: [
      { name: "KEY", hosts: ["a.test", "*.b.test:8443"], isSet: true },
      { name: "EMPTY", hosts: ["a.test"], isSet: false },
    ],
  });

  test("that the settings do not list are warnings with the setting to write", () => {
    assertDiagnostics({ host }, "GET https://A.test/«{{$env.OTHER}}»", "secret.not-listed");
    const message = messageOf("GET https://A.test/{{$secret OTHER}}", { host });
    assert.ok(message.includes('add "OTHER": ["a.test"] to "padlock.secrets"'), message);
    const none = messageOf("GET https://A.test/{{$secret OTHER}}", { host: createMemoryHost({ secrets: [] }) });
    assert.ok(none.includes('add "padlock.secrets": { "OTHER": ["a.test"] }'), none);
    assert.match(messageOf("GET https://{{$env.OTHER}}/", { host }), /with the hosts that may get it/);
  });

  test("are allowed for the hosts of the list only, also through variables", () => {
    assertDiagnostics({ host }, "GET https://a.test/{{$env.KEY}}");
    assertDiagnostics({ host }, "GET https://x.b.test:8443/{{$env.KEY}}");
    assertDiagnostics({ host }, "GET https://b.test:8443/«{{$env.KEY}}»", "secret.other-host");
    assertDiagnostics({ host }, "GET https://a.test:444/«{{$env.KEY}}»", "secret.other-host");
    assertDiagnostics({ host }, "GET /x\nHost: c.test\nX-Key: «{{$env.KEY}}»", "secret.other-host");
    assertDiagnostics({ host }, "GET https://c.test/{{$base64 «$env.KEY»}}", "secret.other-host");
    assertDiagnostics(
      { host },
      "@key = «{{$env.KEY}}»\n@to = c.test\nGET https://a.test/{{key}}\n###\nGET https://{{to}}/{{key}}",
      "secret.other-host",
    );
    const message = messageOf("GET https://c.test/{{$env.KEY}}", { host });
    assert.ok(message.includes('"KEY": ["a.test","*.b.test:8443","c.test"]'), message);
  });

  test("are checked against the host that the active environment gives", () => {
    const environment = { name: "dev", names: ["dev"], variables: [variable("base", "https://c.test")] };
    const known = createMemoryHost({ environment, secrets: host.secrets(testUri) });
    const only = { host: known, only: "secret" };
    assertDiagnostics(only, "GET {{base}}/«{{$env.KEY}}»", "secret.other-host");
    assert.deepEqual(found("GET {{base}}/{{$env.OTHER}}", only)[0]?.data, {
      secret: { name: "OTHER", host: "c.test" },
    });
  });

  test("whose host is not known here are left to the moment of sending", () => {
    assertDiagnostics({ host }, "GET https://{{$env.KEY}}/");
    assertDiagnostics({ host, only: "secret" }, "GET https://{{elsewhere}}/{{$env.KEY}}");
  });

  test("without a value are an information", () => {
    assertDiagnostics({ host }, "GET https://a.test/«{{$env.EMPTY}}»", "secret.unset");
  });
});

describe("headers", () => {
  test("that a request has once are warnings from the second on", () => {
    assertDiagnostics(
      { only: "header.duplicate" },
      "POST https://a.test\nContent-Type: a/b\nAccept: a\nAccept: b\n«content-type: c/d»\n\nx",
      "header.duplicate",
    );
  });

  test("about the connection are warnings", () => {
    assertDiagnostics(
      {},
      "GET https://a.test\n«Transfer-Encoding: chunked»\n«Connection: Upgrade»\nA-B: c",
      "header.managed",
      "header.managed",
    );
    assertDiagnostics({}, "GET https://a.test\nConnection: close");
  });

  test("that give the length of the body are hints", () => {
    assertDiagnostics({}, "POST https://a.test\n«content-length: 3»\n\nabc", "header.content-length");
  });

  test("one slip away from a known one are named", () => {
    assertDiagnostics({}, "GET https://a.test\n«Authorisation»: x", "header.misspelt");
    assertDiagnostics({}, "GET https://a.test\n«Content_Tpye»: a/b", "header.misspelt");
    assert.match(messageOf("GET https://a.test\nContentType: a/b"), /Did you mean "Content-Type"\?/);
    assertDiagnostics(
      {},
      "GET https://a.test\nX-Own: 1\nData: 2\nAccept: a\nToken: b\nX-Api-Keys2: c\nX-XSRF-Token: d",
    );
  });
});

describe("body.json", () => {
  const json = (body: string) => `POST https://a.test\nContent-Type: application/json\n\n${body}`;
  const only = { only: "body.json" };

  test("warns at the place that is no JSON", () => {
    assertDiagnostics(only, json('{ "a": 1«,» }').replace("«,» }", ", «}»"), "body.json");
    assertDiagnostics(only, json('{ "a" «1» }'), "body.json");
    assertDiagnostics(only, json('{ "a": {{a}} «"b"»: 1 }'), "body.json");
    assertDiagnostics(only, json('{\n  «// no\n»  "a": 1 }').replace("\n»", "»\n"), "body.json");
    assertDiagnostics(only, json('{ "a": «nope» }').replace("application/", "application/problem+"), "body.json");
  });

  test("takes references for values, also in strings and as several members", () => {
    for (const body of [
      "{{whole}}",
      '{ "a": {{a}}, "b": "x{{b}}y", "{{c}}": [{{d}}, {{ e }}] }',
      "{ {{members}} }",
      '{ "a": 1, {{members}} }',
      '{ "a": "\\{\\{b\\}\\}" }',
      "[{{a}}{{b}}]",
      '{ "quoted": "{{$datetime "YYYY"}}" }',
      "",
    ]) {
      assertDiagnostics(only, json(body));
    }
  });

  test("ends on what is nested too deeply to be read", () => {
    assertDiagnostics(only, json("[".repeat(100_000)));
  });

  test("looks at bodies that are sent as JSON only", () => {
    assertDiagnostics(only, "POST https://a.test\nContent-Type: text/plain\n\n{ nope");
    assertDiagnostics(only, "POST https://a.test\nContent-Type: application/x-ndjson\n\n{}\n{}");
    assertDiagnostics(only, json("query { a }").replace("\n\n", "\nX-Request-Type: GraphQL\n\n"));
    assertDiagnostics(only, json("< ./a.json"));
  });
});

test("body.form-line-break warns about line ends that are sent", () => {
  const form = (body: string) => `POST https://a.test\nContent-Type: application/x-www-form-urlencoded\n\n${body}`;
  assertDiagnostics({}, form("a=1\n«b=2»\n&c=3\n«d»"), "body.form-line-break", "body.form-line-break");
  assertDiagnostics({}, form("a=1\n  &b=2&\nc=3"));
});

test("large files are looked at in time linear in their length", () => {
  const block = (i: number) =>
    `### ${i}\n# @name n${i}\nPOST {{base}}/${i}\nContent-Type: application/json\nX-A: {{$env.A}}{{x}}\n\n{ "a": {{base}} }\n`;
  const time = (count: number) => {
    const text = `@base = https://a.test\n${Array.from({ length: count }, (_, i) => block(i)).join("\n")}`;
    const document = new LanguageDocument(testUri, 1, text);
    const start = performance.now();
    assert.ok(diagnose(document, noHost).length >= count);
    return performance.now() - start;
  };
  time(500);
  const small = Math.min(time(500), time(500), time(500));
  const large = Math.min(time(4000), time(4000));
  assert.ok(large < small * 8 * 6, `${large} ms for 8 times what takes ${small} ms`);
});
