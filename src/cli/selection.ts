import { nearName } from "../common/near-name.ts";
import { err, ok, type Result } from "../common/result.ts";
import type { RequestBlock } from "../syntax/nodes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { LoadedFile } from "./request-files.ts";

export interface SelectedRequest {
  readonly file: LoadedFile;
  /** Index into the file's blocks. */
  readonly block: number;
}

interface Candidate extends SelectedRequest {
  readonly names: readonly string[];
}

const listedNames = 20;

/**
 * The requests to send, in the order of the files. Each of `names` has to match at least one: a name that was mistyped
 * beside one that was not must not pass for a green run.
 */
export function selectRequests(
  files: readonly LoadedFile[],
  names: readonly string[],
): Result<readonly SelectedRequest[], readonly Diagnostic[]> {
  const candidates = files.flatMap(candidatesOf);
  if (candidates.length === 0) return err([nothingToSend(files)]);
  const unmatched = names.filter((name) => !candidates.some((candidate) => candidate.names.includes(name)));
  if (unmatched.length > 0) return err(unmatched.map((name) => unknownName(name, candidates)));
  if (names.length === 0) return ok(candidates);
  return ok(candidates.filter((candidate) => candidate.names.some((name) => names.includes(name))));
}

function candidatesOf(file: LoadedFile): Candidate[] {
  return file.parsed.blocks.flatMap((block, index) =>
    block.request ? [{ file, block: index, names: namesOf(block) }] : [],
  );
}

/** A request answers to its `@name`, its `@title` and the title behind `###`. */
function namesOf(block: RequestBlock): string[] {
  const spans = block.directives
    .filter((directive) => directive.name.text === "name" || directive.name.text === "title")
    .map((directive) => directive.value.text);
  if (block.separator?.title) spans.push(block.separator.title.text);
  if (block.name) spans.unshift(block.name.text);
  return [...new Set(spans.filter((text) => text !== ""))];
}

function nothingToSend(files: readonly LoadedFile[]): Diagnostic {
  const shown = files.map((file) => file.shown).join(", ");
  return {
    title: `There is no request in ${shown}`,
    detail: "No line was recognised as a request line.",
    fix: "Write a request line such as GET https://api.example.com/ into the file.",
  };
}

function unknownName(name: string, candidates: readonly Candidate[]): Diagnostic {
  const known = [...new Set(candidates.flatMap((candidate) => candidate.names))];
  const title = `No request is named "${name}"`;
  if (known.length === 0) {
    return {
      title,
      detail: "No request of these files has a name or a title.",
      fix: 'Give the request one with a line "# @name NAME" above its request line.',
    };
  }
  const near = nearName(name, known);
  const more = known.length > listedNames ? ` and ${known.length - listedNames} more` : "";
  return {
    title,
    detail: `The requests are named: ${known.slice(0, listedNames).join(", ")}${more}.`,
    fix: near === undefined ? "Use one of these names, written exactly so." : `Did you mean "${near}"?`,
  };
}
