import { setTimeout } from "node:timers/promises";
import { Failure } from "../common/failure.ts";
import type { Locate } from "../resolve/places.ts";
import { parseDuration } from "../settings/index.ts";
import type { RequestBlock } from "../syntax/index.ts";
import { canceledBeforeSending } from "./canceled.ts";

/**
 * Milliseconds of `# @delay 500ms`; undefined without one. A bare number is seconds, as in `@timeout`.
 * @throws {Failure} `parse.error`
 */
export function readDelay(block: RequestBlock, locate: Locate): number | undefined {
  const directive = block.directives.findLast(({ name }) => name.text === "delay");
  if (!directive) return undefined;
  const { text, range } = directive.value;
  const [, number = "", unit = "s"] = /^(\d+(?:\.\d+)?)[ \t]*(ms|s|m|h)?$/.exec(text) ?? [];
  const delay = parseDuration(number + unit);
  if (delay !== undefined) return delay;
  throw new Failure({
    code: "parse.error",
    title: `"${text}" is not a duration`,
    detail: `The directive @delay has the value "${text}". Nothing was sent.`,
    fix: 'Write a number with a unit, such as "500ms" or "2s".',
    location: locate(range),
  });
}

/** @throws {Failure} `canceled` */
export async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => {
    throw canceledBeforeSending();
  });
}
