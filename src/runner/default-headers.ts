type HeaderPair = readonly [name: string, value: string];

/** What curl and browsers send too: some servers refuse requests without them. A file's own header replaces each. */
const defaults: readonly HeaderPair[] = [
  ["User-Agent", "padlock"],
  ["Accept", "*/*"],
  ["Accept-Encoding", "gzip, deflate, br, zstd"],
];

/** The headers of the file first, in its order; then the defaults that it does not set itself. */
export function withDefaultHeaders(headers: readonly HeaderPair[]): HeaderPair[] {
  const own = new Set(headers.map(([name]) => name.toLowerCase()));
  return [...headers, ...defaults.filter(([name]) => !own.has(name.toLowerCase()))];
}
