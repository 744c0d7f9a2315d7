import assert from "node:assert/strict";
import { test } from "node:test";
import { logLine } from "../../../src/extension/exchange-log.ts";
import { exchange, failed } from "./exchanges.ts";

test("one line tells who was asked what and what came of it, without query and fragment", () => {
  assert.equal(
    logLine(exchange()),
    "method=GET host=api.example.com:8443 path=/users/42 status=200 verdict=verified ms=43 at=api.https:3",
  );
});

test("a failure stands with its code in place of a status", () => {
  assert.match(logLine(failed("tls.expired", false)), / failure=tls\.expired verdict=not-verified /);
});

test("user name and password of a URL are not logged", () => {
  const { request } = exchange();
  const line = logLine(exchange({ request: { ...request, url: "https://ada:pa%40ss@api.example.com/@me" } }));
  assert.match(line, /host=api\.example\.com path=\/@me /);
  assert.doesNotMatch(line, /ada|pa%40ss/);
});

test("no text can end the line, forge a field or reach a terminal", () => {
  const { request } = exchange();
  const name = 'x" status=200\r\n2026 \u001b[31mforged\u202e\u2028';
  const line = logLine(exchange({ request: { ...request, name } }));
  assert.ok(
    line.startsWith('name="x\\" status=200\\u{d}\\u{a}2026 \\u{1b}[31mforged\\u{202e}\\u{2028}" method='),
    line,
  );
});
