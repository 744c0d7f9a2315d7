import { Failure, type FailureInit } from "../common/failure.ts";
import type { AttemptReport } from "./report.ts";

type Rule = (host: string, port: number) => Omit<FailureInit, "cause">;

/** By `error.code`: libuv's (errno(3)) and getaddrinfo's. */
const rules: Readonly<Record<string, Rule>> = {
  ENOTFOUND: (host) => ({
    code: "network.dns",
    title: `The host ${host} was not found`,
    detail: `No address is known for ${host}.`,
    fix: "Check the host in the URL for a typing error; a name that only your company's network knows may need a VPN.",
  }),
  EAI_AGAIN: (host) => ({
    code: "network.dns",
    title: `The host ${host} could not be looked up`,
    detail: "The name server did not answer.",
    fix: "Check the network connection, then send again.",
  }),
  ECONNREFUSED: (host, port) => ({
    code: "network.refused",
    title: `Nothing listens on ${host}:${port}`,
    detail: `${host} is there, but it refused the connection on port ${port}.`,
    fix: "Start the server, or correct the port in the URL.",
  }),
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENETDOWN: unreachable,
  EADDRNOTAVAIL: unreachable,
  ETIMEDOUT: (host, port) => ({
    code: "timeout.connect",
    title: `${host} did not answer`,
    detail: `The operating system gave up connecting to port ${port}.`,
    fix: "Check the host and the port, and that no firewall is between.",
  }),
};

function unreachable(host: string): Omit<FailureInit, "cause"> {
  return {
    code: "network.unreachable",
    title: `${host} cannot be reached`,
    detail: "This machine has no route to that address.",
    fix: "Check the network connection (and the VPN, if one is needed), then send again.",
  };
}

/** `attempts`: the addresses that were tried. @returns undefined when the error's code is not one of the network's. */
export function networkFailure(
  error: Error,
  host: string,
  port: number,
  attempts: readonly AttemptReport[] = [],
): Failure | undefined {
  // Several addresses were tried (RFC 8305): the collected error has no message, its parts have.
  const first = error instanceof AggregateError ? error.errors.find((part) => part instanceof Error) : error;
  const rule = rules[String((first as { code?: unknown } | undefined)?.code ?? "")];
  if (!rule) return undefined;
  const init = rule(host, port);
  return new Failure({ ...init, detail: init.detail + triedAddresses(attempts), cause: error });
}

/** Only where there was more than one: the message tells of one by itself. */
function triedAddresses(attempts: readonly AttemptReport[]): string {
  if (attempts.length < 2) return "";
  const tried = attempts.map(({ address, problem, outcome }) => `${address} (${problem ?? outcome})`);
  return ` Tried ${tried.slice(0, -1).join(", ")} and ${tried.at(-1)}.`;
}

/** The connection ended in the middle; `at`: the server with its port, `responseStarted`: after part of the response had come. */
export function resetFailure(at: string, responseStarted: boolean, cause: Error): Failure {
  return new Failure({
    code: "network.reset",
    title: responseStarted ? "The connection broke in the middle of the response" : "The server closed the connection",
    detail: responseStarted
      ? `${at} ended the connection before the whole response had come.`
      : `${at} ended the connection without a response.`,
    fix: "Send again. If it happens every time, look into the server's log, or at a proxy between.",
    cause,
  });
}

/** Plain http was meant for this machine, but the name leads elsewhere. */
export function plainHttpFailure(host: string, address: string): Failure {
  return new Failure({
    code: "policy.plain-http",
    title: `http://${host} is not on this machine`,
    detail: `The name ${host} leads to ${address}. Plain http: is only for this machine, because anybody on the way could read and change the request.`,
    fix: "Write https: in the URL, or http://127.0.0.1 if this machine is meant.",
  });
}

/** A certificate that does not verify was accepted for this machine, but the name leads elsewhere. */
export function unverifiedElsewhere(host: string, address: string): Failure {
  return new Failure({
    code: "policy.unverified-host",
    title: `${host} is not on this machine`,
    detail: `The name ${host} leads to ${address}. Your own padlock.unverifiedHosts lists it, and without a verified certificate a name of this machine may only lead to this machine. Nothing was sent.`,
    fix: "Write 127.0.0.1 or the server's real name in the URL, or give the server a certificate that verifies.",
  });
}
