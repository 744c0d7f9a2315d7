import type { Wanted } from "../../common/failure.ts";
import { parseHostPattern } from "../../settings/host-pattern.ts";
import type { Settings } from "../../settings/index.ts";

/** The settings with what a person has just allowed, for the run that asked. */
export function withGrant(settings: Settings, wanted: Wanted, answer: "allow" | "public"): Settings {
  if (wanted.kind === "path") return { ...settings, outsidePaths: [...settings.outsidePaths, wanted.folder] };
  const { name } = wanted;
  if (answer === "public") return { ...settings, publicEnv: new Set([...settings.publicEnv, name]) };
  const pattern = parseHostPattern(wanted.host);
  if (!pattern.ok) throw new TypeError("a wanted host is no host pattern");
  return { ...settings, secrets: [...settings.secrets, { name, hosts: [pattern.value] }] };
}
