import type { TextRange } from "../common/range.ts";
import type { DirectiveForm } from "./directives.ts";
import type { Span } from "./nodes.ts";
import { readAssertion, readCapture } from "./queries/assertions.ts";
import { readRetry } from "./retry.ts";

/** What is wrong with a directive's value, and where. */
export interface ValueFault {
  readonly range: TextRange;
  /** What to write instead. */
  readonly advice: string;
}

const duration = /^\d+(?:\.\d+)?[ \t]*(?:ms|s|m|h)?$/;
const durationAdvice = 'Write a number with a unit, such as "500ms", "5s" or "2m".';
const variableName = /^[^\s{}=,"'()$%][^\s{}=,"'()]*$/;

type Check = (value: Span) => ValueFault | undefined;

/** A check for each form; nothing is required here, an absent value is another problem. */
const checks: Partial<Record<DirectiveForm, Check>> = {
  duration: (value) => whenNot(duration.test(value.text) && Number.parseFloat(value.text) > 0, value, durationAdvice),
  prompt: (value) => {
    const name = value.text.split(/[ \t]/, 1)[0] ?? "";
    return whenNot(variableName.test(name), value, 'Write the variable\'s name first, as in "user Your name".');
  },
  retry: (value) =>
    whenNot(
      readRetry(value.text) !== undefined,
      value,
      'Write how often (at most 999 times) and how long to wait at first, as in "3 every 500ms"; "unsafe" behind it is for methods such as POST.',
    ),
  "failure-code": (value) =>
    whenNot(
      /^[a-z]+(?:\.[a-z0-9-]+)?$/.test(value.text),
      value,
      'Write the code of a failure, such as "tls.expired" or "network.refused".',
    ),
  assertion: (value) => faultOf(readAssertion(value)),
  capture: (value) => faultOf(readCapture(value)),
};

export function checkDirectiveValue(form: DirectiveForm, value: Span): ValueFault | undefined {
  return checks[form]?.(value);
}

function whenNot(isRight: boolean, value: Span, advice: string): ValueFault | undefined {
  return isRight ? undefined : { range: value.range, advice };
}

function faultOf(read: { ok: true } | { ok: false; error: { range: TextRange; message: string } }) {
  return read.ok ? undefined : { range: read.error.range, advice: read.error.message };
}
