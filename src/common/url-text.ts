/** `{{…}}`: its text may hold every character that has a meaning in a URL. */
const reference = /\{\{[^{}]*\}\}/g;

export interface UrlText {
  /** With its port, without user name and password. */
  readonly host: string;
  readonly path: string;
  /** Without the `?`; "" for none. */
  readonly query: string;
}

/** The parts of a URL that may still hold references, which `URL` could not read. The fragment is left out. */
export function hostAndPath(url: string): UrlText {
  // A reference counts as letters while the parts are looked for.
  const plain = url.replaceAll(reference, (text) => "x".repeat(text.length));
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(plain)?.[0].length ?? 0;
  const pathAt = endOf(/[/?#]/, plain, scheme);
  const queryAt = endOf(/[?#]/, plain, pathAt);
  const fragmentAt = endOf(/#/, plain, queryAt);
  const hostAt = Math.max(scheme, plain.lastIndexOf("@", pathAt - 1) + 1);
  return {
    host: url.slice(hostAt, pathAt),
    path: url.slice(pathAt, queryAt),
    query: url.slice(queryAt + 1, fragmentAt),
  };
}

/** Where `stop` is found from `start` on; else the end. */
function endOf(stop: RegExp, text: string, start: number): number {
  const found = text.slice(start).search(stop);
  return found < 0 ? text.length : start + found;
}
