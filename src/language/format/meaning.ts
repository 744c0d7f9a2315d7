import { isKnownMethod, parse, type RequestBlock } from "../../syntax/index.ts";

/**
 * Everything that a text says, as one string: what is sent, all names, comments and forms, without their places. Two
 * texts of the same meaning differ in nothing but layout.
 */
export function meaningOf(text: string): { readonly said: string; readonly problems: number } {
  const { blocks, problems } = parse(text);
  return { said: JSON.stringify(blocks.filter(saysSomething), withoutLayout), problems: problems.length };
}

/** Blank lines above the first `###` are a block of their own, which holds nothing. */
function saysSomething({ separator, directives, comments, variables, imports, runs, foreign, request }: RequestBlock) {
  const lists = [directives, comments, variables, imports, runs, foreign];
  return separator !== undefined || request !== undefined || lists.some((list) => list.length > 0);
}

const places: ReadonlySet<string> = new Set(["range", "lineRange"]);

function withoutLayout(key: string, value: unknown): unknown {
  if (places.has(key)) return undefined;
  // Known methods are sent in upper case, however they are written.
  if (key === "method" && typeof value === "object" && value !== null && "text" in value) {
    const { text } = value;
    if (typeof text === "string" && isKnownMethod(text)) return { text: text.toUpperCase() };
  }
  return value;
}
