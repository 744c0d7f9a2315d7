import fc from "fast-check";

/** Lines of every form the parser tells apart, right and wrong. */
const lines = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\t",
    "###",
    "### Title",
    "####x",
    " ### indented",
    "# comment",
    "// comment",
    "## two",
    "# @name one",
    "//@tag x",
    "# @name",
    "# @unknown 1",
    "@a = 1",
    "@b={{a}}",
    "@ broken",
    "GET https://a.test/",
    "GET",
    "https://a.test/{{a}} HTTP/1.1",
    "BREW https://a.test/ HTTP/7",
    "POST /path",
    "Host: a.test",
    "Content-Type: application/x-www-form-urlencoded",
    "X-Request-Type: GraphQL",
    "A : b:c",
    "{{name}}: value",
    "  ?query=1",
    "&more=2",
    "  /segment",
    "no colon",
    "{",
    '  "key": "{{value}}"',
    "}",
    "< ./body.json",
    "<@ ./body.json",
    "<./body.json",
    "> {%",
    "> {% x %}",
    "%}",
    "< {%",
    "{{",
    "}}",
    "> ./after.js",
    ">> ./out.json",
    "<> ./out.json",
    "?? status == 200",
    "import ./x.https",
    "run #one",
    "run ./x.https #one (@a = 1, @b = 2)",
    "# @import ./x.https",
    '# @assert header A == "b"',
    "# @capture secret a = body.$.x",
    "# @prompt a What?",
    "curl https://a.test/ -d 'a=1' --json @b.json -F x=@y -kI \\",
    "  -H 'A: b' \"c $d\" $'\\n' `e` | f",
    "'",
    "--{%",
    "--%}",
    "{{@response",
    "<@latin1 ./body.json",
    "  < ./body.json",
    "WS wss://a.test/",
    "  #fragment HTTP/1.1",
    "'https://a.test/'",
    "curl https://a.test/ \\",
    "HTTP/1.1 200 OK",
    "GRAPHQL https://a.test/",
    "-----boundary",
    "a=1&",
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: fc.constantFrom("{", "}", "#", "@", "<", ">", "?", "&", "/", ":", " ", "\t", "a"), maxLength: 12 }),
);

const lineEnds = fc.constantFrom("\n", "\n", "\n", "\r\n", "\r");

/** Whole files with mixed line ends, with and without a byte order mark. */
const fileTexts: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("", "", "\uFEFF"), fc.array(fc.tuple(lines, lineEnds), { maxLength: 25 }))
  .map(([mark, parts]) => mark + parts.map(([line, end]) => line + end).join(""));

interface Mutation {
  readonly at: number;
  readonly length: number;
  /** Undefined: the piece moves to the start of the text. */
  readonly insert: string | undefined;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  length: fc.nat(20),
  insert: fc.oneof(fc.constantFrom("", undefined), fc.string({ unit: "binary", maxLength: 8 }), lines),
});

function mutate(text: string, { at, length, insert }: Mutation): string {
  const start = text === "" ? 0 : at % text.length;
  const [before, piece, after] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)];
  return insert === undefined ? piece + before + after : before + insert + after;
}

/** Files with some pieces cut out, moved or replaced. */
export const mutatedTexts: fc.Arbitrary<string> = fc
  .tuple(fileTexts, fc.array(mutation, { minLength: 1, maxLength: 5 }))
  .map(([text, mutations]) => mutations.reduce(mutate, text));

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fileTexts,
  mutatedTexts,
  fc.string({ unit: "binary", maxLength: 200 }),
);

interface RequestParts {
  readonly title: string;
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

/** Requests that are right, to be printed and read again. */
export const requestParts: fc.Arbitrary<RequestParts> = fc.record(
  {
    title: word,
    method: fc.option(fc.constantFrom("GET", "POST", "PUT", "PURGE", "X-OWN"), { nil: undefined }),
    url: fc.tuple(word, word).map(([host, path]) => `https://${host}.test/${path}?q={{${path}}}`),
    headers: fc.array(fc.tuple(word, fc.oneof(word, fc.constant(""), fc.constant("a: b # c // {{d}}"))), {
      maxLength: 5,
    }),
    body: fc
      .array(fc.oneof(word, fc.constantFrom("# heading", "// slashes", '{ "a": {{b}} }', "", "  indented  ")), {
        maxLength: 5,
      })
      // Blank lines and comments around the text are no part of it.
      .map((body) => (body.length === 0 ? "" : ["the start", ...body, "the end"].join("\n"))),
  },
  { noNullPrototype: true },
);

export function printRequest({ title, method, url, headers, body }: RequestParts): string {
  const head = method === undefined ? url : `${method} ${url}`;
  const fields = headers.map(([name, value]) => `${name}: ${value}\n`).join("");
  return `### ${title}\n${head}\n${fields}${body === "" ? "" : `\n${body}\n`}\n`;
}
