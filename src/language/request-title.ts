import type { RequestBlock, RequestNode } from "../syntax/index.ts";

/** `METHOD url` as written, without the line breaks of continuation lines. */
export function requestSummary(request: RequestNode): string {
  return `${request.method?.text ?? "GET"} ${request.url.text}`.trimEnd();
}

/** The block's name or title, else its request as written. */
export function blockTitle(block: RequestBlock): string | undefined {
  return block.name?.text ?? (block.request && requestSummary(block.request));
}
