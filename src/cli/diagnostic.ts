import type { FailureCode } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";

/**
 * What keeps the command from sending anything at all: a missing file, an unknown name. It belongs to no request, so
 * it is no `FailureView`; it is printed the same way, and the exit code is `wrongInput`.
 */
export interface Diagnostic {
  /** Only where a stable failure code fits. */
  readonly code?: FailureCode;
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  readonly location?: SourceLocation;
  /** The file or folder that it is about, as given; only where there is no place in it. */
  readonly path?: string;
}
