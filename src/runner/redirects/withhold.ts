import { isCredentialHeader } from "../../common/credential-names.ts";
import type { Carried } from "../../resolve/prepared-request.ts";
import { checkSecret } from "../../secrets/index.ts";
import type { Settings } from "../../settings/index.ts";
import type { Withheld } from "../exchange.ts";
import { isContentHeader } from "./next-request.ts";
import type { Parts } from "./parts.ts";

/** Why a part does not go to a host. */
export type Reason =
  /** Its secrets are not allowed there. */
  | "secret"
  /** Nobody knows who would read there: no secret is allowed. */
  | "unprotected"
  /** A value of a private environment file, or a credential that is none of the listed secrets: it stays at its host. */
  | "private"
  | "credential";

export interface WithheldPart extends Withheld {
  readonly reason: Reason;
}

export interface HopContext {
  /** Where the request would go. */
  readonly target: URL;
  /** The host that the request was written for. */
  readonly home: URL;
  readonly settings: Settings;
}

/**
 * Takes out what the host of a hop may not get. What is taken out is gone for the hops behind it too, also back at the
 * first host: whoever sent the request there could have it do what its author never asked for (as in the Fetch standard,
 * "HTTP-redirect fetch").
 */
export function withhold(
  { headers, body }: Parts,
  hop: HopContext,
): { readonly parts: Parts; readonly withheld: WithheldPart[] } {
  const withheld: WithheldPart[] = [];
  const mayGo = (part: "header" | "body", name: string | undefined, carried: Carried): boolean => {
    const found = reasonOf(name, carried, hop);
    if (found) withheld.push({ part, name, ...found });
    return found === undefined;
  };
  const sameOrigin = hop.target.origin === hop.home.origin;
  const kept = headers.filter(({ name, carried }) => {
    // A Host header names another site of the server that was asked, and nothing at any other one.
    if (!sameOrigin && name.toLowerCase() === "host") return false;
    return mayGo("header", name, carried);
  });
  if (!body || mayGo("body", undefined, body.carried)) return { parts: { headers: kept, body }, withheld };
  return { parts: withoutBody({ headers: kept, body }), withheld };
}

export function withoutBody({ headers }: Parts): Parts {
  return { headers: headers.filter(({ name }) => !isContentHeader(name)), body: undefined };
}

function reasonOf(
  name: string | undefined,
  { secrets, isPrivate }: Carried,
  { target, home, settings }: HopContext,
): { readonly reason: Reason; readonly secrets: readonly string[] } | undefined {
  const refusals = secrets.flatMap((secret) => {
    const allowed = checkSecret(settings, secret, target);
    return allowed.ok ? [] : [{ secret, isUnprotected: allowed.error.code === "policy.unverified-host" }];
  });
  if (refusals.length > 0) {
    const reason = refusals.some(({ isUnprotected }) => isUnprotected) ? "unprotected" : "secret";
    return { reason, secrets: refusals.map(({ secret }) => secret) };
  }
  if (target.origin === home.origin) return undefined;
  if (isPrivate) return { reason: "private", secrets: [] };
  const isLiteral = secrets.length === 0;
  return isLiteral && name !== undefined && isCredentialHeader(name)
    ? { reason: "credential", secrets: [] }
    : undefined;
}
