import type { RawSettings } from "../engine/contract.ts";

/**
 * What VS Code's own settings say of proxies. `own` gives a setting of the person alone: a proxy sees where every request
 * goes and may hold a password, so what a workspace says does not count.
 */
export function readEditorProxy(own: (key: string) => unknown): RawSettings["editorProxy"] {
  if (own("http.proxySupport") === "off") return "off";
  const url = own("http.proxy");
  if (typeof url !== "string" || url.trim() === "") return undefined;
  const list = own("http.noProxy");
  const noProxy = Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
  return { url: url.trim(), noProxy };
}
