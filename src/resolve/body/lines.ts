import type { PartTemplate } from "./body-template.ts";

/** The last line of text ends like the others: with CRLF where they do. A file is left as it is. */
export function withFinalLineEnd(parts: readonly PartTemplate[]): readonly PartTemplate[] {
  const last = parts.at(-1);
  if (last?.kind !== "text") return parts;
  const piece = last.content.at(-1);
  if (piece?.kind === "text" && piece.text.endsWith("\n")) return parts;
  const hasCrlf = last.content.some((each) => each.kind === "text" && each.text.includes("\r\n"));
  const content = [...last.content, { kind: "text" as const, text: hasCrlf ? "\r\n" : "\n" }];
  return [...parts.slice(0, -1), { ...last, content }];
}
