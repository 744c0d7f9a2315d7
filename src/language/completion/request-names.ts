import type { CompletionItem } from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import { type KnownRequest, knownFiles, knownRequests } from "../known-names.ts";
import { visible } from "../markdown.ts";
import { blockSummary } from "../request-title.ts";
import { item, Kind } from "./items.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";

/** The requests that `run #…` can name, of this file and its imports or of the file in front of the `#`. */
export async function runNames(
  { path, range }: ContextOf<"run-name">,
  request: CompletionRequest,
): Promise<CompletionItem[]> {
  if (path === "") return requestNames(range, request);
  const imported = await request.host.imported(request.document.uri, path);
  return imported ? nameItems(knownRequests([imported]), range, request) : [];
}

/** The same with the `#`, while no path is typed. */
export async function runTargets(
  { written, after }: ContextOf<"run-target">,
  request: CompletionRequest,
): Promise<CompletionItem[]> {
  if (/[./\\]/.test(written)) return [];
  const { offset } = request.place;
  const [rest = ""] = /^[^(\s]*/.exec(after) ?? [];
  return requestNames({ start: offset - written.length, end: offset + rest.length }, request, "#");
}

/** All requests that this file can name, but the one that the cursor is in. */
export async function requestNames(range: TextRange, request: CompletionRequest, mark = ""): Promise<CompletionItem[]> {
  const known = knownRequests(await knownFiles(request.document, request.host));
  const own = request.place.block;
  return nameItems(
    known.filter(({ block }) => block !== own),
    range,
    request,
    mark,
  );
}

function nameItems(requests: readonly KnownRequest[], range: TextRange, { document }: CompletionRequest, mark = "") {
  return requests.map(({ name, block }, rank) =>
    item(document, {
      label: mark + name,
      kind: Kind.Reference,
      range,
      detail: visible(blockSummary(block) ?? ""),
      rank: Math.min(rank, 999),
    }),
  );
}
