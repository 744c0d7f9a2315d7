import { Failure } from "../common/failure.ts";
import { type RequestNode, readHttpVersion } from "../syntax/index.ts";
import type { Locate } from "./places.ts";

/**
 * Does the request ask for HTTP/2? Undefined where it names no version: the host's settings say then.
 * @throws {Failure} `parse.error` for HTTP/2 without TLS, whose ALPN chooses it (RFC 9113 §3.2)
 */
export function asksForHttp2(
  { version, curl, lineRange }: RequestNode,
  origin: URL,
  locate: Locate,
): boolean | undefined {
  const asked = version ? readHttpVersion(version.text) : curl?.httpVersion;
  if (asked === undefined) return undefined;
  if (asked !== "2") return false;
  if (origin.protocol === "https:") return true;
  const location = locate(version?.range ?? lineRange);
  throw new Failure({
    code: "parse.error",
    title: "HTTP/2 without encryption is not supported",
    detail: `The request asks for HTTP/2, but ${origin.origin} is plain http. The version is chosen in the TLS handshake (ALPN). Nothing was sent.`,
    fix: `Write https: in the URL, or HTTP/1.1 in line ${location.line} of ${location.file}.`,
    location,
  });
}
