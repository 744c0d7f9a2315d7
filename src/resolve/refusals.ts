import { Failure } from "../common/failure.ts";
import { plural } from "../common/units.ts";
import type { Environments } from "../settings/index.ts";
import type { RequestBlock, RequestFile } from "../syntax/index.ts";
import type { Locate } from "./places.ts";

/** A block that could not be read as meant is not sent; what is wrong in other blocks does not matter here. */
export function refuseProblems(file: RequestFile, block: RequestBlock, locate: Locate): void {
  const isLast = block.range.end === file.range.end;
  const errors = file.problems.filter(
    ({ severity, range }) =>
      severity === "error" && range.start >= block.range.start && (range.start < block.range.end || isLast),
  );
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` Also ${plural(errors.length - 1, "more problem")} in this request.` : "";
  const location = locate(first.range);
  throw new Failure({
    code: "parse.error",
    title: "The request cannot be sent as it is written",
    detail: `${first.message}${more} Nothing was sent.`,
    fix: `Correct line ${location.line} of ${location.file} and send again.`,
    location,
  });
}

export function noRequest(block: RequestBlock, locate: Locate): Failure {
  return new Failure({
    code: "parse.error",
    title: "There is no request here",
    detail: "This part of the file holds only comments, directives or variables.",
    fix: 'Write a request line, such as "GET https://example.com/".',
    location: locate({ start: block.range.start, end: block.range.start }),
  });
}

/** What a file meant to say is not known where it cannot be read. */
export function refuseEnvironmentProblems({ problems }: Environments): void {
  const [first, ...others] = problems;
  if (!first) return;
  const { code, title, detail, fix, location } = first;
  const more = others.length > 0 ? ` There is ${plural(others.length, "more problem")} in the environment files.` : "";
  throw new Failure({ code, title, detail: `${detail}${more} Nothing was sent.`, fix, location });
}
