import type { ListedFile } from "../listing.ts";
import type { Style } from "./style.ts";
import { terminalLine } from "./terminal-text.ts";

/** Longer texts are not cut, but no other row is widened for them. */
const widest = { place: 80, method: 10, name: 32 } as const;

interface Row {
  readonly place: string;
  readonly method: string;
  readonly name: string;
  readonly url: string;
}

/**
 * One line a request: `file:line`, method, name, URL as written.
 *
 *   api/users.https:4   GET   getUser  https://api.example.com/users/{{id}}
 */
export function renderListing(files: readonly ListedFile[], style: Style): string {
  const rows = files.flatMap(({ file, requests }) =>
    requests.map(
      ({ line, method, name, url }): Row => ({
        place: terminalLine(`${file}:${line}`),
        method: terminalLine(method),
        name: name === null ? "-" : terminalLine(name),
        url: terminalLine(url),
      }),
    ),
  );
  const width = (column: keyof typeof widest) =>
    Math.min(widest[column], Math.max(0, ...rows.map((row) => row[column].length)));
  const [place, method, name] = [width("place"), width("method"), width("name")];
  return rows
    .map(
      (row) =>
        `${style.cyan(row.place.padEnd(place))}  ${style.bold(row.method.padEnd(method))}  ${row.name.padEnd(name)}  ${row.url}\n`,
    )
    .join("");
}
