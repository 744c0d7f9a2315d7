import { hostAndPath } from "../common/url-text.ts";
import type { ExchangeView } from "../protocol/exchange-view.ts";

/** File endings by media type; `+json` and `+xml` types are found by their suffix. */
const endings: Readonly<Record<string, string>> = {
  "application/json": "json",
  "application/xml": "xml",
  "text/xml": "xml",
  "text/html": "html",
  "text/css": "css",
  "text/csv": "csv",
  "text/javascript": "js",
  "application/javascript": "js",
  "text/markdown": "md",
  "application/yaml": "yaml",
};

/**
 * A name for the response's body: the last part of the path with an ending that fits the media type. Only letters,
 * digits, `-` and `_` of the URL get into it, so no URL can name another folder or a hidden file.
 */
export function bodyFileName({ request, response }: Pick<ExchangeView, "request" | "response">): string {
  const segment =
    hostAndPath(request.url)
      .path.split("/")
      .findLast((part) => part !== "") ?? "";
  const stem = segment.replace(/\.\w+$/, "").replace(/[^\w-]+/g, "-");
  const name = stem.replace(/^-+|-+$/g, "").slice(0, 60) || "response";
  return `${name}.${bodyFileEnding(response?.body.mediaType ?? "")}`;
}

function bodyFileEnding(mediaType: string): string {
  const suffix = /\+(json|xml|yaml)$/.exec(mediaType)?.[1];
  return endings[mediaType] ?? suffix ?? "txt";
}
