/** The parts of the panel's page that only the extension knows. */
export interface PanelPage {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** `webview.asWebviewUri` of dist/webview.js and dist/webview.css. */
  readonly scriptUri: string;
  readonly styleUri: string;
  /** At least 128 random bits from a cryptographic source, new for each page: letters, digits, `+/=_-`. */
  readonly nonce: string;
  readonly title: string;
}

/**
 * The panel's whole page. Nothing but our one script and one style sheet may load: no inline script or style, no image,
 * font, frame, form or connection. Everything else is built by the script, from text nodes.
 */
export function panelHtml({ cspSource, scriptUri, styleUri, nonce, title }: PanelPage): string {
  if (!/^[A-Za-z0-9+/=_-]{16,}$/.test(nonce)) throw new TypeError("the nonce must be at least 16 base64 characters");
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(styleUri)}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<main id="panel"></main>
<div id="live" class="visually-hidden" role="status" aria-live="polite"></div>
<script nonce="${nonce}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
