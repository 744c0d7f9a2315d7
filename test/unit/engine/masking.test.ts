import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { curlCommand } from "../../../src/extension/curl.ts";
import { excerptOf } from "../../../src/protocol/excerpt.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { mask } from "../../../src/protocol/masking/mask.ts";
import { type Harness, startHarness } from "./harness.ts";

/** Credentials that nobody has listed: written into the file, or made by the server. */
const unlisted = {
  bearer: "b3ar3r-QWXZ-literal",
  apiKey: "k3y-QWXZ-literal",
  query: "qu3ry-QWXZ-literal",
  password: "p4ss-QWXZ-literal",
  session: "s3ss10n-QWXZ-made-by-the-server",
  code: "c0de-QWXZ-made-by-the-server",
};
const listed = "listed-s3cret-value-42";

let harness: Harness;
before(async () => {
  harness = await startHarness((request, response) => {
    if (request.url?.startsWith("/from")) {
      response.writeHead(302, { location: `/to?code=${unlisted.code}&state=1#access_token=${unlisted.code}` });
      return response.end();
    }
    response.setHeader("set-cookie", [`sid=${unlisted.session}; Path=/; HttpOnly`, `theme=${listed}; Secure`]);
    response.setHeader("x-echo", `you sent ${request.headers.authorization}`);
    response.setHeader("x-plain", "nothing to hide");
    response.setHeader("content-type", "text/plain");
    return response.end("answer");
  });
  await harness.restart({ PASSWORD: listed });
});
after(() => harness.stop());

const file = `### first
# @name first
POST https://HOST/?access_token=${unlisted.query}&page=2
Authorization: Bearer ${unlisted.bearer}
X-Api-Key: ${unlisted.apiKey}-{{$env.PASSWORD}}
X-Session: {{$env.PASSWORD}}
Content-Type: application/json

{ "user": "ada", "password": "${unlisted.password}", "token": "{{$env.PASSWORD}}" }
`;

const leaks = (text: string) =>
  Object.entries({ ...unlisted, listed }).flatMap(([name, value]) => (text.includes(value) ? [name] : []));
const header = (headers: ExchangeView["request"]["headers"], name: string) =>
  headers.find((found) => found.name.toLowerCase() === name);

