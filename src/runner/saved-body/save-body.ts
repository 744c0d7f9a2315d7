import type { Note } from "../../common/note.ts";
import { byteSize } from "../../common/units.ts";
import type { Redactor } from "../../secrets/index.ts";
import { type BodyOutput, shownFile } from "../../settings/index.ts";
import type { Exchange } from "../exchange.ts";
import { redactBody } from "./redact-body.ts";
import { NotWritten, writeOutput } from "./write-file.ts";

/**
 * Writes the response's body, without the secrets that it holds, to the files of the request's `>>` lines; the exchange
 * says so in its notes. A request without a response writes nothing. Never rejects.
 */
export async function saveBody(exchange: Exchange, root: string): Promise<Exchange> {
  const { request, outcome, redactor } = exchange;
  if (!request || request.outputs.length === 0 || outcome.kind === "failure") return exchange;
  const notes: Note[] = [];
  for (const output of request.outputs) notes.push(await save(output, outcome.response.body, redactor, root));
  return { ...exchange, notes: [...exchange.notes, ...notes] };
}

async function save(output: BodyOutput, body: Uint8Array, redactor: Redactor, root: string): Promise<Note> {
  const bytes = redactBody(body, redactor);
  try {
    const file = await writeOutput(output, bytes, root);
    const replaced = bytes === body ? "" : " Secrets in it were replaced by their names.";
    return {
      level: "information",
      text: `The body was saved to ${shownFile(root, file)} (${byteSize(bytes.length)}).${replaced}`,
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
