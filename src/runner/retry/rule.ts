import { Failure } from "../../common/failure.ts";
import type { Locate } from "../../resolve/places.ts";
import { parseDuration } from "../../settings/index.ts";
import { type RequestBlock, readRetry } from "../../syntax/index.ts";

/** Of `# @retry 3 every 500ms`. */
export interface RetryRule {
  /** How often the request is sent again, at most. */
  readonly count: number;
  /** Milliseconds before it is sent the second time. */
  readonly firstPause: number;
  /** Also with a method that may change something on the server. */
  readonly unsafe: boolean;
}

/** As curl's `--retry`. */
const defaultPause = 1000;

/**
 * Undefined for a request that is sent once.
 * @throws {Failure} `parse.error`
 */
export function readRetryRule({ directives }: RequestBlock, locate: Locate): RetryRule | undefined {
  const directive = directives.findLast(({ name }) => name.text === "retry");
  if (!directive) return undefined;
  const { text, range } = directive.value;
  const value = readRetry(text);
  const firstPause = value?.every === undefined ? defaultPause : millisecondsOf(value.every);
  if (value && firstPause !== undefined) return { count: value.count, firstPause, unsafe: value.unsafe };
  throw new Failure({
    code: "parse.error",
    title: `"${text}" does not say how to try again`,
    detail: `The directive @retry has the value "${text}". Nothing was sent.`,
    fix: 'Write how often and how long to wait at first, as in "3 every 500ms".',
    location: locate(range),
  });
}

/** A bare number is seconds, as in `@timeout`. */
function millisecondsOf(text: string): number | undefined {
  const [, number = "", unit = "s"] = /^(\d+(?:\.\d+)?)[ \t]*(ms|s|m|h)?$/.exec(text) ?? [];
  return parseDuration(number + unit);
}
