import fc from "fast-check";

/** Pieces of files as people type them: right, but laid out carelessly. */
const blanks = fc.constantFrom("", "", " ", "  ", "\t");
const someBlanks = fc.constantFrom(" ", " ", "  ", "\t ");
const lineEnd = fc.constantFrom("\n", "\n", "\r\n");
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);

const text = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part))).map((all) => all.join(""));

const lines = (line: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string[]> => fc.array(line, { maxLength });

const blankLine = blanks;
const comment = text(blanks, fc.constantFrom("#", "//", "##"), blanks, word, blanks);
const directive = fc.oneof(
  text(blanks, fc.constantFrom("#", "//"), blanks, "@name", someBlanks, word, blanks),
  text(fc.constantFrom("#", "//"), blanks, "@tag", someBlanks, word, someBlanks, word),
  text("# @no-redirect", blanks),
  text("#", blanks, "@unknown", someBlanks, word, blanks),
  text("# @timeout", someBlanks, "5s", blanks),
  text("// @capture", someBlanks, "token", blanks, "=", blanks, "body.$.a", blanks),
  text("#", blanks, "@assert", someBlanks, "status  ==  200", blanks),
);
const variable = text(
  "@",
  word,
  blanks,
  "=",
  blanks,
  fc.oneof(word, fc.constantFrom("", "a = b", "{{x}} y", "  ")),
  blanks,
);
const annotation = fc.oneof(comment, directive, variable, blankLine);

const separator = text(
  fc.constantFrom("###", "###", "#####"),
  blanks,
  fc.oneof(word, fc.constantFrom("", "# a", "two  words")),
  blanks,
);

const method = fc.constantFrom("GET", "get", "Post", "PURGE", "x-own", "{{verb}}");
const requestLine = text(
  blanks,
  fc.oneof(fc.constant(""), text(method, someBlanks)),
  "https://",
  word,
  ".test/",
  fc.constantFrom("", "a b", "{{ id }}?q=1#f"),
  fc.oneof(fc.constant(""), text(someBlanks, "HTTP/1.1")),
  blanks,
);
const continuation = fc.oneof(
  text(blanks, fc.constantFrom("?", "&", "/"), word, blanks),
  text(someBlanks, word, ".x", blanks),
  comment,
);
const header = fc.oneof(
  text(
    blanks,
    fc.constantFrom("X-", "Content-"),
    word,
    blanks,
    ":",
    blanks,
    fc.oneof(word, fc.constantFrom("", "a: b", "# c", "{{d}}")),
    blanks,
  ),
  comment,
);
const bodyLine = fc.oneof(
  word,
  blankLine,
  comment,
  fc.constantFrom(
    '{ "a" : 1 }  ',
    "  <x/>",
    "\t[",
    "@a=1",
    "#@name x",
    "< ./file.bin",
    "<@ ./a.txt",
    "&b=2",
    "> {% x %}",
    "?? status == 200",
    ">> out.json",
  ),
);
const script = fc.constantFrom(
  ["> {%  ", "  x   ", "", "", "%}"],
  ["< {% y %}  "],
  [">  ./after.js"],
  [">> ./out.json"],
);

const request = fc
  .tuple(
    requestLine,
    lines(continuation, 2),
    lines(header, 3),
    fc.option(fc.tuple(lines(blankLine, 2), lines(bodyLine, 4)), { nil: undefined }),
    fc.option(script, { nil: undefined, freq: 5 }),
    lines(annotation, 4),
  )
  .map(([first, more, headers, body, form, tail]) => [
    first,
    ...more,
    ...headers,
    ...(body ? ["", ...body[0], ...body[1]] : []),
    ...(form ? ["", ...form] : []),
    "",
    ...tail,
  ]);

const curl = fc.constantFrom(
  ["curl https://a.test/ \\", "   -H 'A : b'  \\", " -d 'x  ", "", "  y'  "],
  ["curl   -X  post https://a.test  "],
);
const reference = fc.constantFrom(["import   ./other.https  "], ["run  #one "], ["run ./other.https  #two  (@a=1)"]);

const block = fc
  .tuple(
    lines(annotation, 2),
    separator,
    lines(annotation, 4),
    fc.oneof({ weight: 6, arbitrary: request }, { weight: 1, arbitrary: curl }, { weight: 1, arbitrary: reference }),
  )
  .map(([lead, title, above, content]) => [...lead, title, ...above, ...content]);

/** Whole files whose layout needs work, with mixed line ends, and mostly without errors. */
export const careless: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "\uFEFF"),
    lines(annotation, 3),
    fc.array(block, { maxLength: 3 }),
    lineEnd,
    fc.boolean(),
    fc.array(lineEnd, { minLength: 3, maxLength: 9 }),
    fc.boolean(),
  )
  .map(([mark, first, blocks, end, mixed, ends, closed]) => {
    const all = [...first, ...blocks.flat()];
    const joined = all.map((line, index) => line + (mixed ? ends[index % ends.length] : end)).join("");
    return mark + (closed ? joined : joined.replace(/\r?\n$/, ""));
  });
