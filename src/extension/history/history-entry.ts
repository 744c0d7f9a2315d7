import { excerptOf } from "../../protocol/excerpt.ts";
import { isExchangeView } from "../../protocol/exchange-shape.ts";
import type { ExchangeView, HeaderView } from "../../protocol/exchange-view.ts";
import { type Check, isString, nullable, shape } from "../../protocol/shape.ts";
import { isRequestKey, type RequestKey } from "../request-key.ts";

/** An exchange of before: what was shown of it, and where its request stands. Never the text of the request file. */
export interface HistoryEntry {
  /** The document of the request, as a URI string. */
  readonly document: string;
  /** Null where only the line in `exchange` is known: a request of another file that was sent because it was needed. */
  readonly key: RequestKey | null;
  /** The environment that it was sent with; "" for none. */
  readonly environment: string;
  readonly exchange: ExchangeView;
}

/** In UTF-16 units, of each body: enough to see what it was. */
const maxBody = 64 * 1024;

/** As it is kept: bodies cut, and nothing left to be revealed. Undefined for a request with `@no-log`. */
export function historyEntry(entry: HistoryEntry): HistoryEntry | undefined {
  if (entry.exchange.request.noLog) return undefined;
  const { request, response, ...rest } = excerptOf(entry.exchange, maxBody);
  const exchange = {
    ...rest,
    request: { ...request, headers: request.headers.map(unmarked) },
    response: response && { ...response, headers: response.headers.map(unmarked) },
  };
  return { ...entry, exchange };
}

function unmarked({ name, value }: HeaderView): HeaderView {
  return { name, value };
}

const isOfRequest: Check<RequestKey> = (value): value is RequestKey => isRequestKey(value);

/** What is read from a disk may have been written by anybody, or by another version. */
export const isHistoryEntry: Check<HistoryEntry> = shape<HistoryEntry>({
  document: isString,
  key: nullable(isOfRequest),
  environment: isString,
  exchange: isExchangeView,
});
