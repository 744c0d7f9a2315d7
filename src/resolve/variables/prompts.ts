import type { RequestBlock } from "../../syntax/index.ts";
import type { Locate } from "../places.ts";
import type { ValuePiece } from "../template.ts";

/** The questions of `# @prompt NAME [text]` and `# @secret-prompt NAME [text]`, by the variable's name. */
export function readPrompts(block: RequestBlock, locate: Locate): ReadonlyMap<string, ValuePiece> {
  const prompts = new Map<string, ValuePiece>();
  for (const [order, { name: directive, value, range }] of block.directives.entries()) {
    if (directive.text !== "prompt" && directive.text !== "secret-prompt") continue;
    const [, name = "", text = ""] = /^(\S+)[ \t]*(.*)$/.exec(value.text) ?? [];
    // Two questions for one variable: the first one is asked.
    if (name === "" || prompts.has(name)) continue;
    const isSecret = directive.text === "secret-prompt";
    const question = { source: "prompt", name, text, isSecret, order } as const;
    prompts.set(name, {
      kind: "value",
      value: { ...question, written: `{{${name}}}`, location: locate(range) },
      encodings: 0,
    });
  }
  return prompts;
}
