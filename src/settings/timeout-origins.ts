import type { SourceLocation } from "../common/range.ts";
import { mostSpecific } from "./host-pattern.ts";
import { defaultTimeouts, type Settings, type Timeouts } from "./model.ts";
import { shownPath } from "./setting-path.ts";

/** What sets the limit of a phase. */
export interface TimeoutOrigin {
  /** `@timeout`, `--max-time` or `padlock.timeout › connect`. */
  readonly name: string;
  /** Undefined for a setting of the person's own scope. */
  readonly location: SourceLocation | undefined;
  /** Is it a setting, or does it stand in the request file? */
  readonly kind: "setting" | "request";
}

/** A phase without one has the default. */
export type TimeoutOrigins = { readonly [Phase in keyof Timeouts]?: TimeoutOrigin | undefined };

const phases = Object.keys(defaultTimeouts) as readonly (keyof Timeouts)[];

/** Where the limits of `resolveTimeouts` come from. */
export function resolveTimeoutOrigins(settings: Settings, url: URL, environmentName: string): TimeoutOrigins {
  const entry = mostSpecific(settings.hosts, url, environmentName);
  const originOf = (phase: keyof Timeouts): TimeoutOrigin | undefined => {
    const isOfHost = entry?.timeout?.[phase] !== undefined;
    const path = isOfHost ? [...entry.path, "timeout", phase] : ["padlock.timeout", phase];
    const location = settings.locate(path);
    const isSet = isOfHost || location !== undefined || settings.timeout[phase] !== defaultTimeouts[phase];
    return isSet ? { name: shownPath(path), location, kind: "setting" } : undefined;
  };
  return Object.fromEntries(phases.map((phase) => [phase, originOf(phase)]));
}
