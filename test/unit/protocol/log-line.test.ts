import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExchangeView, RedirectView, RequestView } from "../../../src/protocol/exchange-view.ts";
import { logLines } from "../../../src/protocol/log-line.ts";
import { exchange, failed, response } from "../extension/exchanges.ts";

function lineOf(view: ExchangeView): string {
  const lines = logLines(view);
  assert.equal(lines.length, 1);
  return lines[0]?.text ?? "";
}

function requested(change: Partial<RequestView>): ExchangeView {
  return exchange({ request: { ...exchange().request, ...change } });
}

const hop: RedirectView = {
  method: "POST",
  url: "https://first.example.com/login?code=abc",
  status: 307,
  location: "https://api.example.com:8443/users/42",
  withheld: [],
  connection: null,
  timings: exchange().timings,
};

test("one line tells who was asked what over which connection, and what came of it", () => {
  assert.equal(
    lineOf(exchange()),
    "level=info time=2026-11-20T12:00:00.000Z method=GET host=api.example.com:8443 path=/users/42 query=token status=200 " +
      "dns_ms=1 connect_ms=2 tls_ms=3 send_ms=1 wait_ms=30 receive_ms=6 total_ms=43.4 " +
      "sent_bytes=0 received_bytes=2 decoded_bytes=2 verdict=verified hops=0 at=api.https:3 id=1",
  );
});

test("bytes are those of the bodies: sent, on the wire, and decoded", () => {
  const { body } = response();
  const view = exchange({
    request: { ...exchange().request, body: { ...body, size: 10, encodedSize: 10 } },
    response: response({ body: { ...body, size: 900, encodedSize: 120 } }),
  });
  assert.match(lineOf(view), / sent_bytes=10 received_bytes=120 decoded_bytes=900 /);
});

test("a failure has its code in place of a status, and bytes only where some had left", () => {
  const refused = lineOf(failed("tls.expired", false));
  assert.match(refused, / failure=tls\.expired .* verdict=not-verified /);
  assert.doesNotMatch(refused, /status=|_bytes=/);
  assert.match(lineOf(failed("timeout.response", true)), / failure=timeout\.response .* sent_bytes=0 /);
});

test("the level tells what its author can mend from what failed on the way", () => {
  const levelOf = (code: Parameters<typeof failed>[0]) => logLines(failed(code, false))[0]?.level;
  assert.equal(logLines(exchange({ response: response({ status: 500 }) }))[0]?.level, "info");
  assert.equal(levelOf("canceled"), "info");
  assert.equal(levelOf("tls.expired"), "error");
  const { failure } = failed("canceled", false);
  assert.ok(failure);
  const refused = exchange({ response: null, failure: { ...failure, code: "policy.secret-not-allowed" } });
  assert.equal(logLines(refused)[0]?.level, "warn");
});

test("neither user information nor a value of the query or of a path parameter stands in a line", () => {
  const url =
    "https://ada:pa%40ss@api.example.com/a;jsessionid=S3CR3T/@me?page=S3CR3T&=S3CR3T&S3CR3T&t=a=S3CR3T#S3CR3T";
  const line = lineOf(requested({ url }));
  assert.match(line, / host=api\.example\.com path="\/a;jsessionid=…\/@me" query=page,,…,t /);
  assert.doesNotMatch(line, /ada|pa%40ss|S3CR3T/);
});

test("a reference is one word of the URL, whatever stands in it", () => {
  const of = (url: string) => / (host=.*) status/.exec(lineOf(requested({ url })))?.[1];
  assert.equal(
    of("https://{{$env.HOST}}/t/{{$env.TOKEN}}?a={{x}}"),
    "host={{$env.HOST}} path=/t/{{$env.TOKEN}} query=a",
  );
  assert.equal(
    of("{{login.response.body.$.links[?@.rel == 'a/b#c'].href}}/next"),
    `host="{{login.response.body.$.links[?@.rel == 'a/b#c'].href}}" path=/next`,
  );
});

test("no text can end the line, forge a field, hide, or give a build server an order", () => {
  const name = 'x" status=200\r\n2026 \u001b[31mforged\u202e\u2028\u3164 ##vso[task.complete]';
  const line = lineOf(requested({ name }));
  assert.ok(
    line.includes(
      ' name="x\\" status=200\\r\\n2026 \\u001b[31mforged\\u202e\\u2028\\u3164 #\\u0023vso[task.complete]" method=GET ',
    ),
    line,
  );
  assert.match(lineOf(requested({ name: "Bücher – 本" })), / name="Bücher – 本" /);
});

test("a long path is cut", () => {
  assert.ok(lineOf(requested({ url: `https://h/${"a".repeat(100_000)}` })).length < 2_000);
});

test("a redirect that was followed is a line of its own, before that of the exchange", () => {
  const lines = logLines(exchange({ redirects: [hop, { ...hop, url: "https://second.example.com/" }] }));
  const texts = lines.map(({ text }) => text);
  assert.equal(texts.length, 3);
  assert.match(texts[0] ?? "", / method=POST host=first\.example\.com path=\/login query=code status=307 .* hop=1 at=/);
  assert.match(texts[1] ?? "", / host=second\.example\.com .* hop=2 /);
  assert.match(texts[2] ?? "", / host=api\.example\.com:8443 .* status=200 .* hops=2 /);
  assert.doesNotMatch(texts.join("\n"), /abc/);
});

test("@no-log leaves no line, also for its redirects", () => {
  const view = requested({ noLog: true });
  assert.deepEqual(logLines({ ...view, redirects: [hop] }), []);
});

test("as JSON a line has the same values, and every key", () => {
  const [line] = logLines(exchange(), "json");
  const value = JSON.parse(line?.text ?? "") as Record<string, unknown>;
  assert.deepEqual(
    [value["host"], value["status"], value["total_ms"], value["query"]],
    ["api.example.com:8443", 200, 43.4, "token"],
  );
  assert.deepEqual([value["name"], value["failure"], value["reused"], value["hop"]], [null, null, null, null]);
  const keys = (view: ExchangeView) =>
    logLines(view, "json").map(({ text }) => Object.keys(JSON.parse(text) as object));
  const [ofHop, ofLast] = keys(exchange({ redirects: [hop] }));
  assert.deepEqual(ofHop, ofLast);
  assert.deepEqual(keys(failed("canceled", false))[0], ofLast);
});

test("a JSON line is one line of harmless text and the same value", () => {
  const name = "a\n\u202e\u{e0041}##vso[x]";
  const [line] = logLines(requested({ name }), "json");
  assert.match(line?.text ?? "", /^[\x20-\x7e]+$/);
  assert.doesNotMatch(line?.text ?? "", /##vso/);
  assert.equal((JSON.parse(line?.text ?? "") as { readonly name: unknown }).name, name);
});
