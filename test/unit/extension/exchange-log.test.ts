import assert from "node:assert/strict";
import { test } from "node:test";
import { logExchange } from "../../../src/extension/exchange-log.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { exchange, failed } from "./exchanges.ts";

function logged(view: ExchangeView): string[] {
  const lines: string[] = [];
  const at = (level: string) => (text: string) => lines.push(`${level}: ${text}`);
  logExchange(view, { info: at("info"), warn: at("warn"), error: at("error") });
  return lines;
}

test("an exchange is one line of the log, at its level", () => {
  assert.match(logged(exchange()).join("\n"), /^info: .* host=api\.example\.com:8443 .* status=200 .*$/);
  assert.match(logged(failed("tls.expired", false)).join("\n"), /^error: .* failure=tls\.expired .*$/);
});

test("@no-log keeps an exchange out of the log", () => {
  assert.deepEqual(logged(exchange({ request: { ...exchange().request, noLog: true } })), []);
});
