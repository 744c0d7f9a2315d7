import { stat } from "node:fs/promises";
import type { Note } from "../../common/note.ts";
import { byteSize } from "../../common/units.ts";
import type { Redactor } from "../../secrets/index.ts";
import { type BodyOutput, NotWritten, shownFile } from "../../settings/index.ts";
import type { ReceivedResponse } from "../../transport/index.ts";
import type { Exchange } from "../exchange.ts";
import { piecesOf } from "./copy-body.ts";
import { redactBody } from "./redact-body.ts";
import { writeOutput } from "./write-file.ts";

/**
 * Writes the response's body, without the secrets that it holds, to the files of the request's `>>` lines; the exchange
 * says so in its notes. A request without a response writes nothing. Never rejects.
 */
export async function saveBody(exchange: Exchange, root: string): Promise<Exchange> {
  const { request, outcome, redactor } = exchange;
  if (!request || request.outputs.length === 0 || outcome.kind === "failure") return exchange;
  const notes: Note[] = [];
  for (const output of request.outputs) notes.push(await save(output, outcome.response, redactor, root));
  return { ...exchange, notes: [...exchange.notes, ...notes] };
}

async function save(
  output: BodyOutput,
  { body, bodySize, bodyFile }: ReceivedResponse,
  redactor: Redactor,
  root: string,
): Promise<Note> {
  const content = bodyFile === undefined ? redactBody(body, redactor) : piecesOf(bodyFile);
  try {
    const file = await writeOutput(output, content, root);
    const { size } = await stat(file);
    // A stored body that has another size is without the secrets that it held.
    const isWhole = content === body || (bodyFile !== undefined && size === bodySize);
    return {
      level: "information",
      text: `The body was saved to ${shownFile(root, file)} (${byteSize(size)}).${isWhole ? "" : " Secrets in it were replaced by their names."}`,
    };
  } catch (error) {
    return { level: "warning", text: `The body was not saved to ${shownFile(root, output.path)}: ${reasonOf(error)}.` };
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "the disk may only be read",
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  ENAMETOOLONG: "the name is too long",
  ENOTDIR: "a part of the path is not a folder",
  EEXIST: "a part of the path is not a folder",
};

function reasonOf(error: unknown): string {
  if (error instanceof NotWritten) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return reasons[code] ?? `the system says ${code}`;
}
