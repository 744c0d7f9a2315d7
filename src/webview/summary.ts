import { duration } from "../common/units.ts";
import type { ExchangeView, ResponseView } from "../protocol/exchange-view.ts";
import { statusLine } from "../protocol/status-words.ts";
import { visible } from "./visible-text.ts";

const words: Readonly<Record<ExchangeView["verdict"]["kind"], string>> = {
  verified: "TLS verified",
  "not-verified": "TLS not verified",
  "not-encrypted": "not encrypted",
  "not-connected": "no connection",
};

/** What a screen reader says when a response is there: "200 OK, 143 ms, TLS verified". */
export function summary(exchange: ExchangeView, response: ResponseView): string {
  const said = visible(statusLine(response)).slice(0, 100);
  return `${said}, ${duration(exchange.timings.total)}, ${words[exchange.verdict.kind]}`;
}
