import type { RequestBlock } from "../../syntax/index.ts";

/** How the redirects of a request are followed. */
export interface RedirectRule {
  readonly most: number;
  /** The statuses after which a POST stays one: cURL's `--post301` and its like. */
  readonly keepPost: readonly number[];
}

const mostRedirects = 10;

/** As many as curl itself follows. */
const mostOfCurl = 50;

/** Undefined for a request whose redirect is shown as it is: `@no-redirect`, and a cURL command without `--location`. */
export function redirectRule({ directives, request }: RequestBlock): RedirectRule | undefined {
  if (directives.some(({ name }) => name.text === "no-redirect")) return undefined;
  if (!request?.curl) return { most: mostRedirects, keepPost: [] };
  const { redirects } = request.curl;
  if (!redirects) return undefined;
  const { most, keepPost } = redirects;
  return { most: most ? limitOf(Number(most.text)) : mostRedirects, keepPost };
}

/** curl takes -1 for "without end". */
function limitOf(most: number): number {
  return most < 0 ? mostOfCurl : Math.min(most, mostOfCurl);
}
