import type { HeaderTemplate } from "../headers.ts";
import { literal } from "../template.ts";
import type { BodyTemplate } from "./body-template.ts";

/** Headers that the body needs and its author did not write: the media type of GraphQL over HTTP. */
export function bodyHeaders(body: BodyTemplate, headers: readonly HeaderTemplate[]): readonly HeaderTemplate[] {
  if (body.kind !== "graphql") return [];
  if (headers.some(({ name }) => name.toLowerCase() === "content-type")) return [];
  return [{ name: "Content-Type", value: literal("application/json"), location: body.location }];
}
