import { nearName } from "../common/near-name.ts";
import { err, ok, type Result } from "../common/result.ts";
import { createLineMap } from "../syntax/index.ts";
import type { RequestBlock } from "../syntax/nodes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { LoadedFile } from "./request-files.ts";

export interface SelectedRequest {
  readonly file: LoadedFile;
  /** Index into the file's blocks. */
  readonly block: number;
  /** 1-based, of the request line, or of the first `run` line where there is none. */
  readonly line: number;
  readonly name: string | undefined;
}

export interface Selection {
  readonly requests: readonly SelectedRequest[];
  /** Left out, because of `@disabled`. */
  readonly skipped: readonly SelectedRequest[];
}

interface Candidate extends SelectedRequest {
  readonly names: readonly string[];
  readonly isDisabled: boolean;
}

const listedNames = 20;

/**
 * The requests to send, in the order of the files. Each of `names` has to match at least one: a name that was mistyped
 * beside one that was not must not pass for a green run. A disabled request is sent only where it is named.
 */
export function selectRequests(
  files: readonly LoadedFile[],
  names: readonly string[],
): Result<Selection, readonly Diagnostic[]> {
  const candidates = files.flatMap(candidatesOf);
  if (candidates.length === 0) return err([nothingToSend(files)]);
  const unmatched = names.filter((name) => !candidates.some((candidate) => candidate.names.includes(name)));
  if (unmatched.length > 0) return err(unmatched.map((name) => unknownName(name, candidates)));
  if (names.length > 0) {
    return ok({
      requests: candidates.filter((candidate) => candidate.names.some((name) => names.includes(name))),
      skipped: [],
    });
  }
  return ok({
    requests: candidates.filter(({ isDisabled }) => !isDisabled),
    skipped: candidates.filter(({ isDisabled }) => isDisabled),
  });
}

function candidatesOf(file: LoadedFile): Candidate[] {
  const lines = createLineMap(file.parsed.text);
  return file.parsed.blocks.flatMap((block, index) => {
    const place = block.request?.lineRange ?? block.runs[0]?.range;
    if (!place) return [];
    return {
      file,
      block: index,
      line: lines.positionAt(place.start).line + 1,
      name: block.name?.text,
      names: namesOf(block),
      isDisabled: block.directives.some(({ name }) => name.text === "disabled"),
    };
  });
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
