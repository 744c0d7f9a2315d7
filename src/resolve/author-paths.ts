import { Failure } from "../common/failure.ts";
import type { SourceLocation } from "../common/range.ts";
import { isFromResponse, shownTemplate, type Template, valuesOf } from "./template.ts";

/**
 * Which file of this machine is read or written is for its people to say, never for a server.
 * @throws {Failure} `value.unreadable-file`, `value.unwritable-file`
 */
export function refuseResponses(path: Template, location: SourceLocation, use: "read" | "written" = "read"): void {
  const piece = valuesOf(path).find(({ value }) => isFromResponse(value));
  if (!piece) return;
  throw new Failure({
    code: use === "read" ? "value.unreadable-file" : "value.unwritable-file",
    title: "A response may not choose a file of this machine",
    detail: `${piece.value.written} in ${shownTemplate(path)} is what a server answered, and it would decide which file is ${use}. Nothing was sent.`,
    fix: "Write the path itself, or ask for it with @prompt.",
    location,
  });
}
