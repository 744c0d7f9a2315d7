import { Failure } from "../common/failure.ts";
import { isLoopbackHost } from "../common/loopback.ts";
import { err, ok, type Result } from "../common/result.ts";
import { matchesHost, patternFor, type Settings } from "../settings/index.ts";

/**
 * Whether a request may go to the URL at all: `https:`, or `http:` to loopback and to what the person's own
 * `padlock.plainHttpHosts` names. `remedy`: what would encrypt it, a full sentence.
 * @returns `policy.plain-http`
 */
export function checkScheme(settings: Settings, url: URL, remedy: string): Result<void, Failure> {
  if (url.protocol === "https:" || isLoopbackHost(url.hostname)) return ok(undefined);
  if (settings.plainHttpHosts.some((pattern) => matchesHost(pattern, url))) return ok(undefined);
  const host = patternFor(url);
  const pattern = JSON.stringify(host);
  return err(
    new Failure({
      code: "policy.plain-http",
      title: `http://${host} is not encrypted`,
      detail:
        "Anybody on the way could read and change the request. Plain http: is only for this machine (localhost, 127.0.0.1, [::1]). Nothing was sent.",
      fix: `${remedy} If it cannot be otherwise, add ${pattern} to padlock.plainHttpHosts in your own user settings, or use --plain-http ${host} in the command line; no secret goes there then.`,
      setting: "padlock.plainHttpHosts",
    }),
  );
}

/**
 * The same for a URL that a response sends the request on to; secrets are a matter of `checkSecret`.
 * @returns `redirect.bad-location` for what is neither `https:` nor `http:`, `policy.plain-http`
 */
export function checkHop(settings: Settings, url: URL): Result<void, Failure> {
  if (url.protocol === "https:" || url.protocol === "http:")
    return checkScheme(settings, url, "Have the server redirect to an https: URL.");
  return err(
    new Failure({
      code: "redirect.bad-location",
      title: "The redirect leads to what is not https:",
      detail: `The server sends the request on to a URL that starts with "${url.protocol}", which cannot be sent.`,
      fix: 'Correct the server\'s Location header, or add "# @no-redirect" to see the response itself.',
    }),
  );
}
