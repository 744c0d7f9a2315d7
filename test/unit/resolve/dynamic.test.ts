import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { DynamicError, evaluateDynamic, isDynamicValue, readArguments } from "../../../src/resolve/dynamic/index.ts";
import { dynamicValues } from "../../../src/syntax/dynamic-values.ts";

const now = new Date("2026-01-31T12:34:56.789Z");

/** `$name arguments`, with the references among them standing for themselves. */
async function value(expression: string): Promise<string> {
  const [name = ""] = /^\$[\w.]+/.exec(expression) ?? [];
  const args = readArguments(expression.slice(name.length), name);
  return evaluateDynamic(
    name,
    args.map(({ text }) => text),
    { now },
  );
}

async function refusal(expression: string): Promise<DynamicError> {
  const error = await value(expression).then(
    (given) => assert.fail(`${expression} gave ${given}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DynamicError, String(error));
  assert.match(error.detail, /\.$/, expression);
  assert.match(error.fix, /\.$/, expression);
  return error;
}

describe("the table of dynamic values", () => {
  it("has an example for each that can be made, and nothing else can", async () => {
    for (const { name, example, place } of dynamicValues) {
      assert.equal(isDynamicValue(name), place === "anywhere", name);
      assert.ok(example.startsWith(name), name);
      if (place === "anywhere") assert.notEqual(await value(example), "", example);
    }
    assert.ok(!isDynamicValue("$nothing"));
    await assert.rejects(evaluateDynamic("$nothing", [], { now }), DynamicError);
  });

  it("has documentation of one line without references of its own", () => {
    for (const { name, documentation } of dynamicValues) assert.match(documentation, /^[A-Z][^\n{}]+\.$/, name);
  });
});

describe("arguments", () => {
  const cases: readonly (readonly [name: string, rest: string, expected: string])[] = [
    ["$randomInt", " 1  -6.5 ", "literal:1 literal:-6.5"],
    ["$random.integer", "(1, 6)", "literal:1 literal:6"],
    ["$random.integer", "( min ,max )", "reference:min reference:max"],
    ["$random.email", "()", ""],
    ["$basic", `"a b" 'c"d'`, `literal:a b literal:c"d`],
    ["$basic", "user $env.PASSWORD", "reference:user reference:$env.PASSWORD"],
    ["$base64", `"a\\"b\\n"`, `literal:a"b\\n`],
    ["$datetime", "rfc1123 1 d", "literal:rfc1123 literal:1 literal:d"],
    ["$datetime", "format 1 d", "reference:format literal:1 literal:d"],
    ["$uuid", "d", "reference:d"],
    [
      "$jwt",
      `HS256 $secret.KEY sub="A B" exp=5m claims`,
      `literal:HS256 reference:$secret.KEY literal:sub="A B" literal:exp=5m reference:claims`,
    ],
    ["$jwt", `none key`, "literal:none reference:key"],
    ["$base64", "", ""],
  ];
  for (const [name, rest, expected] of cases) {
    it(`${name}${rest}`, () => {
      const read = readArguments(rest, name).map(({ kind, text }) => `${kind}:${text}`);
      assert.equal(read.join(" "), expected);
    });
  }

  for (const rest of ['"a', "'a b", "(1, 2", "(1,,2)", "(1,)", "(", '"a"b']) {
    it(`refuses ${rest}`, () => assert.throws(() => readArguments(rest, "$base64"), DynamicError));
  }

  it("stand where their ranges say, whatever the text", () => {
    const rest = fc.string({ unit: fc.constantFrom("a", "1", " ", '"', "'", "\\", "(", ")", ",", "=", "$") });
    fc.assert(
      fc.property(rest, (text) => {
        try {
          for (const { kind, text: argument, range } of readArguments(text, "$basic")) {
            const source = text.slice(range.start, range.end);
            assert.equal(source.trim(), source);
            if (kind === "reference") assert.equal(source, argument);
          }
        } catch (error) {
          assert.ok(error instanceof DynamicError, String(error));
        }
      }),
    );
  });
});

