import type { TextRange } from "../../common/range.ts";
import { scanReferences } from "../../syntax/index.ts";
import { definitionsOf } from "../definitions.ts";
import type { LanguageDocument } from "../document.ts";
import { requestSummary } from "../request-title.ts";
import type { Fix, Fixer, FixPlace } from "./fix.ts";
import { insertAbove, insertAt } from "./lines.ts";

/** In the URL itself, or in the variable that it starts with. */
export const useHttps: Fixer = (place) => {
  const start = schemeOf(place);
  if (start === undefined) return [];
  const scheme = { start, end: start + "http".length };
  return [{ title: 'Change to "https://"', edits: [{ range: scheme, newText: "https" }], isPreferred: true }];
};

/** Variables whose value starts with another one. */
const mostVariables = 20;

function schemeOf({ document, text, range, block }: FixPlace): number | undefined {
  let value = text;
  let start = range.start;
  let from = block?.request?.range.start ?? start;
  for (let step = 0; step < mostVariables; step++) {
    if (/^http:\/\//i.test(value)) return start;
    const first = value.startsWith("{{") ? scanReferences(value.split(/[\r\n]/, 1)[0] ?? "")[0] : undefined;
    if (first?.range.start !== 0 || first.kind !== "variable") return undefined;
    const definition = definitionsOf(document.file).nearest(first.name.text, from);
    if (!definition) return undefined;
    value = definition.value.text;
    start = definition.value.range.start;
    from = definition.range.start;
  }
  return undefined;
}

export const removeQuotes: Fixer = ({ range, text }) => {
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return [];
  const edits = [{ range: { start: range.start, end: range.start + 1 }, newText: "" }];
  if (text.length > 1 && text.endsWith(quote)) {
    edits.push({ range: { start: range.end - 1, end: range.end }, newText: "" });
  }
  return [{ title: "Remove the quotes", edits, isPreferred: true }];
};

/** Above the block that the parser began without a separator: its own comments and directives stand in it. */
export const addSeparator: Fixer = ({ document, range, block }) => {
  const { blocks } = document.file;
  const index = block ? blocks.indexOf(block) : -1;
  if (block?.request?.lineRange.start !== range.start) return [];
  return [block, blocks[index + 1]].flatMap((cut): readonly Fix[] => {
    if (!cut?.request || cut.separator || cut === blocks[0]) return [];
    const title = `Insert a line "###" above "${requestSummary(cut.request).slice(0, 60)}"`;
    return [{ title, edits: [insertAbove(document, startOfText(document, cut.range), ["###"])] }];
  });
};

/** Behind the blank lines that a block starts with. */
function startOfText({ text }: LanguageDocument, { start, end }: TextRange): number {
  let first = start;
  while (first < end && /\s/.test(text.charAt(first))) first++;
  return first;
}

/** `HTTP/7`, a second version behind the first, or one before the rest of the URL. */
export const removeVersion: Fixer = ({ document, range, text }) => {
  if (!/^HTTP\//i.test(text)) return [];
  let { start } = range;
  while (start > 0 && /[ \t]/.test(document.text.charAt(start - 1))) start--;
  return [{ title: `Remove "${text}"`, edits: [{ range: { start, end: range.end }, newText: "" }], isPreferred: true }];
};

/** `  ###` → `###`. */
export const removeIndentation: Fixer = ({ document, range, text }) => {
  const start = document.lines.offsetAt({ line: document.lines.positionAt(range.start).line, character: 0 });
  if (!text.startsWith("###") || document.text.slice(start, range.start).trim() !== "") return [];
  return [
    { title: 'Remove the blanks before the "###"', edits: [{ range: { start, end: range.start }, newText: "" }] },
  ];
};

/** `--insecure` and `-k`, where they are a word of their own. */
export const removeInsecure: Fixer = ({ document, range, text }) => {
  if (text !== "-k" && text !== "--insecure") return [];
  let { start } = range;
  while (start > 0 && /[ \t]/.test(document.text.charAt(start - 1))) start--;
  return [{ title: `Remove "${text}"`, edits: [{ range: { start, end: range.end }, newText: "" }], isPreferred: true }];
};

/** `<./file` → `< ./file`. */
export const addBlankBehindLess: Fixer = ({ range, text }) => {
  if (!/^<[^\s<>@]/.test(text)) return [];
  return [{ title: `Change to "< ${text.slice(1)}"`, edits: [insertAt(range.start + 1, " ")], isPreferred: true }];
};
