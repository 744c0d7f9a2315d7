import { types } from "node:util";
import { Script } from "node:vm";

/** The only text that is ever run here: it calls the function that it is given. */
const call = new Script("work()");

const timedOut = "ERR_SCRIPT_EXECUTION_TIMEOUT";

/** No answer within the time: the work was ended. */
export class OutOfTime extends Error {}

/**
 * Runs synchronous work, and ends it after a time. A path of a request file over a body from a server can take for ever:
 * `match()` with a pattern that backtracks, a filter in a filter. Both texts are only data for `work`; neither is run.
 * @throws {OutOfTime}, and whatever `work` throws
 */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  let result: { readonly value: T } | { readonly error: unknown } | undefined;
  const guarded = () => {
    try {
      result = { value: work() };
    } catch (error) {
      result = { error };
    }
  };
  try {
    call.runInNewContext({ work: guarded }, { timeout: milliseconds });
  } catch (error) {
    // The error is one of the new context's classes.
    if (types.isNativeError(error) && "code" in error && error.code === timedOut) throw new OutOfTime();
    throw error;
  }
  if (!result) throw new OutOfTime();
  if ("error" in result) throw result.error;
  return result.value;
}
