import type { RequestFile } from "../../syntax/index.ts";
import { collectNames, type NameSite } from "./names.ts";
import { holds } from "./places.ts";

const indexes = new WeakMap<RequestFile, NameIndex>();

/** The file's index of names, made once however many features ask for it. */
export function nameIndexOf(file: RequestFile): NameIndex {
  let index = indexes.get(file);
  if (!index) {
    index = new NameIndex(file);
    indexes.set(file, index);
  }
  return index;
}

/** The names of a file: what stands where, and which use takes which definition. */
export class NameIndex {
  readonly sites: readonly NameSite[];
  readonly #named = new Map<string, NameSite[]>();

  constructor(file: RequestFile) {
    this.sites = collectNames(file);
    for (const site of this.sites) {
      const named = this.#named.get(keyOf(site));
      if (named) named.push(site);
      else this.#named.set(keyOf(site), [site]);
    }
  }

  /** The name at the cursor: of two that touch there the one that starts, of two in each other the inner one. */
  at(offset: number): NameSite | undefined {
    const found = this.sites.filter(({ around }) => holds(around, offset));
    const starting = found.filter(({ around }) => offset < around.end);
    return (starting.length > 0 ? starting : found).reduce<NameSite | undefined>(
      (best, site) => (best && sizeOf(best) <= sizeOf(site) ? best : site),
      undefined,
    );
  }

  /** All places of a name, in the order of the file. */
  named(name: Pick<NameSite, "kind" | "name">): readonly NameSite[] {
    return this.#named.get(keyOf(name)) ?? [];
  }

  /** The one in this file that counts for a name at its place; for a definition it is that itself. */
  definitionOf(site: NameSite): NameSite | undefined {
    if (site.role !== "use") return site;
    const definitions = this.named(site).filter(({ role }) => role !== "use");
    return site.kind === "request" ? definitions[0] : variableThatCounts(definitions, site);
  }
}

function keyOf({ kind, name }: Pick<NameSite, "kind" | "name">): string {
  return `${kind} ${name}`;
}

function sizeOf({ around }: NameSite): number {
  return around.end - around.start;
}

/** The question of the use's own block, else the nearest definition, else the nearest question or capture. */
function variableThatCounts(definitions: readonly NameSite[], use: NameSite): NameSite | undefined {
  const asked = definitions.find(({ role, block }) => role === "prompt" && block === use.block);
  return (
    asked ??
    nearest(
      definitions.filter(({ role }) => role === "definition"),
      use,
    ) ??
    nearest(definitions, use)
  );
}

/** The last above, else the first below. */
function nearest(definitions: readonly NameSite[], { from }: NameSite): NameSite | undefined {
  return definitions.findLast(({ range }) => range.start < from) ?? definitions[0];
}
