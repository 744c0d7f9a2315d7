import { Failure, type FailureInit } from "../../common/failure.ts";
import type { ProxyRoute } from "../../settings/tls-profile.ts";
import { authority } from "./names.ts";
import type { TunnelTarget } from "./target.ts";

/** What went wrong between us and a proxy, or what a proxy would not do. Credentials are never part of a text. */
export function proxyFailure(
  proxy: ProxyRoute,
  target: TunnelTarget,
  init: Pick<FailureInit, "code" | "title" | "detail" | "fix" | "cause">,
): Failure {
  const { source, location } = proxy;
  return new Failure({
    ...init,
    detail: `${source} names the ${kinds[proxy.kind]} proxy ${authority(proxy)}. ${init.detail} Nothing of the request was sent.`,
    fix: `${init.fix} ${withoutProxy(source, target.host)}`,
    location,
    setting: source.startsWith("padlock.") ? source : undefined,
  });
}

const kinds: Readonly<Record<ProxyRoute["kind"], string>> = { http: "HTTP", https: "HTTPS", socks5: "SOCKS 5" };

function withoutProxy(source: string, host: string): string {
  if (source.startsWith("padlock.")) return `For a direct connection write "none" in ${source}.`;
  const list = source === "http.proxy" ? "http.noProxy" : "NO_PROXY";
  return `For a direct connection add ${host} to ${list}, or write "proxy": "none" into the host's entry of padlock.hosts.`;
}

interface HttpRefusal {
  readonly status: number;
  /** As the proxy sent it. */
  readonly reason: string;
  /** That it can log us in with. */
  readonly schemes: readonly string[];
}

/** Any response to CONNECT but a 2xx. */
export function refusedTunnel(proxy: ProxyRoute, target: TunnelTarget, refusal: HttpRefusal): Failure {
  const { status, schemes } = refusal;
  const [name, to] = [authority(proxy), authority(target)];
  const detail = `It answered the request for a tunnel to ${to} with ${shownStatus(refusal)}.`;
  if (status === 407) return loginFailed(proxy, target, detail, schemes);
  const [title, fix] = [502, 503, 504].includes(status)
    ? [
        `The proxy ${name} cannot reach ${to}`,
        `Check the host and the port in the URL, and whether the proxy may reach ${to}.`,
      ]
    : [
        `The proxy ${name} refuses a tunnel to ${to}`,
        `Ask those who run the proxy to allow ${to}: many allow port 443 only.`,
      ];
  return proxyFailure(proxy, target, { code: "network.proxy-refused", title, detail, fix });
}

function loginFailed(proxy: ProxyRoute, target: TunnelTarget, detail: string, schemes: readonly string[]): Failure {
  const name = authority(proxy);
  const asked = schemes.length > 0 ? ` It offers ${schemes.join(", ")} authentication.` : "";
  const hasBasic = schemes.length === 0 || schemes.some((scheme) => scheme.toLowerCase() === "basic");
  const howTo = hasBasic
    ? loginFix(proxy)
    : "Only Basic authentication can be used here: a helper on this machine, such as cntlm or px, can log in for you.";
  return proxyFailure(proxy, target, {
    code: "network.proxy-auth",
    title: proxy.credentials
      ? `The proxy ${name} does not accept the user name and password`
      : `The proxy ${name} asks for a user name and password`,
    detail: detail + asked,
    fix: howTo,
  });
}

function loginFix({ credentials, source }: ProxyRoute): string {
  if (credentials)
    return `Correct the user name or the password in ${source}; in a URL, "@", ":", "/" and "%" are written as %40, %3A, %2F and %25.`;
  const form = source.startsWith("padlock.") ? `\${env:PROXY_USER}:\${env:PROXY_PASSWORD}@` : "user:password@";
  return `Write them into ${source} before the proxy's host, as "${form}".`;
}

/** A proxy's words are hostile text. They are shown unchanged or not at all: what repeats a password must be recognised. */
function shownStatus({ status, reason }: HttpRefusal): string {
  const words = reason.trim();
  return /^[\x20-\x7e]{1,60}$/.test(words) ? `${status} ${words}` : String(status);
}