describe("dates", () => {
  const cases: Readonly<Record<string, string>> = {
    $timestamp: "1769862896",
    "$timestamp -1 h": "1769859296",
    "$timestamp 1 Q": "1777552496",
    $isoTimestamp: "2026-01-31T12:34:56.789Z",
    $datetime: "2026-01-31T12:34:56.789Z",
    "$datetime 1 M": "2026-02-28T12:34:56.789Z",
    "$datetime iso8601 211 ms": "2026-01-31T12:34:57.000Z",
    "$datetime rfc1123": "Sat, 31 Jan 2026 12:34:56 GMT",
    "$datetime rfc1123 -1 w": "Sat, 24 Jan 2026 12:34:56 GMT",
    "$datetime 'YYYY-MM-DD' 1 d": "2026-02-01",
    '$datetime "DD.MM.YY [at] h:mm a, [Q]Q, W" 1 y': "31.01.27 at 12:34 pm, Q1, 4",
    '$datetime "YYYY-MM-DDTHH:mm:ss.SSSZ" 30 m': "2026-01-31T13:04:56.789+00:00",
    "$datetime 'X' 4 s": "1769862900",
  };
  for (const [expression, expected] of Object.entries(cases)) {
    it(expression, async () => assert.equal(await value(expression), expected));
  }

  it("$localDatetime uses the zone of the computer", async () => {
    const zone = process.env["TZ"];
    process.env["TZ"] = "Asia/Kolkata";
    try {
      assert.equal(await value("$localDatetime"), "2026-01-31T18:04:56.789+05:30");
      assert.equal(await value("$localDatetime rfc1123 1 h"), "Sat, 31 Jan 2026 19:04:56 +0530");
      assert.equal(await value("$localDatetime 'HH:mm'"), "18:04");
      assert.equal(await value("$datetime 'HH:mm'"), "12:34");
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
  });

  const wrong = [
    "$timestamp 1",
    "$timestamp d 1",
    "$timestamp 1.5 d",
    "$timestamp 1 days",
    "$timestamp 1 d d",
    "$datetime iso8601 1",
    "$datetime iso8601 1 D",
    "$datetime 'DDDD'",
    "$datetime 'YYYY zz'",
    "$datetime '[no part]'",
    "$datetime 'ISO'",
    "$datetime 9000 y",
    "$isoTimestamp 1 d",
  ];
  for (const expression of wrong)
    it(`refuses ${expression}`, async () => {
      await refusal(expression);
    });
});

describe("random values", () => {
  const forms: readonly (readonly [string, RegExp])[] = [
    ["$uuid", /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
    ["$guid", /^[\da-f-]{36}$/],
    ["$random.uuid", /^[\da-f-]{36}$/],
    ["$random.alphabetic(40)", /^[A-Za-z]{40}$/],
    ["$random.alphanumeric 40", /^[A-Za-z\d]{40}$/],
    ["$random.hexadecimal(40)", /^[\da-f]{40}$/],
    ["$random.hexadecimal(10000)", /^[\da-f]{10000}$/],
    ["$random.email", /^[\da-f]{16}@example\.com$/],
    ["$randomInt", /^\d{1,3}$/],
    ["$random.float(0, 0.000000001)", /^0\.0{9}\d*$|^0$/],
  ];
  for (const [expression, form] of forms) {
    it(expression, async () => {
      const first = await value(expression);
      assert.match(first, form);
      if (first.length > 12) assert.notEqual(await value(expression), first);
    });
  }

  it("numbers reach the lower limit and every other one, never the upper", async () => {
    const seen = new Set<string>();
    for (let turn = 0; turn < 300; turn++) seen.add(await value("$randomInt -1 2"));
    assert.deepEqual([...seen].sort(), ["-1", "0", "1"]);
  });

  it("numbers stay between their limits", async () => {
    const limit = fc.integer({ min: -1e15, max: 1e15 });
    await fc.assert(
      fc.asyncProperty(limit, limit, async (a, b) => {
        fc.pre(a !== b);
        const [min, max] = [Math.min(a, b), Math.max(a, b)];
        const whole = Number(await value(`$random.integer(${min}, ${max})`));
        assert.ok(whole >= min && whole < max && Number.isSafeInteger(whole));
        const real = Number(await value(`$random.float(${min}, ${max})`));
        assert.ok(real >= min && real < max);
      }),
    );
  });

  const wrong = [
    "$randomInt 5 5",
    "$randomInt 5",
    "$randomInt 6 5",
    "$randomInt 1.5 3",
    "$randomInt 1 9007199254740993",
    "$randomInt 1 2 3",
    "$random.float(1, x)",
    "$random.alphabetic",
    "$random.alphabetic(0)",
    "$random.alphabetic(-1)",
    "$random.alphabetic(10001)",
    "$random.alphabetic(ten)",
    "$uuid 4",
  ];
  for (const expression of wrong)
    it(`refuses ${expression}`, async () => {
      await refusal(expression);
    });
});

describe("$basic and $base64", () => {
  it("encode UTF-8", async () => {
    assert.equal(await value(`$basic "alice" "p:w é"`), `Basic ${Buffer.from("alice:p:w é").toString("base64")}`);
    assert.equal(await value(`$base64 "é" ":" "b"`), Buffer.from("é:b").toString("base64"));
  });
  it("refuse a user name with a colon, line breaks, and a missing part", async () => {
    await refusal(`$basic "a:b" "c"`);
    await refusal(`$basic "a" "c\n"`);
    await refusal(`$basic "a"`);
    await refusal("$base64");
  });
});
