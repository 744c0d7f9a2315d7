import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { isFromResponse, shownTemplate, type Template, valuesOf } from "./template.ts";

/**
 * Which file of this machine is read is for its people to say, never for a server.
 * @throws {Failure} `value.unreadable-file`
 */
export function refuseResponses(path: Template, location: SourceLocation): void {
  const piece = valuesOf(path).find(({ value }) => isFromResponse(value));
  if (!piece) return;
  throw new Failure({
    code: "value.unreadable-file",
    title: "A response may not choose a file of this machine",
    detail: `${piece.value.written} in ${shownTemplate(path)} is what a server answered, and it would decide which file is read. Nothing was read or sent.`,
    fix: "Write the path itself, or ask for it with @prompt.",
    location,
  });
}
