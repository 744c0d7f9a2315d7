import type { Environment } from "../secrets/index.ts";
import type { EditorProxy } from "../settings/raw-settings.ts";
import { isExempt } from "./no-proxy.ts";

/** A proxy's URL as somebody has set it for all hosts of this machine. */
export interface NamedProxy {
  readonly text: string;
  /** `HTTPS_PROXY`, `http.proxy`. */
  readonly source: string;
}

/**
 * The proxy that VS Code or else the environment names for the URL; undefined: none. Names in lower case come first, as
 * in curl. `HTTP_PROXY` in upper case is not read: in a CGI program it holds a header of the request that called it.
 */
export function namedProxy(
  editor: EditorProxy | undefined,
  environment: Environment,
  url: URL,
): NamedProxy | undefined {
  if (editor === "off") return undefined;
  const first = (...names: readonly string[]): NamedProxy | undefined => {
    for (const source of names) {
      const text = environment.get(source)?.trim();
      if (text) return { text, source };
    }
    return undefined;
  };
  const exempt = first("no_proxy", "NO_PROXY")?.text ?? "";
  if (editor) {
    const list = editor.noProxy.length > 0 ? editor.noProxy.join(",") : exempt;
    return isExempt(list, url) ? undefined : { text: editor.url, source: "http.proxy" };
  }
  if (isExempt(exempt, url)) return undefined;
  const ofScheme = url.protocol === "https:" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"];
  return first(...ofScheme, "all_proxy", "ALL_PROXY");
}
