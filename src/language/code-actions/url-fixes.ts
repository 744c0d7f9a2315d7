import type { Fixer } from "./fix.ts";
import { insertAboveRequest, insertAt } from "./lines.ts";

/** `https://a.test/ # text` → the comment on a line of its own. */
export const moveCommentAbove: Fixer = ({ document, range, text, block }) => {
  const request = block?.request;
  if (!request || !/^(?:#|\/\/)/.test(text)) return [];
  let { start } = range;
  while (start > 0 && /[ \t]/.test(document.text.charAt(start - 1))) start--;
  return [
    {
      title: "Move the comment above the request line",
      edits: [insertAboveRequest(document, request, [text.trim()]), { range: { start, end: range.end }, newText: "" }],
      isPreferred: true,
    },
  ];
};

/** A line `name=value` below a URL is a query parameter. */
export const startParameter: Fixer = ({ document, range, text, block }) => {
  const url = block?.request?.url;
  if (!url || !/^[^\s=?&/]+=/.test(text)) return [];
  const mark = document.text.slice(url.range.start, range.start).includes("?") ? "&" : "?";
  return [{ title: `Start the line with "${mark}"`, edits: [insertAt(range.start, mark)], isPreferred: true }];
};
