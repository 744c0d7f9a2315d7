export interface UrlParts {
  /** `https://`, or "" where there is none. */
  readonly scheme: string;
  readonly host: string;
  /** Port is part of the host; this is path, query and fragment. */
  readonly rest: string;
}

/**
 * Cuts a URL for showing. Not with the URL class: the text may hold references (`{{$env.NAME}}`) and must come out
 * exactly as it went in. User information, if any, is left in `scheme`, so that it never looks like the host.
 */
export function urlParts(url: string): UrlParts {
  const found = /^([a-z][a-z0-9+.-]*:\/\/)?((?:\{\{[^{}]*\}\}|[^/?#{])*)(.*)$/isu.exec(url);
  const [scheme = "", authority = "", rest = ""] = found ? found.slice(1).map((part) => part ?? "") : ["", url, ""];
  const at = authority.lastIndexOf("@") + 1;
  return { scheme: scheme + authority.slice(0, at), host: authority.slice(at), rest };
}
