import { code } from "../characters.ts";
import { mayHoldRequestLines } from "../missing-separator.ts";
import type { HeaderField } from "../nodes.ts";
import type { ProblemLog } from "../problems.ts";
import type { Source } from "../source.ts";
import { isFileWithoutBlank, isLoneFileWithoutBlank, looksLikeIndentedFile, withBlank } from "./file-line.ts";

/** What the headers and the method say about a body's text. */
export interface BodyLanguage {
  readonly contentType: string;
  readonly method: string | undefined;
  readonly isGraphql: boolean;
  /** Text, mail or multipart: lines that look like comments or requests may well be meant. */
  readonly isText: boolean;
  /** The method lets expect a body. */
  readonly expectsBody: boolean;
  /** Blank lines above the text mean nothing in JSON, XML, forms, multipart and GraphQL; elsewhere they are sent. */
  readonly dropsBlankStart: boolean;
  /** Lines that start with `#` or `//` are no part of the language, so they are hardly meant to be sent. */
  readonly hasNoComments: boolean;
}

/** `before` is that of another request, which is given back where it rests on the same words. */
export function bodyLanguage(
  headers: readonly HeaderField[],
  method: string | undefined,
  before: BodyLanguage | undefined,
): BodyLanguage {
  let contentType = "";
  let isGraphql = method?.length === 7 && method.toUpperCase() === "GRAPHQL";
  for (const { name, value } of headers) {
    if (name.text.length === 12 && name.text.toLowerCase() === "content-type") contentType ||= value.text;
    if (name.text.length === 14 && name.text.toLowerCase() === "x-request-type") isGraphql = true;
  }
  if (before && before.contentType === contentType && before.method === method && before.isGraphql === isGraphql) {
    return before;
  }
  return {
    contentType,
    method,
    isGraphql,
    isText: mayHoldRequestLines(contentType),
    expectsBody: method !== undefined && !/^(?:GET|HEAD|DELETE|OPTIONS)$/i.test(method),
    dropsBlankStart: isGraphql || /json|urlencoded|xml|graphql|^multipart\//i.test(contentType),
    hasNoComments: !isGraphql && (contentType === "" || /json|urlencoded|xml/i.test(contentType)),
  };
}

/** Reports body lines that are sent as they stand but look like something else. */
export function reportBodyLines(
  source: Source,
  first: number,
  last: number,
  language: BodyLanguage,
  problems: ProblemLog,
): void {
  let hasComment = false;
  for (let line = first; line <= last; line++) {
    const start = source.first(line);
    switch (source.text.charCodeAt(start)) {
      case code.hash:
      case code.slash: {
        if (source.text.startsWith("###", start)) {
          if (!language.isText) problems.add("indentedSeparator", source.line(line).range);
        } else if (language.hasNoComments && !hasComment && isCommentLike(source, start)) {
          hasComment = true;
          problems.add("commentInBody", source.line(line).range);
        }
        break;
      }
      case code.less:
        reportFile(source, line, first === last, problems);
        break;
    }
  }
}

/** `# …` or `// …`: a blank behind the mark tells them from data such as Base64 or a colour. */
function isCommentLike(source: Source, start: number): boolean {
  const { text } = source;
  const behind = text.charCodeAt(start) === code.hash ? start + 1 : start + 2;
  if (behind === start + 2 && text.charCodeAt(start + 1) !== code.slash) return false;
  return text.charCodeAt(behind) === code.space || text.charCodeAt(behind) === code.quote;
}

function reportFile(source: Source, line: number, isAlone: boolean, problems: ProblemLog): void {
  const { text, range } = source.line(line);
  if (isFileWithoutBlank(text) || (isAlone && isLoneFileWithoutBlank(text))) {
    problems.add("fileBodyBlank", range, text, `To send the file write "${withBlank(text).slice(0, 60)}".`);
  } else if (source.isIndented(line) && looksLikeIndentedFile(text)) {
    problems.add("indentedFile", range, text);
  }
}
