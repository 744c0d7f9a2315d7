import { byteSize, duration } from "../../common/units.ts";
import type { ExchangeView, FailureView, ResponseView, VerdictView } from "../../protocol/exchange-view.ts";
import { statusLine } from "../../protocol/status-words.ts";
import { renderBody } from "./body.ts";
import { renderConnection, renderRefusedChain } from "./connection.ts";
import { renderCookies } from "./cookies.ts";
import { renderFailure } from "./failure.ts";
import { renderNotes, renderRedirects } from "./redirects.ts";
import { renderInformational, renderPartial, renderTrailers } from "./response-parts.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";
import { renderTlsReport } from "./tls-report.ts";

/**
 * One exchange for a person, ending with a line feed: heading, facts of the connection, and body or failure.
 * `withTls`: followed by everything that is known of its connections.
 */
export function renderExchange(view: ExchangeView, style: Style, withTls = false): string {
  const answer = view.response && !view.failure ? renderAnswer(view, view.response, style) : renderRefusal(view, style);
  const details = withTls ? [...answer, ...renderTlsReports(view, style)] : answer;
  const indented = details.map((line) => (line === "" ? "" : `  ${line}`));
  return `${[renderHeading(view, style), ...indented].join("\n")}\n`;
}

function renderHeading(view: ExchangeView, style: Style): string {
  const { name } = view.request;
  const { method, url } = view.redirects[0] ?? view.request;
  const target = `${terminalLine(method)} ${terminalLine(url)}`;
  const heading = name === null ? style.bold(target) : `${style.bold(terminalLine(name))}  ${target}`;
  return `${renderMark(view, style)} ${heading}`;
}

/** A response of any status is an answer; the mark only tells the ones that say "error" apart. */
function renderMark(view: ExchangeView, style: Style): string {
  if (!view.response || view.failure) return style.red("✕");
  return view.response.status < 400 ? style.green("✓") : style.yellow("!");
}

function renderAnswer(view: ExchangeView, response: ResponseView, style: Style): string[] {
  const body = renderBody(response.body, style);
  return [
    ...renderRedirects(view, style),
    ...renderInformational(response, style),
    renderStatus(view, response, style),
    paintVerdict(view.verdict, style),
    ...renderConnection(view.connection, style),
    ...cookieLines(view, style),
    ...renderNotes(view, style),
    ...(body.length === 0 ? [] : ["", ...body]),
    ...renderTrailers(response, style),
  ];
}

function cookieLines({ cookies }: ExchangeView, style: Style): string[] {
  const line = renderCookies(cookies, style);
  return line === undefined ? [] : [line];
}

function renderStatus(view: ExchangeView, response: ResponseView, style: Style): string {
  const status = terminalLine(statusLine(response));
  const paint = response.status < 400 ? style.green : response.status < 500 ? style.yellow : style.red;
  const { mediaType, size, encodedSize } = response.body;
  const onWire = size === encodedSize ? "" : ` (${byteSize(encodedSize)} on the wire)`;
  const facts = [
    terminalLine(response.httpVersion),
    duration(view.timings.total),
    `${byteSize(size)}${onWire}`,
    terminalLine(mediaType),
  ];
  return [paint(status), ...facts.filter((fact) => fact !== "")].join(" · ");
}

function paintVerdict(verdict: VerdictView, style: Style): string {
  const paint = {
    verified: style.green,
    "not-verified": style.red,
    "not-encrypted": style.yellow,
    "not-connected": style.dim,
  };
  return paint[verdict.kind](terminalLine(verdict.text));
}

/** Of the redirects' connections too, each under the URL that was asked over it. */
function renderTlsReports({ redirects, request, connection }: ExchangeView, style: Style): string[] {
  const hops = [
    ...redirects.map(({ url, connection: over }) => ({ url, over })),
    { url: request.url, over: connection },
  ];
  return hops.flatMap(({ url, over }) => {
    const report = renderTlsReport(over, style);
    if (report.length === 0) return [];
    return redirects.length === 0 ? ["", ...report] : ["", style.bold(`TLS of ${terminalLine(url)}`), ...report];
  });
}

/** Worth a line only where there was a connection that it could have gone over. */
function renderSent(view: ExchangeView, failure: FailureView): string[] {
  if (failure.requestSent) return ["The request, or a part of it, had been sent."];
  return view.connection === null ? [] : ["Nothing of the request was sent."];
}

function renderRefusal(view: ExchangeView, style: Style): string[] {
  const { failure, connection } = view;
  if (!failure) return [];
  const chain = renderRefusedChain(connection, style);
  const facts = chain.length > 0 ? ["", ...chain] : renderConnection(connection, style);
  return [
    ...renderRedirects(view, style),
    ...renderFailure(failure, style),
    ...facts,
    ...cookieLines(view, style),
    ...renderNotes(view, style),
    ...renderSent(view, failure).map(style.dim),
    ...renderPartial(view.response, style),
  ];
}
