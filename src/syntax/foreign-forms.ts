import { isComment } from "./annotations.ts";
import { code, isBlank } from "./characters.ts";
import type { ProblemLog } from "./problems.ts";
import type { Source } from "./source.ts";

/**
 * A line form that other tools give a meaning and this version does not carry out. It is recognised so that it is never
 * sent as something else: the request that holds it is refused.
 */
export interface ForeignForm {
  /** For people, as the subject of "… is not supported yet". */
  readonly subject: string;
  readonly advice: string;
  /** A script block goes on to the line that holds this text. */
  readonly until?: "%}" | "}}";
  /** Only meant as a form when nothing but such forms follows in the block: elsewhere it may be text. */
  readonly onlyAtEnd?: boolean;
  /** Goes on to the end of its block. */
  readonly takesBlock?: boolean;
}

const forms = {
  handler: { subject: "A response script", advice: "Scripts are never run; remove it.", until: "%}" },
  handlerFile: { subject: "A response script file", advice: "Scripts are never run; remove the line." },
  handlerFileAtEnd: {
    subject: "A response script file",
    advice: "Scripts are never run; remove the line.",
    onlyAtEnd: true,
  },
  preScript: { subject: "A script before the request", advice: "Scripts are never run; remove it.", until: "%}" },
  preScriptFile: { subject: "A script or file above the request line", advice: "Remove the line." },
  blockScript: { subject: "A script block", advice: "Scripts are never run; remove it.", until: "}}" },
  fileWithVariables: {
    subject: "A file body with variables",
    advice: 'Write "< path" to send the file as it is.',
  },
  mixedFile: {
    subject: "A file between other body text",
    advice: 'Write the whole body here, or send one file with a body of nothing but "< path".',
  },
  responseToFile: { subject: 'Writing the response to a file with ">>"', advice: "Remove the line.", onlyAtEnd: true },
  responseReference: { subject: 'A response to compare with, "<>",', advice: "Remove the line.", onlyAtEnd: true },
  assertion: { subject: 'An assertion with "??"', advice: "Remove the line." },
  assertionAtEnd: { subject: 'An assertion with "??"', advice: "Remove the line.", onlyAtEnd: true },
  curl: {
    subject: "A cURL command",
    advice: 'Write it as a request line, as in "GET https://example.com/".',
    takesBlock: true,
  },
  importFile: { subject: '"import" of another file', advice: "Remove the line." },
  run: { subject: '"run" of another request', advice: "Remove the line." },
  response: { subject: "A recorded response", advice: 'Start its lines with "#" or remove it.', takesBlock: true },
} as const satisfies Record<string, ForeignForm>;

/** The form of a line above the request line, if it is one. */
export function foreignFormAbove(source: Source, line: number): ForeignForm | undefined {
  const { text } = source.line(line);
  switch (text.charCodeAt(0)) {
    case code.greater:
      return hasScript(text, 1) ? forms.handler : text.startsWith(">>") ? forms.responseToFile : forms.handlerFile;
    case code.less:
      if (hasScript(text, 1)) return forms.preScript;
      return blankAt(text, 1) || text.startsWith("<@") || text.startsWith("<>") ? forms.preScriptFile : undefined;
    case code.openBrace:
      return opensBlockScript(text) ? forms.blockScript : undefined;
    case code.question:
      return text.startsWith("??") ? forms.assertion : undefined;
    default:
      return text.startsWith("--{%") ? forms.handler : wordForm(text);
  }
}

function wordForm(text: string): ForeignForm | undefined {
  if (!/^[cHhir]/.test(text)) return undefined;
  if (text.startsWith("curl") && (text.length === 4 || blankAt(text, 4))) return forms.curl;
  if (/^HTTP\/\d/i.test(text)) return forms.response;
  const [, word, rest] = /^(import|run)[ \t]+(\S+)/.exec(text) ?? [];
  if (rest === undefined || rest.includes("://")) return undefined;
  return word === "run" ? forms.run : forms.importFile;
}

