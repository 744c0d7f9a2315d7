import type { BodyView, ExchangeView } from "./exchange-view.ts";

/** The panel gets this much of a body; the whole one can be opened in an editor or saved. In UTF-16 units. */
const maxExcerpt = 256 * 1024;

/** The view with long bodies cut, and said to be cut: what a webview can show at once. */
export function excerptOf(view: ExchangeView): ExchangeView {
  const { request, response } = view;
  return {
    ...view,
    request: { ...request, body: request.body && excerpt(request.body) },
    response: response && { ...response, body: excerpt(response.body) },
  };
}

function excerpt(body: BodyView): BodyView {
  const { text, raw } = body;
  if (text.length <= maxExcerpt && (raw === null || raw.length <= maxExcerpt)) return body;
  return { ...body, text: cut(text), raw: raw === null ? null : cut(raw), truncated: true };
}

/** Never between the two halves of a surrogate pair. */
function cut(text: string): string {
  const end = /[\uD800-\uDBFF]/.test(text[maxExcerpt - 1] ?? "") ? maxExcerpt - 1 : maxExcerpt;
  return text.slice(0, end);
}
