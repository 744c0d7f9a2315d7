import type { RedirectRule } from "./rule.ts";

/**
 * The method of the request that follows a redirect (RFC 9110 §15.4): 303 asks for the answer with GET, and after 301
 * and 302 a POST becomes one too, as every browser does it. 307 and 308 keep method and body.
 */
export function nextMethod(method: string, status: number, { keepPost }: RedirectRule): string {
  if (method === "POST" && keepPost.includes(status)) return method;
  if (status === 303) return method === "HEAD" ? method : "GET";
  return method === "POST" && (status === 301 || status === 302) ? "GET" : method;
}

const aboutContent: ReadonlySet<string> = new Set(["digest", "repr-digest", "last-modified", "trailer", "expect"]);

/** Headers that mean nothing without the body (RFC 9110 §15.4, step 5): all of `Content-…`, digests and their like. */
export function isContentHeader(name: string): boolean {
  const key = name.toLowerCase();
  return key.startsWith("content-") || aboutContent.has(key);
}
