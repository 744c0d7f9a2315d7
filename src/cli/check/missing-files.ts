import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { BodyNode, FileContent } from "../../syntax/nodes.ts";
import type { LoadedFile } from "../request-files.ts";
import { type Finding, findingAt } from "./finding.ts";

/**
 * The files that bodies and `run` lines name and that are not there: a warning, because something may still make them
 * before the request is sent. A path with a reference in it is known only then.
 */
export async function missingFileFindings({ shown, path, parsed }: LoadedFile): Promise<Finding[]> {
  const wanted = parsed.blocks.flatMap(({ runs, request }) => [
    ...runs.flatMap(({ path: file }) => file ?? []),
    ...(request ? filesOf(request.body).map((file) => file.path) : []),
  ]);
  const names = wanted.filter(({ text }) => text !== "" && !text.includes("{{"));
  const found = await Promise.all(names.map(({ text }) => isFile(resolve(dirname(path), text))));
  return names
    .filter((_, index) => !found[index])
    .map(({ text, range }) =>
      findingAt(shown, parsed.text, range, {
        severity: "warning",
        code: "value.unreadable-file",
        message: `There is no file ${text}, so the request is not sent. Correct the path: it starts at the folder of this file.`,
      }),
    );
}

function filesOf(body: BodyNode): readonly FileContent[] {
  if (body.kind === "file") return [body];
  return body.kind === "mixed" ? body.parts.filter((part) => part.kind === "file") : [];
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
