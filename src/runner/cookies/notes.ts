import type { Note } from "../../common/note.ts";
import { patternFor } from "../../settings/index.ts";
import type { WithheldCookie } from "./cookie.ts";

/** One for all cookies that did not go to a host. */
export function withheldNote(withheld: readonly WithheldCookie[], url: URL): Note {
  const host = patternFor(url);
  const names = listed(withheld.map(({ name }) => name));
  const secrets = [...new Set(withheld.flatMap((cookie) => cookie.secrets))];
  const [subject, it] =
    withheld.length === 1 ? [`The cookie ${names} was`, "it holds"] : [`The cookies ${names} were`, "they hold"];
  const because =
    secrets.length > 0
      ? `${it} ${listed(secrets)}, which may not go there`
      : `${it} a value of a private environment file, which stays with the host that it was sent to`;
  return { level: "warning", text: `${subject} not sent to ${host}, because ${because}.` };
}

export function tooManyCookies(count: number, most: number, url: URL): Note {
  const text = `${patternFor(url)} sets ${count} cookies in one response. Padlock has looked at the first ${most} and ignored the others.`;
  return { level: "warning", text };
}

/** In a sentence; a server may have set hundreds. */
const mostListed = 5;

/** "a", "a and b", "a, b and 7 others". */
function listed(all: readonly string[]): string {
  const shown = all.slice(0, mostListed);
  const names = all.length > shown.length ? [...shown, `${all.length - shown.length} others`] : shown;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
