import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";

export function badUrl(title: string, detail: string, fix: string, location: SourceLocation): Failure {
  return new Failure({ code: "value.bad-url", title, detail, fix, location });
}
