import type { Range } from "vscode-languageserver-types";

/** What the quick fix hands to the command: a place, never what stands there. */
export interface MoveRequest {
  readonly uri: string;
  /** Of the document that the place was found in. */
  readonly version: number;
  readonly range: Range;
}

/** Any extension and any key binding can call a command. */
export function isMoveRequest(value: unknown): value is MoveRequest {
  if (!isRecord(value)) return false;
  const { uri, version, range } = value;
  return (
    typeof uri === "string" &&
    Number.isInteger(version) &&
    isRecord(range) &&
    [range["start"], range["end"]].every(isPosition)
  );
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && Number.isInteger(value["line"]) && Number.isInteger(value["character"]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