describe("credentials that nobody has listed", () => {
  let view: ExchangeView;
  before(async () => {
    ({ view } = await harness.send("api.https", file));
  });

  test("reach the server as they are", () => {
    const { rawHeaders, url, body } = harness.server.recorded.at(-1) ?? assert.fail("nothing arrived");
    assert.ok(rawHeaders.includes(`Bearer ${unlisted.bearer}`));
    assert.ok(rawHeaders.includes(`${unlisted.apiKey}-${listed}`));
    assert.equal(url, `/?access_token=${unlisted.query}&page=2`);
    assert.match(String(body), new RegExp(unlisted.password));
  });

  test("are in no part of the view, nor of anything that is made of it", () => {
    assert.equal(view.failure, null);
    const curl = curlCommand(view) ?? assert.fail("no command");
    for (const text of [JSON.stringify(view), JSON.stringify(excerptOf(view)), curl.text])
      assert.deepEqual(leaks(text), []);
    assert.ok(curl.variables.includes("MASKED_AUTHORIZATION") && curl.variables.includes("MASKED_PASSWORD"));
  });

  test("leave what helps: scheme, names, attributes, references, the other parameters and fields", () => {
    const { request, response } = view;
    assert.equal(new URL(request.url).search, `?access_token=${encodeURIComponent(mask)}&page=2`);
    assert.deepEqual(header(request.headers, "authorization"), {
      name: "Authorization",
      value: `Bearer ${mask}`,
      masked: true,
    });
    assert.equal(header(request.headers, "x-api-key")?.value, `${mask}{{$env.PASSWORD}}`);
    assert.deepEqual(header(request.headers, "x-session"), { name: "X-Session", value: "{{$env.PASSWORD}}" });
    const body = { user: "ada", password: mask, token: "{{$env.PASSWORD}}" };
    assert.deepEqual(JSON.parse(request.body?.text ?? ""), body);
    const headers = response?.headers ?? [];
    assert.deepEqual(
      headers.filter(({ name }) => name === "set-cookie"),
      [
        { name: "set-cookie", value: `sid=${mask}; Path=/; HttpOnly`, masked: true },
        { name: "set-cookie", value: "theme={{$env.PASSWORD}}; Secure" },
      ],
    );
    assert.deepEqual(header(headers, "x-plain"), { name: "x-plain", value: "nothing to hide" });
  });

  test("are hidden in another header that sends them back", () => {
    const echo = header(view.response?.headers ?? [], "x-echo");
    assert.deepEqual(echo, { name: "x-echo", value: `you sent Bearer ${mask}`, masked: true });
  });

  test("a redirect's URLs are masked, too", async () => {
    const { view: followed } = await harness.send("redirect.https", `GET https://HOST/from?token=${unlisted.query}\n`);
    const text = JSON.stringify([followed.redirects, followed.request, followed.response?.headers]);
    assert.deepEqual(leaks(text), []);
    assert.match(text, /[?&](?:token|code)=••••••/);
  });

  test("a failure does not show the line that one is written into", async () => {
    const line = (value: string) => `GET https://HOST/\nAuthorization: Bearer ${value} {{nothing}}\n`;
    const { view: failed } = await harness.send("bad.https", line(unlisted.bearer));
    assert.equal(failed.failure?.code, "variable.undefined");
    assert.deepEqual(leaks(JSON.stringify(failed)), []);
    const { view: clean } = await harness.send("bad.https", line("{{$env.PASSWORD}}"));
    assert.match(clean.failure?.location?.lineText ?? "", /\{\{nothing\}\}/, "a line without one is shown");
  });

  test("a URL that could not be prepared", async () => {
    const text = `GET https://ada:${unlisted.password}@HOST/?token=${unlisted.query}&id={{nothing}}\n`;
    const { view: failed } = await harness.send("bad-url.https", text);
    assert.equal(failed.request.url, `https://${mask}:${mask}@${harness.host}/?token=${mask}&id={{nothing}}`);
    assert.deepEqual(leaks(JSON.stringify(failed)), []);
  });
});

describe("revealing", () => {
  const indexOf = (headers: ExchangeView["request"]["headers"], name: string) =>
    headers.findIndex((found) => found.name.toLowerCase() === name);

  test("gives a masked header, with listed secrets still by name", async () => {
    const { view } = await harness.send("api.https", file);
    const reveal = (part: "request" | "response", name: string) => {
      const headers = part === "request" ? view.request.headers : (view.response?.headers ?? []);
      return harness.engine.reveal(view.id, { part, index: indexOf(headers, name) });
    };
    assert.equal(reveal("request", "authorization"), `Bearer ${unlisted.bearer}`);
    assert.equal(reveal("request", "x-api-key"), `${unlisted.apiKey}-{{$env.PASSWORD}}`);
    assert.equal(reveal("response", "set-cookie"), `sid=${unlisted.session}; Path=/; HttpOnly`);
    assert.equal(reveal("response", "x-echo"), `you sent Bearer ${unlisted.bearer}`);
    assert.equal(reveal("request", "x-session"), undefined, "nothing of it is masked");
    assert.equal(reveal("request", "content-type"), undefined);
    for (const index of [-1, 0.5, 1000, Number.NaN]) {
      assert.equal(harness.engine.reveal(view.id, { part: "request", index }), undefined);
    }
    assert.equal(harness.engine.reveal("another", { part: "request", index: 0 }), undefined);
  });

  test("only of the last few exchanges", async () => {
    const text = `GET https://HOST/\nAuthorization: Bearer ${unlisted.bearer}\n`;
    const ids: string[] = [];
    for (let count = 0; count < 21; count++) ids.push((await harness.send("one.https", text)).view.id);
    const view = (await harness.send("one.https", text)).view;
    const place = { part: "request", index: indexOf(view.request.headers, "authorization") } as const;
    const kept = [...ids, view.id].map((id) => harness.engine.reveal(id, place) !== undefined);
    assert.deepEqual(kept, [false, false, ...Array(20).fill(true)]);
  });
});
