import { Failure } from "../../common/failure.ts";
import { patternFor } from "../../settings/index.ts";

/** A response that sends the request on. */
export interface Turn {
  readonly status: number;
  /** The URL that was asked. */
  readonly from: URL;
}

const asItIs = "With # @no-redirect above the request the redirect is shown as it is.";

/** `reason`: a sentence about the response. */
export function badLocation(turn: Turn, reason: string): Failure {
  return new Failure({
    code: "redirect.bad-location",
    title: "The server's redirect cannot be followed",
    detail: `${answered(turn)}. ${reason} The redirect was not followed.`,
    fix: `The server must name one http: or https: URL there. ${asItIs}`,
  });
}

/** `way`: the URLs that were asked, in order. */
export function tooManyRedirects(turn: Turn, most: number, way: readonly URL[]): Failure {
  return new Failure({
    code: "redirect.too-many",
    title: `The server redirected more than ${most === 1 ? "once" : `${most} times`}`,
    detail: `${answered(turn)} and would send the request on once more. The way was ${way.map(shownUrl).join(" → ")}.`,
    fix: `Where the way repeats itself, the server sends the request in a circle. ${asItIs}`,
  });
}

/** The first: why the host may not get the secret that the Location holds. */
export function secretInLocation({ code, fix, setting }: Failure, turn: Turn, target: URL, name: string): Failure {
  const host = patternFor(target);
  return new Failure({
    code,
    title: `The redirect would take the secret ${name} to ${host}`,
    detail: `${answered(turn)} and a Location that holds ${name}, which may not go to ${host}. The redirect was not followed: nothing was sent there.`,
    fix: `${fix} ${asItIs}`,
    setting,
  });
}

export function privateInLocation(turn: Turn, target: URL): Failure {
  const host = patternFor(target);
  return new Failure({
    code: "policy.secret-not-allowed",
    title: `The redirect would take a private value to ${host}`,
    detail: `${answered(turn)} and the Location ${shownUrl(target)}, which holds a value of a private environment file. Such a value stays with the host that the request was written for. The redirect was not followed: nothing was sent there.`,
    fix: `If you trust ${host} with it, list the variable in padlock.secrets with both hosts. ${asItIs}`,
  });
}

/** A failure of the request that a redirect led to: which request was sent by then, and which was not. */
export function behindRedirect(failure: Failure, { status, from }: Turn, target: URL): Failure {
  const { code, title, fix, location, setting, cause } = failure;
  const what = failure.detail.replace(/\s*Nothing was (?:read or )?sent\.$/, "");
  const detail = `${what} ${patternFor(from)} had redirected there with status ${status}; nothing was sent to ${patternFor(target)}.`;
  return new Failure({ code, title, detail, fix, location, setting, cause });
}

function answered({ status, from }: Turn): string {
  return `${patternFor(from)} answered with status ${status}`;
}

/** Without the query, which may hold credentials that no setting names. */
function shownUrl({ origin, pathname, search }: URL): string {
  return `${origin}${pathname}${search && "?…"}`;
}
