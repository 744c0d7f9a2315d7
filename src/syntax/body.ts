import { isComment } from "./annotations.ts";
import { code } from "./characters.ts";
import {
  endOfForm,
  type ForeignForm,
  foreignFormInBody,
  isFileLine,
  mayStandBetweenForms,
  reportForm,
} from "./foreign-forms.ts";
import { isKnownMethod } from "./methods.ts";
import type { BodyNode, HeaderField } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import { hasScheme } from "./request-target.ts";
import type { Source } from "./source.ts";

/**
 * The body in the lines behind the headers. Only the one blank line that ended the headers is taken away: further
 * ones above the text are sent, those below it are not.
 */
export function readBody(
  source: Source,
  from: number,
  to: number,
  headers: readonly HeaderField[],
  problems: ProblemLog,
): BodyNode {
  const lines = sortLines(source, from, to);
  for (const { line, form } of lines.forms) reportForm(source, line, form, problems);
  if (lines.unclosed) problems.add("unclosedScript", source.line(lines.unclosed.line).range, lines.unclosed.form.until);
  if (lines.firstText < 0) return { kind: "none" };

  const first = source.line(lines.firstText);
  if (isFileLine(first.text) && lines.firstText === lines.lastText) {
    return { kind: "file", range: first.range, path: source.trimmed(first.range.start + 1, first.range.end) };
  }
  if (isFileLine(first.text)) {
    problems.add("unsupportedForm", first.range, "Other text beside a file body", 'Leave only the "< path" line.');
  }
  reportFileWithoutBlank(source, lines, problems);
  reportRequestLines(source, lines, headers, problems);
  reportSplitForm(source, lines, headers, problems);
  const content = source.span(source.start(from), source.end(lines.lastText));
  return { kind: "inline", range: content.range, content };
}

interface FormAt {
  readonly line: number;
  readonly form: ForeignForm;
}

interface BodyLines {
  /** The first and last lines that are body text and not blank; -1 without any. */
  readonly firstText: number;
  readonly lastText: number;
  readonly forms: readonly FormAt[];
  readonly unclosed: FormAt | undefined;
}

/** Tells body text from the forms of other tools. */
function sortLines(source: Source, from: number, to: number): BodyLines {
  const forms: FormAt[] = [];
  let firstText = -1;
  let lastText = -1;
  /** Forms that are text after all when more text follows. */
  let waiting: FormAt[] = [];
  let unclosed: FormAt | undefined;
  let blocksNeverClose = false;
  let line = from;
  while (line < to) {
    const form = foreignFormInBody(source, line);
    const isFirstFile = firstText < 0 && isFileLine(source.line(line).text);
    if (form && !isFirstFile && !(blocksNeverClose && form.until === "}}")) {
      const after = endOfForm(source, line, to, form);
      if (after === undefined && form.until === "}}") {
        // A lone `{{` is text.
        blocksNeverClose = true;
        continue;
      }
      if (after === undefined) unclosed = { line, form };
      (form.onlyAtEnd ? waiting : forms).push({ line, form });
      line = after ?? to;
      continue;
    }
    const isText = waiting.length > 0 ? !mayStandBetweenForms(source, line) : !source.isBlank(line);
    if (isText) {
      if (waiting.length > 0 && firstText < 0) firstText = waiting[0]?.line ?? line;
      else if (firstText < 0) firstText = line;
      lastText = line;
      waiting = [];
    }
    line++;
  }
  return { firstText, lastText, forms: [...forms, ...waiting], unclosed };
}

/** `<./path` is markup to the rule that needs a blank, and can be nothing but a slip. */
function reportFileWithoutBlank(source: Source, lines: BodyLines, problems: ProblemLog): void {
  if (lines.firstText !== lines.lastText) return;
  const { text, range } = source.line(lines.firstText);
  if (/^<(?:\.{0,2}\/|~)[^<>]*$/.test(text)) {
    problems.add("fileBodyBlank", range, text, `To send the file write "< ${text.slice(1)}".`);
  }
}

/** A request line behind a blank line or a comment, without `###` above it, would be sent as part of this request. */
function reportRequestLines(
  source: Source,
  lines: BodyLines,
  headers: readonly HeaderField[],
  problems: ProblemLog,
): void {
  if (/^(?:text|message)\//i.test(contentType(headers))) return;
  for (let line = lines.firstText; line <= lines.lastText; line++) {
    const char = source.text.charCodeAt(source.start(line));
    if (char < 65 || char > 90) continue;
    if (line > lines.firstText && !source.isBlank(line - 1) && !isComment(source, line - 1)) continue;
    const { text, range } = source.line(line);
    const blank = text.search(/[ \t]/);
    if (blank < 0 || !isKnownMethod(text.slice(0, blank))) continue;
    const target = text.slice(blank).trimStart();
    if (hasScheme(target) || target.startsWith("{{") || target.startsWith("/")) {
      problems.add("missingSeparator", range, text);
    }
  }
}

/** Form fields on lines of their own are joined by other tools; as they stand the line ends would be sent. */
function reportSplitForm(
  source: Source,
  lines: BodyLines,
  headers: readonly HeaderField[],
  problems: ProblemLog,
): void {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType(headers))) return;
  for (let line = lines.firstText + 1; line <= lines.lastText; line++) {
    const startsField = source.text.charCodeAt(source.first(line)) === code.ampersand;
    const endsField = source.line(line - 1).text.endsWith("&");
    if (!startsField && !endsField) continue;
    problems.add("unsupportedForm", source.line(line).range, "A form on several lines", "Write it on one line.");
    return;
  }
}

function contentType(headers: readonly HeaderField[]): string {
  return headers.find(({ name }) => name.text.toLowerCase() === "content-type")?.value.text ?? "";
}
