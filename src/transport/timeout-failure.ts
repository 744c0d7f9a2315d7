import { Failure } from "../common/failure.ts";
import { duration } from "../common/units.ts";
import type { Timeouts } from "../settings/model.ts";
import type { TimeoutOrigin } from "../settings/timeout-origins.ts";
import type { PhaseTimeout } from "./timeouts.ts";

const phases: Readonly<Record<keyof Timeouts, (at: string, through: string) => string>> = {
  connect: (at, through) => `no connection to ${at}${through} was made`,
  handshake: (at) => `the TLS handshake with ${at} did not end`,
  response: (at) => `${at} did not begin to answer`,
  idle: (at) => `${at} sent no more of its response`,
  total: (at) => `the exchange with ${at} did not end`,
};

/** What a request file can say of a phase; the handshake is a matter of the settings alone. */
const directives: Partial<Readonly<Record<keyof Timeouts, string>>> = {
  connect: "@connection-timeout",
  response: "@timeout",
  idle: "@timeout",
  total: "@timeout",
};

/** `at`: the server with its port. `through`: the proxy in the way, in words; "" for none. `origin`: who set the limit; undefined: it is the default. */
export function timeoutFailure(
  timeout: PhaseTimeout,
  {
    at,
    through,
    origin,
  }: { readonly at: string; readonly through: string; readonly origin: TimeoutOrigin | undefined },
): Failure {
  const { phase, milliseconds } = timeout;
  const limit = duration(milliseconds);
  return new Failure({
    code: `timeout.${phase}`,
    title: `Timeout: ${phases[phase](at, through)} within ${limit}`,
    detail: `The ${phase} timeout is ${limit} here: ${setBy(origin)}. The connection was closed when it had passed.`,
    fix: `Check the server, or give it more time: ${remedy(phase, origin)}.`,
    setting: origin?.kind === "setting" ? origin.name : undefined,
    cause: timeout,
  });
}

function setBy(origin: TimeoutOrigin | undefined): string {
  return origin ? `${origin.name} ${placeOf(origin)} says so` : "nothing sets it, so the default holds";
}

function remedy(phase: keyof Timeouts, origin: TimeoutOrigin | undefined): string {
  if (origin) return `change ${origin.name} ${placeOf(origin)}`;
  const directive = directives[phase];
  const ofRequest = directive ? [`write "# ${directive} 5m" above the request`] : [];
  const member = `"${phase}": "5m"`;
  return [
    ...ofRequest,
    `set "timeout": { ${member} } in the host's entry of padlock.hosts`,
    `"padlock.timeout": { ${member} }`,
  ].join(", or ");
}

function placeOf({ location }: TimeoutOrigin): string {
  return location ? `in ${location.file}:${location.line}` : "of your own settings";
}
