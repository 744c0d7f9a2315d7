import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { type Directive, type ReferenceKind, type RunNode, scanReferences } from "../syntax/index.ts";
import type { SourceFile } from "./source-file.ts";
import type { SourceFiles } from "./source-files.ts";
import { findTarget, isDisabled, isSendable, namedTargets, type Target, targetKey } from "./target.ts";

/** One line of a block that sends other requests before its own. */
export interface Step {
  /** `once`: only what has not answered in this session yet. */
  readonly when: "once" | "always";
  readonly targets: readonly Target[];
  /** Over the variables of the targets' files. */
  readonly overrides: ReadonlyMap<string, string>;
  readonly location: SourceLocation;
}

const refDirectives: ReadonlyMap<string, Step["when"]> = new Map([
  ["ref", "once"],
  ["force-ref", "always"],
]);

/** What the file that holds a reference gives a value. */
const namesOfFile: ReadonlySet<ReferenceKind> = new Set(["variable", "encoded", "response", "other"]);

/** Reads `@ref`, `@force-ref` and `run`; keeps what it has read, since requests name each other in every way. */
export class Steps {
  readonly #files: SourceFiles;
  readonly #known = new Map<string, readonly Step[]>();

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** In the order of their places. @throws {Failure} for a name or a file that is not there */
  async of(target: Target): Promise<readonly Step[]> {
    const key = targetKey(target);
    const steps = this.#known.get(key) ?? (await this.#read(target));
    this.#known.set(key, steps);
    return steps;
  }

  async #read({ file, block }: Target): Promise<readonly Step[]> {
    const lines = [...block.directives.filter(({ name }) => refDirectives.has(name.text)), ...block.runs];
    lines.sort((a, b) => a.range.start - b.range.start);
    const steps: Step[] = [];
    for (const line of lines) {
      steps.push("value" in line ? await this.#readRef(line, file) : await this.#readRun(line, file));
    }
    return steps;
  }

  async #readRef({ name, value }: Directive, file: SourceFile): Promise<Step> {
    return {
      when: refDirectives.get(name.text) ?? "once",
      targets: [findTarget(await this.#named(file), value, file)],
      overrides: new Map(),
      location: file.locate(value.range),
    };
  }

  async #readRun(run: RunNode, file: SourceFile): Promise<Step> {
    const from = run.path ? await this.#files.open(run.path, file) : file;
    const location = file.locate(run.range);
    const targets = run.name
      ? [findTarget(await this.#named(from), run.name, file)]
      : from.parsed.blocks
          .filter((block) => isSendable(block) && !isDisabled(block))
          .map((block) => ({ file: from, block }));
    if (targets.length === 0) throw nothingToRun(from, location);
    if (targets.some((target) => target.file !== file)) refuseOwnNames(run, file);
    const overrides = new Map(run.variables.map(({ name, value }) => [name.text, value.text]));
    return { when: "always", targets, overrides, location };
  }

  async #named(file: SourceFile): Promise<ReadonlyMap<string, Target>> {
    return namedTargets([file, ...(await this.#files.imports(file))]);
  }
}

/**
 * The values are resolved in the file of the request that is run. A name of this file would be undefined there, or mean
 * something else.
 */
function refuseOwnNames({ variables }: RunNode, file: SourceFile): void {
  for (const { value } of variables) {
    const reference = scanReferences(value.text).find(({ kind }) => namesOfFile.has(kind));
    if (!reference) continue;
    throw new Failure({
      code: "variable.undefined",
      title: `{{${reference.expression.text}}} cannot be handed to another file`,
      detail:
        "The request that is run stands in another file, where the names of this file mean nothing. Nothing was sent.",
      fix: "Write the value itself, or an environment variable as {{$env.NAME}}.",
      location: file.locate(value.range),
    });
  }
}

function nothingToRun(file: SourceFile, location: SourceLocation): Failure {
  return new Failure({
    code: "parse.error",
    title: `There is no request in ${file.shown}`,
    detail: `The line runs all requests of ${file.shown}, but none was found there. Nothing was sent.`,
    fix: "Name a file that holds requests.",
    location,
  });
}
