import { code, isBlank } from "../characters.ts";
import type { ForeignKind } from "../nodes.ts";
import type { Source } from "../source.ts";

/** A line form that other tools give a meaning, recognised so that it is never sent as something else. */
export interface ForeignForm {
  readonly kind: ForeignKind;
  /** How many characters stand before the content. */
  readonly mark: number;
  /** A script goes on to the line that holds this text. */
  readonly until?: "%}" | "--%}" | "}}";
  /** Only meant as a form when nothing but such forms follows in the block: elsewhere it may be text. */
  readonly onlyAtEnd?: boolean;
}

/** The first two of a recorded response's `HTTP/1.1`. */
const capitalH = 72;
const capitalT = 84;

/** The form of a line above the request line, if it is one. */
export function foreignFormAbove(source: Source, line: number): ForeignForm | undefined {
  const { text } = source.line(line);
  switch (text.charCodeAt(0)) {
    case code.greater:
      return responseScript(text) ?? responseOutput(text) ?? { kind: "response-script-file", mark: 1 };
    case code.less:
      if (text.startsWith("<>")) return { kind: "response-reference", mark: 2 };
      if (scriptAt(text, 1) > 0) return { kind: "pre-script", mark: scriptAt(text, 1), until: "%}" };
      return isBlank(text.charCodeAt(1)) || text.startsWith("<@") || isScriptFile(text.slice(1))
        ? { kind: "pre-script-file", mark: text.startsWith("<@") ? 2 : 1 }
        : undefined;
    case code.openBrace:
      return scriptBlock(text);
    case code.question:
      return text.startsWith("??") ? { kind: "assertion", mark: 2 } : undefined;
    case code.minus:
      return luaScript(text);
    default:
      return isRecordedResponse(text) ? { kind: "recorded-response", mark: 0 } : undefined;
  }
}

/** The form of a line among the headers: what follows a request that has no body. */
export function foreignFormAmongHeaders(source: Source, line: number): ForeignForm | undefined {
  const { text } = source.line(line);
  switch (text.charCodeAt(0)) {
    case code.less:
      // A file here is a body without the blank line above it.
      return text.startsWith("<>") || scriptAt(text, 1) > 0 ? foreignFormAbove(source, line) : undefined;
    case code.greater:
    case code.question:
    case code.openBrace:
    case code.minus:
    case capitalH:
      return foreignFormAbove(source, line);
    default:
      return undefined;
  }
}

/** The form of a body line. Forms stand in the first column; indented lines are text. */
export function foreignFormInBody(source: Source, line: number): ForeignForm | undefined {
  const { text } = source.line(line);
  switch (text.charCodeAt(0)) {
    case code.less: {
      const script = scriptAt(text, 1);
      if (script > 0) return { kind: "pre-script", mark: script, until: "%}" };
      const isReference = text.startsWith("<>") && isBlank(text.charCodeAt(2));
      return isReference ? { kind: "response-reference", mark: 2, onlyAtEnd: true } : undefined;
    }
    case code.greater: {
      const output = responseOutput(text);
      return responseScript(text) ?? (output ? { ...output, onlyAtEnd: true } : responseScriptFile(text));
    }
    case code.question:
      return bodyAssertion(text);
    case code.openBrace:
      return scriptBlock(text);
    case code.minus:
      return luaScript(text);
    case capitalH:
      return isRecordedResponse(text) ? { kind: "recorded-response", mark: 0 } : undefined;
    default:
      return undefined;
  }
}

/** False for lines that neither a form nor a file line can be: a look at two characters spares cutting the line out. */
export function mayStartForm(text: string, offset: number): boolean {
  const char = text.charCodeAt(offset);
  switch (char) {
    case code.less:
    case code.greater:
      return true;
    case code.question:
    case code.openBrace:
    case code.minus:
      return text.charCodeAt(offset + 1) === char;
    case capitalH:
      return text.charCodeAt(offset + 1) === capitalT;
    default:
      return false;
  }
}

/** `?? …`, where httpYac can check what it names; otherwise it may be text. */
function bodyAssertion(text: string): ForeignForm | undefined {
  if (!text.startsWith("??")) return undefined;
  const isKnown = knownAssertion.test(text.slice(2, 40));
  return isKnown || isBlank(text.charCodeAt(2)) ? { kind: "assertion", mark: 2, onlyAtEnd: !isKnown } : undefined;
}

const knownAssertion = /^[ \t]*(?:status|header|body|duration|xpath|js|sha256|sha512|md5)[ \t]/;

/** `HTTP/1.1 200` with or without a reason. */
function isRecordedResponse(text: string): boolean {
  return text.startsWith("HTTP/") && /^HTTP\/\d(?:\.\d)?[ \t]+\d{3}(?:[ \t]|$)/.test(text.slice(0, 24));
}

/** `> {%`. */
function responseScript(text: string): ForeignForm | undefined {
  const mark = scriptAt(text, 1);
  return mark > 0 ? { kind: "response-script", mark, until: "%}" } : undefined;
}

/** `>> file` and `>>! file`. */
function responseOutput(text: string): ForeignForm | undefined {
  if (!text.startsWith(">>")) return undefined;
  const mark = text.startsWith(">>!") ? 3 : 2;
  return text.length > mark && isBlank(text.charCodeAt(mark)) ? { kind: "response-output", mark } : undefined;
}

/** `> file.js`; a path with another ending may be a quotation. */
function responseScriptFile(text: string): ForeignForm | undefined {
  if (!isBlank(text.charCodeAt(1))) return undefined;
  const path = text.slice(1).trim();
  if (/[ \t]/.test(path)) return undefined;
  if (isScriptFile(path)) return { kind: "response-script-file", mark: 1 };
  return /[./]/.test(path) ? { kind: "response-script-file", mark: 1, onlyAtEnd: true } : undefined;
}

const scriptExtensions = [".js", ".mjs", ".cjs", ".ts", ".lua"];

function isScriptFile(path: string): boolean {
  return scriptExtensions.some((extension) => path.endsWith(extension));
}

/** A line that opens `{{` and does not close it: `{{`, `{{@response`, `{{+after`. */
function scriptBlock(text: string): ForeignForm | undefined {
  if (!text.startsWith("{{") || text.includes("}}")) return undefined;
  const isBlock = /^\{\{[ \t]*(?:[@+][\w-]*[ \t]*)?$/.test(text.slice(0, 200));
  return isBlock ? { kind: "script-block", mark: 2, until: "}}" } : undefined;
}

/** `--{% … --%}` of rest.nvim. */
function luaScript(text: string): ForeignForm | undefined {
  return text.startsWith("--{%") ? { kind: "response-script", mark: 4, until: "--%}" } : undefined;
}

/** The offset behind a `{%` that stands behind blanks at `from`, or -1. */
function scriptAt(text: string, from: number): number {
  let offset = from;
  while (isBlank(text.charCodeAt(offset))) offset++;
  return text.startsWith("{%", offset) ? offset + 2 : -1;
}
