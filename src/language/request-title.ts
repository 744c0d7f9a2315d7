import type { RequestBlock, RequestNode, RunNode } from "../syntax/index.ts";

/** `METHOD url` as written, without the line breaks of continuation lines. */
export function requestSummary(request: RequestNode): string {
  return `${request.method?.text ?? "GET"} ${request.url.text}`.trimEnd();
}

/** What a block sends: its request as written, else its `run` lines; undefined for one that sends nothing. */
export function blockSummary({ request, runs }: RequestBlock): string | undefined {
  if (request) return requestSummary(request);
  return runs.length > 0 ? runs.map(runSummary).join(", ") : undefined;
}

function runSummary({ path, name }: RunNode): string {
  return ["run", path?.text, name && `#${name.text}`].filter((part) => part !== undefined).join(" ");
}

/** The block's name or title, else what it sends. */
export function blockTitle(block: RequestBlock): string | undefined {
  return block.name?.text ?? blockSummary(block);
}
