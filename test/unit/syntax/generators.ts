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

/** A file with a piece of it cut out, doubled or replaced. */
const mutatedTexts: fc.Arbitrary<string> = fc
  .tuple(fileTexts, fc.nat(), fc.nat(20), fc.oneof(fc.constant(""), fc.string({ unit: "binary", maxLength: 8 }), lines))
  .map(([text, at, length, insert]) => {
    const start = text === "" ? 0 : at % text.length;
    return text.slice(0, start) + insert + text.slice(start + length);
  });

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
      .map((body) => body.join("\n").replace(/[\s]+$/, "")),
  },
  { noNullPrototype: true },
);

export function printRequest({ title, method, url, headers, body }: RequestParts): string {
  const head = method === undefined ? url : `${method} ${url}`;
  const fields = headers.map(([name, value]) => `${name}: ${value}\n`).join("");
  return `### ${title}\n${head}\n${fields}${body === "" ? "" : `\n${body}\n`}\n`;
}
