import { knownFiles, knownRequests } from "../known-names.ts";
import { codeSpan } from "../markdown.ts";
import { holds } from "../navigation/places.ts";
import { blockSummary } from "../request-title.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";

/** The request that a `run` line names: what it sends. */
export async function hoverRun({ document, host, place }: HoverRequest): Promise<HoverText | undefined> {
  const run = place.block?.runs.find(({ name }) => name && holds(name.range, place.offset));
  if (!run?.name) return undefined;
  const { path, name } = run;
  const imported = path && (await host.imported(document.uri, path.text));
  const files = path ? (imported ? [imported] : []) : await knownFiles(document, host);
  const known = knownRequests(files).find((request) => request.name === name.text);
  return known && { range: name.range, paragraphs: [codeSpan(blockSummary(known.block) ?? "")] };
}
