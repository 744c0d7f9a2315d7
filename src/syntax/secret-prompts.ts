import type { RequestBlock } from "./nodes.ts";

/** The variables whose values are secrets because one of the blocks asks for them with `# @secret-prompt NAME [text]`. */
export function secretPromptNames(blocks: readonly RequestBlock[]): ReadonlySet<string> {
  const prompts = blocks.flatMap(({ directives }) => directives.filter(({ name }) => name.text === "secret-prompt"));
  return new Set(prompts.map(({ value }) => value.text.split(/[ \t]/, 1)[0] ?? ""));
}
