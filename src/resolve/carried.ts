import type { Carried } from "./prepared-request.ts";
import { boundSecrets, boundTexts, isPrivatePiece, type Template } from "./template.ts";

/** What the templates hold of others' values, also inside of values that are made of them. */
export function carriedBy(templates: readonly Template[]): Carried {
  const secrets = new Set<string>();
  let isPrivate = false;
  for (const piece of templates.flat()) {
    for (const { name } of boundTexts(piece)) secrets.add(name);
    if (piece.kind === "value") for (const name of boundSecrets(piece.value)) secrets.add(name);
    if (isPrivatePiece(piece)) isPrivate = true;
  }
  return { secrets: [...secrets], isPrivate };
}
