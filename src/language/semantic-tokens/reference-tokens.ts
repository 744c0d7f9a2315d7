import { findDynamicValue } from "../../syntax/dynamic-values.ts";
import type { ReferenceSite } from "../reference-sites.ts";
import { placeInFile } from "../reference-sites.ts";
import { type Token, token } from "./token.ts";

/** The parts of a reference, without its braces. */
export function referenceTokens(site: ReferenceSite): readonly Token[] {
  const { kind, name, rest, expression } = site.reference;
  const place = placeInFile(site, name);
  switch (kind) {
    case "variable":
    case "encoded":
      return [token(place, "variable")];
    case "environment":
    case "dotenv":
    case "secret": {
      const start = placeInFile(site, expression).start;
      const form = { start, end: place.start };
      return [token(trimmedEnd(site, form), "function", "defaultLibrary"), token(place, "variable", "readonly")];
    }
    case "dynamic":
      return findDynamicValue(name.text) ? [token(place, "function", "defaultLibrary")] : [];
    case "response":
      return [token(place, "function"), ...(rest.text === "" ? [] : [token(placeInFile(site, rest), "property")])];
    case "other":
      return [];
  }
}

/** `$dotenv ` without the blank, `$env.` with its full stop. */
function trimmedEnd({ reference }: ReferenceSite, { start, end }: { start: number; end: number }) {
  const written = reference.expression.text.slice(0, end - start);
  return { start, end: start + written.trimEnd().length };
}
