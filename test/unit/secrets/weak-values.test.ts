import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createRedactor } from "../../../src/secrets/index.ts";

/** V stands for the value; the second text is what is shown, undefined if it stays. */
const whole = [
  "V",
  "  V  ",
  "a line\nV\nanother",
  "a line\r\nV\r\n",
  '{"pin":"V"}',
  '{"pin": "V", "more": 1}',
  '{"pin": V}',
  '{"pin":V,"more":1}',
  "[V, 2]",
  "[1, V]",
  '["x","V"]',
  '{\\"pin\\":\\"V\\"}',
  "pin: V\nnext: 2",
  "X-Pin: V",
  "a=1&pin=V&b=2",
  "/path?pin=V",
  "/path?pin=V#end",
  "pin=V; Path=/; HttpOnly",
  "a=1; pin=V",
  "pin='V'",
  "<pin>V</pin>",
  '<pin value="V"/>',
  "https://h/items/V/parts",
  "https://h/items/V",
  "https://h/items/V?x=1",
  "https://user:V@host/",
  "Bearer V",
  "authorization: Basic V, realm=x",
  "the password V was wrong",
  "token V",
] as const;
const parts = [
  "xV",
  "Vx",
  "the V of it",
  "note: V and more",
  "V and more",
  "a-V",
  "V.",
  "1V2",
  "x='Vs'",
  "'xV'",
  "a V",
  "<b>V and",
  "cover/Vs",
] as const;

describe("a value that is short or has few different characters", () => {
  for (const value of ["true", "admin", "4711", "a", "000000000000", "abababab", "é€"]) {
    it(`is replaced only where it is a whole field: ${value}`, () => {
      const redactor = createRedactor();
      redactor.add("PIN", value);
      for (const text of whole) {
        assert.equal(redactor.redact(text.replace("V", value)), text.replace("V", "{{$env.PIN}}"), text);
      }
      for (const text of parts) assert.equal(redactor.redact(text.replace("V", value)), text.replace("V", value));
    });
  }

  it("is found there escaped, and in data that is nothing else", () => {
    const redactor = createRedactor();
    redactor.add("PIN", "a/b");
    for (const text of ["a%2fb", "a\\/b", "a&#47;b", "YS9i", "612f62", "%61%2Fb"]) {
      assert.equal(redactor.redact(`{"pin": "${text}", "x": "${text}x"}`), `{"pin": "{{$env.PIN}}", "x": "${text}x"}`);
    }
    assert.equal(redactor.redact('{"id":"xYS9i"}'), '{"id":"xYS9i"}');
  });

  it("is found in Basic credentials behind any user name", () => {
    for (const value of ["1234", "pw"]) {
      const redactor = createRedactor();
      redactor.add("PIN", value);
      for (const user of ["", "u", "us", "use", "user"]) {
        const encoded = Buffer.from(`${user}:${value}`).toString("base64");
        const redacted = redactor.redact(`{"a": "Basic ${encoded}", "b": "x"}`);
        assert.match(redacted, /^\{"a": "Basic \w{0,6}\{\{\$env\.PIN\}\}", "b": "x"\}$/, user);
        assert.equal(redactor.redact(`Other ${encoded}x`), `Other ${encoded}x`);
      }
    }
  });

  it("has a warning that names it and says nothing of its value", () => {
    const redactor = createRedactor();
    redactor.add("PIN", "4711");
    redactor.add("PIN", "4711", "{{$secret PIN}}");
    redactor.add("FLAG", "aaaaaaaaaaaaaaaa", "{{$dotenv FLAG}}");
    redactor.add("EMPTY", "");
    redactor.add("TOKEN", "long-enough-and-varied");
    redactor.hide("bob", "{{name}}");
    const other = createRedactor();
    other.include(redactor);
    const warnings = other.warnings();
    assert.deepEqual(
      warnings.map(({ level, text }) => [level, /\{\{\$(?:env\.|dotenv )(\w+)\}\}/.exec(text)?.[1]]),
      [
        ["warning", "PIN"],
        ["warning", "FLAG"],
      ],
    );
    for (const { text } of warnings) assert.doesNotMatch(text, /4711|aaaa|\b(?:4|16)\b/);
    assert.match(warnings[0]?.text ?? "", /Use a longer value/);
  });

  it("has none where there is nothing to say", () => {
    const redactor = createRedactor();
    redactor.add("TOKEN", "6chars");
    assert.deepEqual(redactor.warnings(), []);
  });
});