/** `received`: what came in place of a status line; undefined: bytes behind the reply, which nobody had asked for. */
export function notHttp(proxy: ProxyRoute, target: TunnelTarget, received: string | undefined): Failure {
  // A record of TLS: an alert or a handshake message (RFC 8446 §5.1).
  const isTls = received !== undefined && ["\x15\x03", "\x16\x03"].includes(received.slice(0, 2));
  return proxyFailure(proxy, target, {
    code: "network.proxy",
    title: `${authority(proxy)} does not answer as an HTTP proxy`,
    detail:
      received === undefined
        ? "It sent more than its reply before anything went through the tunnel."
        : `It answered with something that is not HTTP/1.1${isTls ? " but TLS" : ""}.`,
    fix: isTls
      ? `Write https:// in place of http:// in ${proxy.source} if it is an HTTPS proxy.`
      : `Check host, port and kind of the proxy in ${proxy.source} (http://, https:// or socks5://).`,
  });
}

export function tooLongReply(proxy: ProxyRoute, target: TunnelTarget, bytes: number): Failure {
  return proxyFailure(proxy, target, {
    code: "network.proxy",
    title: `The reply of the proxy ${authority(proxy)} is too long`,
    detail: `The head of its response had not ended after ${bytes} bytes.`,
    fix: `Check host and port of the proxy in ${proxy.source}.`,
  });
}

/** It closed the connection in place of a reply. */
export function proxyClosed(proxy: ProxyRoute, target: TunnelTarget, cause: unknown): Failure {
  return proxyFailure(proxy, target, {
    code: "network.proxy",
    title: `The proxy ${authority(proxy)} closed the connection`,
    detail: `It gave no answer to the request for a connection to ${authority(target)}.`,
    fix: `Check the kind of the proxy in ${proxy.source} (http://, https:// or socks5://), and the proxy's log.`,
    cause,
  });
}

export function notSocks(proxy: ProxyRoute, target: TunnelTarget): Failure {
  return proxyFailure(proxy, target, {
    code: "network.proxy",
    title: `${authority(proxy)} does not answer as a SOCKS 5 proxy`,
    detail: "Its reply breaks the rules of SOCKS 5 (RFC 1928).",
    fix: `Check host, port and kind of the proxy in ${proxy.source} (http://, https:// or socks5://).`,
  });
}

export function socksLoginFailed(proxy: ProxyRoute, target: TunnelTarget): Failure {
  const name = authority(proxy);
  return proxyFailure(proxy, target, {
    code: "network.proxy-auth",
    title: proxy.credentials
      ? `The proxy ${name} does not accept the user name and password`
      : `The proxy ${name} asks for a login`,
    detail: proxy.credentials ? "It refused the login." : "It lets nobody in without one.",
    fix: loginFix(proxy),
  });
}

/** RFC 1928 §6, as the end of "The proxy …". */
const replies: Readonly<Record<number, string>> = {
  1: "failed",
  2: "is not allowed to connect",
  3: "found no way to the network",
  4: "could not reach the host",
  5: "was refused by the host",
  6: "got no answer from the host in time",
  7: "does not open connections",
  8: "does not know this kind of address",
};

export function refusedBySocks(proxy: ProxyRoute, target: TunnelTarget, reply: number): Failure {
  const [name, to] = [authority(proxy), authority(target)];
  const isRefusal = reply === 2 || reply === 7;
  return proxyFailure(proxy, target, {
    code: "network.proxy-refused",
    title: isRefusal ? `The proxy ${name} refuses a connection to ${to}` : `The proxy ${name} cannot reach ${to}`,
    detail: `It says that it ${replies[reply] ?? "failed for a reason of its own"} (reply ${reply}).`,
    fix: isRefusal
      ? `Ask those who run the proxy to allow ${to}.`
      : `Check the host and the port in the URL, and whether the proxy may reach ${to}.`,
  });
}
