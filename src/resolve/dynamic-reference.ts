import { Failure } from "../common/failure.ts";
import { DynamicError, isDynamicValue, readArguments } from "./dynamic/index.ts";
import type { Site } from "./reference-failures.ts";
import { literal, type RequestedValue, type Template } from "./template.ts";

/**
 * `{{$name arguments}}`, not yet made; undefined for a name that nothing makes. `expand` replaces a reference, written
 * with its braces.
 * @throws {Failure} `variable.undefined` for arguments that cannot be read
 */
export function readDynamic(
  name: string,
  rest: string,
  site: Site,
  expand: (reference: string) => Template,
): RequestedValue | undefined {
  if (!isDynamicValue(name)) return undefined;
  try {
    const args = readArguments(rest, name).map(({ kind, text }) =>
      kind === "literal" ? literal(text) : expand(`{{${withBlank(text)}}}`),
    );
    return { source: "dynamic", name, arguments: args, ...site };
  } catch (error) {
    if (error instanceof DynamicError) throw dynamicFailure(error, site);
    throw error;
  }
}

/** Among arguments, which blanks separate, `$secret NAME` is written `$secret.NAME`. */
function withBlank(reference: string): string {
  return reference.replace(/^\$(secret|dotenv|processEnv)\./, "$$$1 ");
}

export function dynamicFailure({ detail, fix }: DynamicError, { written, location }: Site): Failure {
  return new Failure({
    code: "variable.undefined",
    title: `${written} cannot be made`,
    detail: `${detail} Nothing was sent.`,
    fix,
    location,
  });
}
