import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import type { Steps } from "./steps.ts";
import { type Target, targetKey, targetName } from "./target.ts";

const mostShown = 12;

/**
 * Follows every `@ref` and `run` from a request, so that a request that would need itself, a name that is not there or
 * a file that cannot be read stops the run before anything is sent.
 * @throws {Failure} `variable.cycle` with the way round, and those of `Steps.of`
 */
export async function refuseCycles(start: Target, steps: Steps): Promise<void> {
  const done = new Set<string>();
  const way = new Map<string, Target>();
  const visit = async (target: Target): Promise<void> => {
    const key = targetKey(target);
    way.set(key, target);
    for (const { targets, location } of await steps.of(target)) {
      for (const next of targets) {
        if (way.has(targetKey(next))) throw cycle([...way.values(), next], next, location);
        if (!done.has(targetKey(next))) await visit(next);
      }
    }
    way.delete(key);
    done.add(key);
  };
  await visit(start);
}

function cycle(way: readonly Target[], closing: Target, location: SourceLocation): Failure {
  const round = way.slice(way.findIndex((target) => targetKey(target) === targetKey(closing)));
  const names = round.map(targetName);
  const shown = names.length <= mostShown ? names : [...names.slice(0, mostShown - 1), "…", names.at(-1)];
  return new Failure({
    code: "variable.cycle",
    title: `${names[0]} needs itself to be sent first`,
    detail: `The requests wait for each other: ${shown.join(" → ")}. Nothing was sent.`,
    fix: "Remove one of these @ref or run lines.",
    location,
  });
}
