import { plain } from "../text.ts";
import type { EnvironmentSnapshot } from "./known-environment.ts";

export interface StatusText {
  readonly text: string;
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
}

/** What the language status says. `snapshot` is undefined where no environment file may be or has been read. */
export function statusText(snapshot: EnvironmentSnapshot | undefined, active: string, isTrusted: boolean): StatusText {
  const none = "No environment";
  if (!isTrusted) {
    return { text: none, detail: "Environment files are not read in Restricted Mode", severity: "information" };
  }
  const text = active === "" ? none : `Environment: ${plain(active)}`;
  if (!snapshot) return { text, detail: "", severity: "information" };
  const { environments, files } = snapshot;
  const [problem] = environments.problems;
  if (problem) return { text, detail: plain(problem.title), severity: "error" };
  if (active !== "" && !environments.names.includes(active)) {
    return { text, detail: `No environment file has “${plain(active)}” any more`, severity: "warning" };
  }
  if (files.length === 0) return { text, detail: "There is no http-client.env.json", severity: "information" };
  return { text, detail: plain(files.map(({ shown }) => shown).join(", ")), severity: "information" };
}
