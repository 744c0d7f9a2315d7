import type { TextRange } from "../common/range.ts";

/** A piece of source text with its place. `text` is exactly `source.slice(range.start, range.end)`. */
export interface Span {
  readonly text: string;
  readonly range: TextRange;
}

/** A whole file. Blocks follow each other without gaps and cover the text; the parser never throws and drops nothing. */
export interface RequestFile {
  readonly text: string;
  readonly range: TextRange;
  readonly blocks: readonly RequestBlock[];
  /** All problems of the file in order of their place. */
  readonly problems: readonly Problem[];
}

/**
 * What stands between two `###` lines, with the separator that opens it (absent for the first block). A block starts
 * above its separator where paragraphs of directives stand there: they belong to the request below the title.
 */
export interface RequestBlock {
  readonly range: TextRange;
  readonly separator: Separator | undefined;
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly variables: readonly VariableDefinition[];
  /** Absent in a block that only holds comments, directives or variables. */
  readonly request: RequestNode | undefined;
  /** `@name`, else `@title`, else the separator's title, else undefined. */
  readonly name: Span | undefined;
}

export interface Separator {
  readonly range: TextRange;
  /** The text behind `###`, trimmed; undefined when empty. */
  readonly title: Span | undefined;
}

/** `# @name value` or `// @name value`. */
export interface Directive {
  readonly range: TextRange;
  /** Without the `@`. */
  readonly name: Span;
  /** Trimmed; its text is "" for a directive without a value. */
  readonly value: Span;
}

/** `# text` or `// text`; `text` is without the marker, trimmed. */
export interface Comment {
  readonly range: TextRange;
  readonly text: Span;
}

/** `@name = value`, at file level: visible in the whole file. */
export interface VariableDefinition {
  readonly range: TextRange;
  readonly name: Span;
  readonly value: Span;
}

export interface RequestNode {
  /** From the method or URL to the end of the body, without trailing blank lines. */
  readonly range: TextRange;
  /** Undefined where the file names none: GET. */
  readonly method: Span | undefined;
  readonly url: UrlNode;
  /** `HTTP/1.1` as written. */
  readonly version: Span | undefined;
  /** Only the lines of the request line (with its continuation lines): where "Send" stands. */
  readonly lineRange: TextRange;
  readonly headers: readonly HeaderField[];
  readonly body: BodyNode;
}

/** The request target. Continuation lines are trimmed and joined into `text`; `pieces` keep the places. */
export interface UrlNode {
  readonly range: TextRange;
  readonly text: string;
  readonly pieces: readonly Span[];
}

export interface HeaderField {
  readonly range: TextRange;
  readonly name: Span;
  /** Trimmed; its text is "" for an empty value. */
  readonly value: Span;
}

export type BodyNode =
  | { readonly kind: "none" }
  /**
   * `content.text` holds the source's own line ends. Of the blank lines above it only the first, which ended the
   * headers, is not part of it; of those below it none is.
   */
  | { readonly kind: "inline"; readonly range: TextRange; readonly content: Span }
  /** `< path`: the file's bytes as they are. */
  | { readonly kind: "file"; readonly range: TextRange; readonly path: Span };

export type Severity = "error" | "warning" | "information" | "hint";

/** Something the parser could not read as meant. An error keeps the request from being sent. */
export interface Problem {
  /** Stable, `parse.` first: `parse.header-without-colon`. */
  readonly code: string;
  readonly severity: Severity;
  readonly range: TextRange;
  /** What is wrong and what to write instead, one or two sentences. */
  readonly message: string;
}
