import { dirname, resolve } from "node:path";
import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import type { BodyOutput } from "../settings/index.ts";
import type { RequestBlock } from "../syntax/index.ts";
import { refuseResponses } from "./author-paths.ts";
import { carriedBy } from "./carried.ts";
import type { Locate } from "./places.ts";
import type { Scope } from "./scope.ts";
import { fill, shownTemplate, type Template } from "./template.ts";
import type { ValueReader } from "./value-reader.ts";

export interface OutputTemplate {
  readonly path: Template;
  readonly overwrites: boolean;
  readonly location: SourceLocation;
}

/**
 * The `>>` lines of a block. Their paths may hold whatever is no secret and comes from no server.
 * @throws {Failure} `policy.secret-not-allowed`, `value.unwritable-file`, and those of the scope
 */
export function readOutputs({ outputs }: RequestBlock, scope: Scope, locate: Locate): readonly OutputTemplate[] {
  return outputs.map(({ path, overwrites }) => {
    const location = locate(path.range);
    const template = scope.expandForHead(path.text, path.range.start);
    refuseResponses(template, location, "written");
    refuseSecrets(template, location);
    return { path: template, overwrites, location };
  });
}

/** The templates are loaded. `requestFile`: absolute; relative paths start at its folder. */
export function fillOutput(output: OutputTemplate, values: ValueReader, requestFile: string): BodyOutput {
  const { path, overwrites, location } = output;
  const text = fill(path, (piece) => values.readForHead(piece, 'the path behind ">>"'));
  return {
    path: resolve(dirname(requestFile), text),
    namesFolder: /[\\/]$/.test(text),
    shown: shownTemplate(path),
    overwrites,
    location,
  };
}

/** Names of files are seen by everybody who sees the folder, and end up in backups and repositories. */
function refuseSecrets(path: Template, location: SourceLocation): void {
  const { secrets, isPrivate } = carriedBy([path]);
  if (secrets.length === 0 && !isPrivate) return;
  const what = secrets.length > 0 ? secrets.join(", ") : "a value of a private environment file";
  throw new Failure({
    code: "policy.secret-not-allowed",
    title: "The name of a file may hold no secret",
    detail: `${shownTemplate(path)} would put ${what} into the name of a file, where it could not be hidden. Nothing was sent.`,
    fix: "Use another value in the path. An environment variable that is no secret belongs into padlock.publicEnv.",
    location,
  });
}
