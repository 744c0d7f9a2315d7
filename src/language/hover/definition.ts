import { knownFiles } from "../known-names.ts";
import { holds } from "../navigation/places.ts";
import { Variables } from "../variables.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";
import { describeDefinition } from "./variable.ts";

/** The name in `@name = value`: what it stands for, and other definitions of it. */
export async function hoverDefinition(request: HoverRequest): Promise<HoverText | undefined> {
  const { document, host, place } = request;
  const definition = place.block?.variables.find(({ name }) => holds(name.range, place.offset));
  if (!definition) return undefined;
  const variables = new Variables(await knownFiles(document, host), host.environment(document.uri));
  const found = { kind: "definition", definition, uri: document.uri, file: document.file } as const;
  return { range: definition.name.range, paragraphs: describeDefinition(found, variables, request) };
}
