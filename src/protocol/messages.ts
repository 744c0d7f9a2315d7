import { isExchangeView } from "./exchange-shape.ts";
import type { ExchangeView } from "./exchange-view.ts";
import { isInspectionView } from "./inspection-shape.ts";
import type { InspectionView } from "./inspection-view.ts";
import { type Check, isBoolean, isNumber, isString, nullable, oneOf, shape, stringUpTo } from "./shape.ts";

/** What the extension sends to the panel. */
export type HostMessage =
  | { readonly type: "empty" }
  | {
      readonly type: "running";
      readonly id: string;
      readonly method: string;
      readonly url: string;
      readonly elapsed: number;
      /** A question to the person is open: nothing is sent before the answer. */
      readonly isAsking?: boolean;
    }
  /** A response that is still coming in, as far as it has come; `id`: of the run, which can be canceled. */
  | { readonly type: "receiving"; readonly id: string; readonly exchange: ExchangeView }
  /** `isPast`: it was chosen from the history, not sent just now. */
  | { readonly type: "exchange"; readonly exchange: ExchangeView; readonly isPast?: boolean }
  | { readonly type: "inspection"; readonly inspection: InspectionView }
  /** The answer to `revealHeader`; null where the value is no longer kept. */
  | ({ readonly type: "revealed"; readonly id: string; readonly value: string | null } & HeaderPlace);

/** A header of an exchange. */
export interface HeaderPlace {
  readonly part: "request" | "response";
  /** Index into the view's headers. */
  readonly index: number;
}

/** What the panel sends to the extension. */
export type PanelMessage =
  | { readonly type: "ready" }
  | { readonly type: "cancel"; readonly id: string }
  | { readonly type: "sendAgain" }
  | { readonly type: "copy"; readonly what: "body" | "report" | "curl" }
  | { readonly type: "copyText"; readonly text: string }
  | { readonly type: "openBody" }
  | { readonly type: "saveBody" }
  | { readonly type: "openCertificate"; readonly index: number }
  | { readonly type: "reveal"; readonly what: "request" | "cause" }
  /** `id`: of the exchange that is shown. */
  | ({ readonly type: "revealHeader"; readonly id: string } & HeaderPlace)
  /** `id`: of the exchange that is shown; `index`: in its chain. */
  | { readonly type: "trustAuthority"; readonly id: string; readonly index: number }
  /** Looks at the TLS of the server that is shown; `id`: of the exchange or of the inspection. */
  | { readonly type: "inspect"; readonly id: string }
  | { readonly type: "openSettings" }
  | { readonly type: "showCookies" }
  /** `took`: milliseconds from the message's arrival to the next painted frame. */
  | { readonly type: "rendered"; readonly id: string; readonly took: number }
  /** A CSP violation or a script error in the panel; goes to the log channel and fails the browser test. */
  | { readonly type: "problem"; readonly message: string };

type ChecksOf<M extends { readonly type: string }> = {
  readonly [K in M["type"]]: Check<Extract<M, { readonly type: K }>>;
};

const hostMessages: ChecksOf<HostMessage> = {
  empty: shape({ type: oneOf("empty") }),
  running: shape<Extract<HostMessage, { readonly type: "running" }>>(
    {
      type: oneOf("running"),
      id: isString,
      method: isString,
      url: isString,
      elapsed: isNumber,
      isAsking: isBoolean,
    },
    "isAsking",
  ),
  receiving: shape({ type: oneOf("receiving"), id: isString, exchange: isExchangeView }),
  exchange: shape<Extract<HostMessage, { readonly type: "exchange" }>>(
    { type: oneOf("exchange"), exchange: isExchangeView, isPast: isBoolean },
    "isPast",
  ),
  inspection: shape({ type: oneOf("inspection"), inspection: isInspectionView }),
  revealed: shape({
    type: oneOf("revealed"),
    id: isString,
    value: nullable(isString),
    part: oneOf("request", "response"),
    index: isNumber,
  }),
};

/** Ids are short; a panel that sends a long one is not ours. */
const isId = stringUpTo(200);
/** A certificate in PEM or a header value is the longest text that the panel asks to copy. */
const isCopiedText = stringUpTo(1_000_000);
const isIndex = indexUpTo(100);
/** As many as fit into the headers that are accepted. */
const isHeaderIndex = indexUpTo(100_000);
const isMilliseconds: Check<number> = (value): value is number => isNumber(value) && value >= 0;

const panelMessages: ChecksOf<PanelMessage> = {
  ready: shape({ type: oneOf("ready") }),
  cancel: shape({ type: oneOf("cancel"), id: isId }),
  sendAgain: shape({ type: oneOf("sendAgain") }),
  copy: shape({ type: oneOf("copy"), what: oneOf("body", "report", "curl") }),
  copyText: shape({ type: oneOf("copyText"), text: isCopiedText }),
  openBody: shape({ type: oneOf("openBody") }),
  saveBody: shape({ type: oneOf("saveBody") }),
  openCertificate: shape({ type: oneOf("openCertificate"), index: isIndex }),
  reveal: shape({ type: oneOf("reveal"), what: oneOf("request", "cause") }),
  revealHeader: shape({
    type: oneOf("revealHeader"),
    id: isId,
    part: oneOf("request", "response"),
    index: isHeaderIndex,
  }),
  trustAuthority: shape({ type: oneOf("trustAuthority"), id: isId, index: isIndex }),
  inspect: shape({ type: oneOf("inspect"), id: isId }),
  openSettings: shape({ type: oneOf("openSettings") }),
  showCookies: shape({ type: oneOf("showCookies") }),
  rendered: shape({ type: oneOf("rendered"), id: isId, took: isMilliseconds }),
  problem: shape({ type: oneOf("problem"), message: stringUpTo(5_000) }),
};

function indexUpTo(count: number): Check<number> {
  return (value): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= 0 && value < count;
}

function checkOf<T>(checks: Readonly<Record<string, Check<T>>>, value: unknown): Check<T> | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "type")) return undefined;
  const { type } = value as { readonly type: unknown };
  return typeof type === "string" && Object.hasOwn(checks, type) ? checks[type] : undefined;
}

/** What the panel accepts from the extension; anything else is dropped and reported. */
export function isHostMessage(value: unknown): value is HostMessage {
  return checkOf<HostMessage>(hostMessages, value)?.(value) ?? false;
}

/** What the extension accepts from the panel, which shows hostile text: no unknown type, field or length. */
export function isPanelMessage(value: unknown): value is PanelMessage {
  return checkOf<PanelMessage>(panelMessages, value)?.(value) ?? false;
}
