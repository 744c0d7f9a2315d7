import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import type { Redactor } from "./redactor.ts";

/** The same failure with every known secret value replaced. Without its cause: that can hold anything. */
export function redactFailure(failure: Failure, redactor: Redactor): Failure {
  if (redactor.isEmpty) return failure;
  const { code, location, setting, wanted } = failure;
  return new Failure({
    code,
    title: redactor.redact(failure.title),
    detail: redactor.redact(failure.detail),
    fix: redactor.redact(failure.fix),
    ...(setting !== undefined && { setting }),
    wanted,
    ...(location && { location: redactLocation(location, redactor) }),
  });
}

/** A line that was changed is left out: the columns would point at the wrong characters. */
function redactLocation(location: SourceLocation, redactor: Redactor): SourceLocation {
  const { lineText, ...place } = location;
  return lineText === undefined || redactor.redact(lineText) === lineText ? location : place;
}