/** The form of a line among the headers: what follows a request that has no body. */
export function foreignFormAmongHeaders(source: Source, line: number): ForeignForm | undefined {
  const { text } = source.line(line);
  if (text.charCodeAt(0) === code.greater || text.startsWith("??") || text.startsWith("--{%")) {
    return foreignFormAbove(source, line);
  }
  if (text.startsWith("<>")) return forms.responseReference;
  if (text.charCodeAt(0) === code.less && hasScript(text, 1)) return forms.preScript;
  return opensBlockScript(text) ? forms.blockScript : undefined;
}

const scriptExtensions = [".js", ".mjs", ".cjs", ".ts", ".lua"];

/** The form of a body line. Forms stand in the first column; indented lines are text. */
export function foreignFormInBody(source: Source, line: number): ForeignForm | undefined {
  const start = source.start(line);
  const char = source.text.charCodeAt(start);
  // The common case first: this runs for every body line.
  if (char !== code.less && char !== code.greater && char !== code.question && char !== code.openBrace && char !== 45) {
    return undefined;
  }
  const { text } = source.line(line);
  switch (char) {
    case code.less:
      if (hasScript(text, 1)) return forms.preScript;
      if (isFileWithVariables(text)) return forms.fileWithVariables;
      if (text.startsWith("<>") && blankAt(text, 2)) return forms.responseReference;
      return isFileLine(text) ? forms.mixedFile : undefined;
    case code.greater:
      if (hasScript(text, 1)) return forms.handler;
      if (isRedirection(text)) return forms.responseToFile;
      return handlerFileForm(text);
    case code.question:
      return text.startsWith("??") && blankAt(text, 2) ? forms.assertionAtEnd : undefined;
    case code.openBrace:
      return opensBlockScript(text) ? forms.blockScript : undefined;
    default:
      return text.startsWith("--{%") ? forms.handler : undefined;
  }
}

/** `< path`: a blank behind the `<` tells it from markup. */
export function isFileLine(text: string): boolean {
  return text.charCodeAt(0) === code.less && blankAt(text, 1) && text.length > 2 && !hasScript(text, 1);
}

/** `<@ path` and `<@encoding path`. */
function isFileWithVariables(text: string): boolean {
  if (!text.startsWith("<@")) return false;
  let offset = 2;
  while (offset < text.length && !isBlank(text.charCodeAt(offset))) offset++;
  return offset < text.length;
}

function handlerFileForm(text: string): ForeignForm | undefined {
  if (!blankAt(text, 1)) return undefined;
  const path = text.slice(1).trimStart();
  if (path.includes(" ")) return undefined;
  if (scriptExtensions.some((extension) => path.endsWith(extension))) return forms.handlerFile;
  return path.includes(".") || path.includes("/") ? forms.handlerFileAtEnd : undefined;
}

function isRedirection(text: string): boolean {
  if (!text.startsWith(">>")) return false;
  const behind = text.startsWith(">>!") ? 3 : 2;
  return text.length > behind && blankAt(text, behind);
}

/** A line that opens `{{` and does not close it: `{{`, `{{@response`, `{{+after`. */
function opensBlockScript(text: string): boolean {
  if (!text.startsWith("{{") || text.includes("}}")) return false;
  return text.length === 2 || text.charCodeAt(2) === code.at || text.charCodeAt(2) === 43;
}

function hasScript(text: string, from: number): boolean {
  let offset = from;
  while (isBlank(text.charCodeAt(offset))) offset++;
  return text.startsWith("{%", offset);
}

function blankAt(text: string, offset: number): boolean {
  return isBlank(text.charCodeAt(offset));
}

/**
 * The line after a form: for a script block the one behind its end, or `undefined` when the block is not closed before
 * `to`.
 */
export function endOfForm(source: Source, line: number, to: number, form: ForeignForm): number | undefined {
  const { until } = form;
  if (!until) return line + 1;
  for (let current = line; current < to; current++) {
    const at = source.text.slice(source.start(current), source.end(current));
    if (until === "%}" ? at.includes(until) : current > line && at.trimStart().startsWith(until)) return current + 1;
  }
  return undefined;
}

/** Reports a form on its first line. */
export function reportForm(source: Source, line: number, form: ForeignForm, problems: ProblemLog): void {
  problems.add("unsupportedForm", source.line(line).range, form.subject, form.advice);
}

/** True for lines that may stand between forms at the end of a block without making them text. */
export function mayStandBetweenForms(source: Source, line: number): boolean {
  return source.isBlank(line) || isComment(source, line);
}
