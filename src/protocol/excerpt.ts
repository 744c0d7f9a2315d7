import type { BodyView, ExchangeView } from "./exchange-view.ts";

/** The panel gets this much of a body; the whole one can be opened in an editor or saved. In UTF-16 units. */
const maxExcerpt = 256 * 1024;

/** The view with bodies longer than `most` cut, and said to be cut: without it what a webview can show at once. */
export function excerptOf(view: ExchangeView, most = maxExcerpt): ExchangeView {
  const { request, response } = view;
  return {
    ...view,
    request: { ...request, body: request.body && excerpt(request.body, most) },
    response: response && { ...response, body: excerpt(response.body, most) },
  };
}

function excerpt(body: BodyView, most: number): BodyView {
  const { text, raw } = body;
  if (text.length <= most && (raw === null || raw.length <= most)) return body;
  return { ...body, text: cut(text, most), raw: raw === null ? null : cut(raw, most), truncated: true };
}

/** Never between the two halves of a surrogate pair. */
function cut(text: string, most: number): string {
  const end = /[\uD800-\uDBFF]/.test(text[most - 1] ?? "") ? most - 1 : most;
  return text.slice(0, end);
}
