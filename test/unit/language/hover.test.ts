import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { MarkupContent } from "vscode-languageserver-types";
import { LanguageDocument } from "../../../src/language/document.ts";
import { headerFields } from "../../../src/language/facts/header-fields.ts";
import { hover } from "../../../src/language/hover/hover.ts";
import { codeCell, codeSpan } from "../../../src/language/markdown.ts";
import { anyText } from "../syntax/generators.ts";
import { marked } from "./marked.ts";
import { createMemoryHost, testUri, variable } from "./memory-host.ts";

type World = NonNullable<Parameters<typeof createMemoryHost>[0]>;

const now = Date.UTC(2026, 0, 31, 12);

/** The Markdown at `|`, and the text that it is about. */
async function hoverAt(source: string, world: World = {}): Promise<{ text: string; about: string } | undefined> {
  const { text, cursors } = marked(source);
  const document = new LanguageDocument(testUri, 1, text);
  const found = await hover(document, document.lines.positionAt(cursors[0] ?? 0), createMemoryHost(world), now);
  if (!found) return undefined;
  assert.ok(MarkupContent.is(found.contents) && found.range);
  const about = text.slice(document.lines.offsetAt(found.range.start), document.lines.offsetAt(found.range.end));
  return { text: found.contents.value, about };
}

/** Every pattern is found in what is shown, which is about the text between `«` and `»`. */
async function assertHover(source: string, patterns: readonly (string | RegExp)[], world: World = {}): Promise<void> {
  const { marks, text } = marked(source);
  const found = await hoverAt(source, world);
  assert.ok(found, source);
  assert.equal(found.about, text.slice(marks[0]?.start, marks[0]?.end));
  for (const pattern of patterns) {
    if (typeof pattern === "string") assert.ok(found.text.includes(pattern), `${pattern}\n${found.text}`);
    else assert.match(found.text, pattern);
  }
}

