import { err, ok, type Result } from "../common/result.ts";
import { mostSpecific, parseHostPattern, samePattern } from "../settings/host-pattern.ts";
import { patternFor, type RawSettings, type Settings } from "../settings/index.ts";

/** Where in `padlock.hosts` an authority of one host is named. */
export interface TrustPlace {
  /** From `padlock.hosts` on. */
  readonly path: readonly string[];
  /** Its key: the hosts that it is for. */
  readonly pattern: string;
  /** What a new entry says beside the authority: entries are not merged, so it repeats the one that applied until now. */
  readonly entry: Readonly<Record<string, unknown>>;
}

/**
 * The entry of the settings file that has to name an authority for this URL, and for no other host name. The reason, in
 * full sentences, where none can: then nothing may be written.
 */
export function trustPlace(
  raw: Pick<RawSettings, "values">,
  settings: Settings,
  url: URL,
  environmentName: string,
): Result<TrustPlace, string> {
  const pattern = patternFor(url);
  const deciding = mostSpecific(settings.hosts, url, environmentName);
  if (!deciding) return newEntry(settings, pattern, {});
  if (!settings.locate(deciding.path)) {
    return err(
      `The entry “${deciding.pattern.text}” of your own settings decides for ${pattern}. Save the certificate and add its file to "ca" there.`,
    );
  }
  if (deciding.pattern.wildcard) return newEntry(settings, pattern, entryAt(raw, deciding.path));
  return ok({ path: deciding.path, pattern: deciding.pattern.text, entry: {} });
}

function newEntry(
  settings: Settings,
  pattern: string,
  entry: Readonly<Record<string, unknown>>,
): Result<TrustPlace, string> {
  const own = parseHostPattern(pattern);
  const other = settings.hosts.find((host) => own.ok && samePattern(host.pattern, own.value));
  if (other) {
    return err(
      `The entry “${other.pattern.text}” of ${settings.file} is for other environments only. Add one for this environment, with the authority in its "ca".`,
    );
  }
  return ok({ path: ["padlock.hosts", pattern], pattern, entry });
}

function entryAt({ values }: Pick<RawSettings, "values">, path: readonly string[]): Readonly<Record<string, unknown>> {
  let value: unknown = values;
  for (const step of path) value = isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
