import { type Carried, nothingCarried, type PreparedRequest } from "../../resolve/prepared-request.ts";
import type { KeptCookie } from "./cookie.ts";

type Headers = Pick<PreparedRequest, "headers" | "headerSecrets">;

/** What the request's own `Cookie` headers name: the jar has nothing to say about those. */
export function ownCookieNames({ headers }: Headers): ReadonlySet<string> {
  const values = headers.flatMap(([name, value]) => (isCookie(name) ? value.split(";") : []));
  return new Set(values.map((pair) => (pair.split("=", 1)[0] ?? "").trim()).filter((name) => name !== ""));
}

/** With the cookies behind those that the file writes, in the one header that a request may have (RFC 6265 §5.4). */
export function withCookies(request: PreparedRequest, cookies: readonly KeptCookie[]): PreparedRequest {
  if (cookies.length === 0) return request;
  const added = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const carried = request.headers.map((_, index) => request.headerSecrets[index] ?? nothingCarried);
  const at = request.headers.findLastIndex(([name]) => isCookie(name));
  const [name, own] = request.headers[at] ?? ["Cookie", ""];
  const value = [own.trim().replace(/(?:\s*;)+$/, ""), added].filter((part) => part !== "").join("; ");
  const place = at < 0 ? request.headers.length : at;
  return {
    ...request,
    headers: request.headers.toSpliced(place, 1, [name, value]),
    headerSecrets: carried.toSpliced(place, 1, joined(carried[at] ?? nothingCarried, cookies)),
  };
}

function joined({ secrets, isPrivate }: Carried, cookies: readonly KeptCookie[]): Carried {
  const carried = cookies.map((cookie) => cookie.carried);
  return {
    secrets: [...new Set([...secrets, ...carried.flatMap(({ names }) => names)])],
    isPrivate: isPrivate || carried.some((one) => one.isPrivate),
  };
}

function isCookie(name: string): boolean {
  return name.toLowerCase() === "cookie";
}
