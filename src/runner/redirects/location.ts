import { isHostName } from "../../common/host-name.ts";
import type { ReceivedResponse } from "../../transport/index.ts";
import { badLocation, type Turn } from "./failures.ts";

/** The statuses that lead on by themselves (RFC 9110 §15.4): not 300, which offers a choice, nor 304. */
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface Target {
  /** Without user name, password and fragment: none of them is sent, and a server may not choose who logs in. */
  readonly url: URL;
  /** The header's value. */
  readonly written: string;
  /** Were a user name or a password left out? */
  readonly hadCredentials: boolean;
}

/**
 * Where a response sends the request on; undefined where it does not. A relative reference starts at the URL that was
 * asked (RFC 9110 §10.2.2).
 * @throws {Failure} `redirect.bad-location`
 */
export function readLocation({ status, headers }: ReceivedResponse, from: URL): Target | undefined {
  if (!redirectStatuses.has(status)) return undefined;
  const values = [...new Set(headers.filter(([name]) => name.toLowerCase() === "location").map(([, value]) => value))];
  const [value] = values;
  if (value === undefined) return undefined;
  const turn: Turn = { status, from };
  // Clients differ in which one they follow, so whoever can add a header could send some of them elsewhere.
  if (values.length > 1) throw badLocation(turn, "It has several Location headers that lead to different places.");
  const written = utf8(value).trim();
  if (written === "") throw badLocation(turn, "Its Location header is empty.");
  const url = URL.parse(written, from.href);
  if (!url) throw badLocation(turn, "Its Location header holds no URL.");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw badLocation(turn, `Its Location header leads to a "${url.protocol}" URL, which is no matter of HTTP.`);
  }
  if (!isHostName(url.hostname)) throw badLocation(turn, "Its Location header leads to what is no host name.");
  const hadCredentials = url.username !== "" || url.password !== "";
  url.username = "";
  url.password = "";
  url.hash = "";
  return { url, written, hadCredentials };
}

/** Field values come as Latin-1; letters beyond ASCII in a URL are UTF-8 wherever they are sent at all. */
function utf8(value: string): string {
  const bytes = Buffer.from(value, "latin1");
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? value : text;
}