async function assertNone(...sources: readonly string[]): Promise<void> {
  for (const source of sources) assert.equal(await hoverAt(source), undefined, source);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = (claims: object, header: object = { alg: "HS256", typ: "JWT" }) =>
  `${encode(header)}.${encode(claims)}.c2lnbmF0dXJl`;
const seconds = now / 1000;

const world: World = {
  secrets: [
    { name: "API_TOKEN", hosts: ["api.example.com", "*.dev.example.com"], isSet: true },
    { name: "DB_PASS", hosts: [], isSet: false },
  ],
  dotenvNames: ["LOCAL_KEY"],
  environment: {
    name: "dev",
    names: ["dev", "prod"],
    variables: [
      variable("tenant", "acme-{{region}}"),
      variable("clientKey", undefined),
      variable("tenant", "x", "prod"),
    ],
  },
  responses: { login: { status: 201, headerNames: ["Content-Type", "X-`Odd"], shape: undefined } },
  files: { "file:///project/shared.https": "\n@region = eu\n" },
};

describe("hover over variables", () => {
  test("shows the value as far as it is known and where it comes from", async () => {
    await assertHover("@host = a.test\n@base = https://{{host}}/{{$env.X}}\nGET «{{ba|se}}»/x", [
      "`base` = `https://a.test/{{$env.X}}`",
      "Written as `https://{{host}}/{{$env.X}}`.",
      "Defined in line 2.",
    ]);
    await assertHover("@a = 1\nGET https://a.test/«{{%|a}}»", ["`a` = `1`"]);
    await assertHover(
      "GET https://a.test/«{{re|gion}}»\n###\nimport shared.https",
      ["`eu`", "`shared.https`, line 2"],
      world,
    );
  });

  test("names the other definitions", async () => {
    const file = "@a = 1\n@a = 2\nGET https://a.test/«{{|a}}»\n###\n@a = 3";
    await assertHover(file, ["`a` = `2`", "above, in line 1", "redefined below, in line 5"]);
    await assertHover("@«|a» = {{b}}\n@b = 1", ["`a` = `1`", "Defined in line 1."]);
    await assertHover("@a = 1\n@a = «{{|a}}»2", ["`a` = `1`", "redefined below, in line 2"]);
  });

  test("knows the environment, but of private variables only the name", async () => {
    await assertHover(
      "@region = eu\nGET https://a.test/«{{ten|ant}}»",
      ["`acme-eu`", "Environment `dev`: `http-client.env.json` line 1"],
      world,
    );
    await assertHover(
      "GET https://a.test/«{{client|Key}}»",
      ["Private: its value is not shown.", "`http-client.private.env.json`"],
      world,
    );
  });

  test("shows no credential of another file, whatever that file is for", async () => {
    const value = "k3Jx9vQp2z";
    const host = createMemoryHost({
      environment: {
        name: "dev",
        names: ["dev"],
        variables: [variable("apiKey", value), variable("header", "Bearer {{apiKey}}")],
      },
      files: { "file:///project/b.https": `@token = ${value}\n@both = {{token}}/{{apiKey}}\n` },
    });
    for (const name of ["apiKey", "header", "token", "both"]) {
      const text = `import ./b.https\n\nGET https://a.test/{{${name}}}`;
      const document = new LanguageDocument(testUri, 1, text);
      const shown = JSON.stringify(await hover(document, document.lines.positionAt(text.length - 4), host, 0));
      assert.match(shown, new RegExp(name));
      assert.ok(!shown.includes(value), shown);
    }
  });

  test("knows questions and captures", async () => {
    await assertHover("# @secret-prompt pin\nGET https://a.test/«{{|pin}}»", ["Asked for, masked,"]);
    await assertHover("# @prompt pin\n@pin = 1\nGET https://a.test/«{{|pin}}»", ["Asked for when"]);
    await assertHover(
      "# @name login\n# @capture secret t = body.$.t\nGET https://a.test\n###\nGET https://a.test/«{{|t}}»",
      ["Captured from the response to `login`."],
    );
  });

  test("says nothing of what is unknown or only text", async () => {
    await assertNone(
      "GET https://a.test/{{|x}}",
      "@a = 1\n# {{|a}}",
      "@a = 1\n### {{|a}}",
      "@a = 1\nGET https://a.test\n# {{|a}}",
      "@a = 1\nGET https://a.test/\\{\\{|a\\}\\}",
      "@a = 1\nGET https://a.test\n\n> {% {{|a}} %}",
      "|",
    );
  });

  test("ends on variables that use each other", async () => {
    const bombs = Array.from({ length: 30 }, (_, i) => `@v${i + 1} = {{v${i}}}{{v${i}}}`).join("\n");
    await assertHover(`@v0 = {{v30}}\n${bombs}\nGET https://a.test/«{{|v30}}»`, ["`v30` = "]);
  });
});

describe("hover over secrets", () => {
  test("tells names, hosts and whether it is set", async () => {
    await assertHover(
      "GET https://a.test/«{{$env.API|_TOKEN}}»",
      ["`API_TOKEN`", "; set.", "`api.example.com`, `*.dev.example.com`"],
      world,
    );
    await assertHover("GET https://a.test/«{{$processEnv DB_|PASS}}»", ["; not set.", "It goes to no host."], world);
    await assertHover("GET https://a.test/«{{$env.OTH|ER}}»", ["`padlock.secrets` does not list it"], world);
    await assertHover("GET https://a.test/{{$basic user «$env.API|_TOKEN»}}", ["; set."], world);
    await assertHover("GET https://a.test/«{{$dotenv LOCAL|_KEY}}»", ["Its value is not shown."], world);
    await assertHover("GET https://a.test/«{{$dotenv OTH|ER}}»", ["does not set it"], world);
    await assertHover("GET https://a.test/«{{$secret API|_TOKEN}}»", ["A stored secret", "`api.example.com`"], world);
  });
});

describe("hover in Restricted Mode", () => {
  test("does not say what it cannot know", async () => {
    const unread = { isRestricted: true };
    await assertHover("GET https://a.test/«{{ba|se}}»", ["`base`", "no environment file is read"], unread);
    for (const [source, origin] of [
      ["GET https://a.test/«{{$env.OTH|ER}}»", "From the environment."],
      ["GET https://a.test/«{{$secret OTH|ER}}»", "A stored secret."],
      ["GET https://a.test/«{{$dotenv OTH|ER}}»", "From `.env`."],
    ] as const) {
      await assertHover(source, ["`OTHER`", `${origin} In Restricted Mode nothing is read of it`], unread);
    }
  });
});

describe("hover over other references", () => {
  test("explains dynamic values with an example", async () => {
    await assertHover("GET https://a.test/«{{$random|Int 1 6}}»", ["`$randomInt [min max]`", "Example: `{{$randomInt"]);
    await assertHover("GET https://a.test/«{{$random.alpha|betic(3)}}»", ["`$random.alphabetic(length)`"]);
    await assertNone("GET https://a.test/{{$no|ne}}");
  });

  test("tells what a request received last, without values", async () => {
    const file = "# @name login\nPOST https://a.test\n###\nGET https://a.test/";
    await assertHover(
      `${file}«{{login.resp|onse.body.$.t}}»`,
      ["status 201", "not JSON", "`Content-Type`, ``X-`Odd``"],
      world,
    );
    await assertHover(`${file}«{{login.resp|onse.body.$.t}}»`, ["No response yet"]);
    await assertNone(`${file}{{other.resp|onse.body}}`);
  });
});

describe("hover over the request", () => {
  test("explains the HTTP version behind the URL", async () => {
    await assertHover("GET https://a.test/ «HT|TP/2»", [/\*\*HTTP\/2\*\*.*ALPN/]);
    await assertHover("GET https://a.test/ «HTTP/1.1|»", [/HTTP\/1\.1 alone/]);
    await assertNone("GET https://a.test/ HTTP/|3");
  });

  test("explains methods, headers, media types and values", async () => {
    await assertHover("«P|OST» https://a.test", ["**POST**", "Not safe", "Not idempotent", "rfc9110#section-9.3.3"]);
    await assertHover("«pu|t» https://a.test", ["Not safe", "Idempotent: "]);
    await assertHover("GET https://a.test\n«if-none|-match»: *", ["**If-None-Match**", "If-None-Match)"]);
    await assertHover("GET https://a.test\nAccept: «text/c|sv»;q=1", ["RFC 4180"]);
    await assertHover("GET https://a.test\nAccept: text/csv;«q=|0»", ["Not wanted"]);
    await assertHover("GET https://a.test\nCache-Control: no-cache, «no-|store»", ["Keep nothing"]);
    await assertNone(
      "GET https://a.te|st",
      "GET https://a.te|st/{{unknown}}",
      "BR|EW https://a.test",
      "GET https://a.test\nX-O|wn: 1",
      "GET https://a.test\nX-Own: o|ne",
    );
  });

  test("shows a URL with what is known put in", async () => {
    await assertHover("@host = a.test\nGET «https://{{host}}/us|ers/{{id}}»", ["`https://a.test/users/{{id}}`"]);
  });

  test("shows what a run line sends", async () => {
    await assertHover("run #«lo|gin»\n###\n# @name login\nPOST https://a.test", ["`POST https://a.test`"]);
    const files = { "file:///project/b.https": "# @name two\nGET https://b.test" };
    await assertHover("run ./b.https #«t|wo»", ["`GET https://b.test`"], { files });
    await assertNone("run #abs|ent");
  });

  test("every header has a sentence and a link", () => {
    for (const { name, documentation, link } of headerFields) {
      assert.match(documentation, /[^.]\.$/, name);
      assert.equal(new URL(link).protocol, "https:", name);
    }
    assert.equal(new Set(headerFields.map(({ name }) => name.toLowerCase())).size, headerFields.length);
  });

  test("explains directives, queries and predicates", async () => {
    await assertHover("# «@time|out» 5s\nGET https://a.test", ["`# @timeout"]);
    await assertHover("# @assert «sta|tus» == 200\nGET https://a.test", ["`status`"]);
    await assertHover("# @assert status «one|-of» [200]\nGET https://a.test", ["`one-of`"]);
    await assertHover("# @assert «bo|dy».$.id exists\nGET https://a.test", ["JSONPath"]);
    await assertHover(
      "# @assert tls.chain[2].issuer co|ntains x\nGET https://a.test".replace("co|ntains", "«co|ntains»"),
      ["`contains`"],
    );
    await assertHover("# @capture a = «tls.pro|tocol»\nGET https://a.test", ["TLS version"]);
    await assertHover("# @name one\nGET https://a.test/1\n###\n# @ref «o|ne»\nGET https://a.test", [
      "`GET https://a.test/1`",
    ]);
    await assertNone(
      "# @unkn|own\nGET https://a.test",
      "# @name o|ne\nGET https://a.test",
      "# @assert status == 2|00\nGET https://a.test",
    );
  });
});

describe("hover over credentials", () => {
  test("decodes a token and says when it expires", async () => {
    const expired = token({ sub: "a|b", exp: seconds - 3 * 86_400, iat: seconds - 86_400 * 400, admin: true });
    await assertHover(`GET https://a.test\nAuthorization: Bearer «${expired.slice(0, 9)}|${expired.slice(9)}»`, [
      "signature was not checked",
      "| `alg` | `HS256` |",
      "| `sub` | `a\\|b` |",
      "| `admin` | `true` |",
      "2026-01-28T12:00:00Z, expired 3 days ago",
      "issued 1 year ago",
      "It is written in the file",
    ]);
    const later = token({ exp: seconds + 300, nbf: seconds + 60, roles: ["a"] });
    await assertHover(`POST https://a.test\n\n{ "token": "«ey|${later.slice(2)}»" }`, [
      "expires in 5 minutes",
      "valid in 1 minute",
      '| `roles` | `["a"]` |',
    ]);
    await assertHover(`@jwt = «ey|${later.slice(2)}»`, ["expires in 5 minutes"]);
    await assertHover(`@jwt = ${later}\nGET https://a.test\nA: Bearer «{{j|wt}}»`, ["expires in 5 minutes"]);
  });

  test("leaves broken and odd tokens alone", async () => {
    const odd = token({ exp: 1e300, iat: "soon", __proto__: null });
    await assertHover(`@jwt = «ey|${odd.slice(2)}»`, ["| `exp` | `1e+300` |", "| `iat` | `soon` |"]);
    await assertHover(`@jwt = «ey|${token({}, { alg: "dir", enc: "A256GCM" }).slice(2)}.x.y»`, ["encrypted"]);
    await assertNone("@jwt = eyJ|hbGciOi.eyJz.x", "@jwt = eyJ|hbGci", `@jwt = x${token({})}|`);
  });

  test("shows only the user of Basic credentials", async () => {
    const basic = Buffer.from("alice:s3cret").toString("base64");
    for (const written of [basic, "alice:s3cret", "alice s3cret"]) {
      const source = `GET https://a.test\nAuthorization: «Basic |${written}»`;
      await assertHover(source, ["`alice`"]);
      assert.doesNotMatch((await hoverAt(source))?.text ?? "", /s3cret/);
    }
    await assertNone("GET https://a.test\nAuthorization: Basic |????");
  });
});

describe("Markdown", () => {
  test("code spans hold any text", () => {
    assert.equal(codeSpan("a`b``c"), "```a`b``c```");
    assert.equal(codeSpan("`"), "`` ` ``");
    assert.equal(codeSpan("a\n[x](command:y)\u202E"), "`a\\u{a}[x](command:y)\\u{202e}`");
    assert.equal(codeSpan(""), "(empty)");
    assert.equal(codeSpan("x".repeat(1000)).length, 302);
    assert.equal(codeCell("a|b"), "`a\\|b`");
  });

  test("no run of backticks in a text is as long as the fence around it", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "a", " ", "\n"), minLength: 1 }), (text) => {
        const span = codeSpan(text);
        if (text.trim() === "" && !text.includes("\n")) return;
        const fence = /^`+/.exec(span)?.[0] ?? "";
        const inside = span.slice(fence.length, -fence.length);
        assert.ok(span.endsWith(fence) && !inside.startsWith("`") && !inside.endsWith("`"));
        assert.ok(!inside.match(/`+/g)?.some((run) => run.length === fence.length));
      }),
    );
  });
});

describe("for any text", () => {
  test("hover answers everywhere with a range around the cursor", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.nat(250), async (text, at) => {
        const document = new LanguageDocument(testUri, 1, text);
        const position = document.lines.positionAt(at);
        const found = await hover(document, position, createMemoryHost(world), now);
        if (!found?.range) return;
        const offset = document.lines.offsetAt(position);
        assert.ok(document.lines.offsetAt(found.range.start) <= offset);
        assert.ok(offset <= document.lines.offsetAt(found.range.end));
      }),
      { numRuns: 500 },
    );
  });
});
