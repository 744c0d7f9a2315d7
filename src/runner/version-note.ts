import type { Note } from "../common/note.ts";
import type { Followed } from "./redirects/follow.ts";

/** Says so where HTTP/2 was asked for and the server speaks HTTP/1.1. */
export function versionNotes({ request, result: { outcome } }: Followed): Note[] {
  const { http2 = request.profile.http2, url } = request;
  if (!http2 || outcome.kind === "failure" || outcome.response.httpVersion === "2") return [];
  const why =
    url.protocol === "https:"
      ? `HTTP/2 was offered, but ${url.host} chose HTTP/${outcome.response.httpVersion}.`
      : `HTTP/2 needs https:, so ${url.host} got HTTP/1.1.`;
  return [{ level: "information", text: why }];
}
