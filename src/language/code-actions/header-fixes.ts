import { headerFields } from "../facts/header-fields.ts";
import { looksLikeGraphql } from "../rules/json-body.ts";
import type { Fix, Fixer } from "./fix.ts";
import { insertAbove, insertAt, removeLines } from "./lines.ts";

const knownNames: ReadonlyMap<string, string> = new Map(headerFields.map(({ name }) => [name.toLowerCase(), name]));

/** `Content-Type application/json`: a colon behind the name, or a blank line where the body seems to start. */
export const addColonOrBlankLine: Fixer = ({ document, range, text }) => {
  const [, name = "", behind = ""] = /^([!#$%&'*+\-.^_`|~\w]+)[ \t]*(.*)$/s.exec(text) ?? [];
  const blankLine: Fix = {
    title: "Insert a blank line: the body starts here",
    edits: [insertAbove(document, range.start, [""])],
  };
  if (name === "") return [{ ...blankLine, isPreferred: true }];
  const colon: Fix = {
    title: `Insert a colon behind "${name}"`,
    edits: [insertAt(range.start + name.length, /^[ \t]/.test(text.slice(name.length)) || behind === "" ? ":" : ": ")],
  };
  if (behind !== "" && knownNames.has(name.toLowerCase())) return [{ ...colon, isPreferred: true }, blankLine];
  return [colon, blankLine];
};

/** `Content Type: …` has a blank too many; a line such as `"key": 1` is the start of a body. */
export const correctHeaderName: Fixer = ({ document, range, text }) => {
  const colon = text.indexOf(":");
  const written = text.slice(0, colon).trim();
  const known = knownNames.get(written.replaceAll(/[ \t_]+/g, "-").toLowerCase());
  if (colon > 0 && known !== undefined) {
    const name = { start: range.start, end: range.start + written.length };
    return [{ title: `Change to "${known}"`, edits: [{ range: name, newText: known }], isPreferred: true }];
  }
  if (!/^["'{}[\]<]/.test(text)) return [];
  return [
    {
      title: "Insert a blank line: the body starts here",
      edits: [insertAbove(document, range.start, [""])],
      isPreferred: true,
    },
  ];
};

/** A query under `Content-Type: application/json`, as tools write it that guess what a body is. */
export const sendAsGraphql: Fixer = ({ document, block }) => {
  const request = block?.request;
  const type = request?.headers.find(({ name }) => name.text.toLowerCase() === "content-type");
  if (request?.body.kind !== "inline" || !type || !looksLikeGraphql(request.body.content.text)) return [];
  const edits = [insertAbove(document, type.range.start, ["X-Request-Type: GraphQL"])];
  return [{ title: 'Add "X-Request-Type: GraphQL"', edits, isPreferred: true }];
};

export const removeHeader: Fixer = ({ document, range, block }) => {
  const field = block?.request?.headers.find((header) => header.range.start === range.start);
  if (!field || block?.request?.dialect === "curl") return [];
  return [{ title: `Remove the header "${field.name.text}"`, edits: [removeLines(document, field.range)] }];
};
