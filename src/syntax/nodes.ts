import type { TextRange } from "../common/range.ts";

/**
 * A piece of source text with its place. `text` is exactly `source.slice(range.start, range.end)`, but in a cURL command:
 * there it is what a shell would pass on, and the range is that of the argument that holds it.
 */
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
  /** `import FILE` lines and `@import` directives, in the order of their places. */
  readonly imports: readonly ImportNode[];
  /** `run …` lines: they send other requests before this block's own, if it has one. */
  readonly runs: readonly RunNode[];
  /** `>> file` and `>>! file` lines below the request. */
  readonly outputs: readonly OutputNode[];
  /** Forms of other dialects that are recognised and neither run nor sent, in the order of their places. */
  readonly foreign: readonly ForeignNode[];
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

/** Makes the variables and the named requests of another file known to this one. */
export interface ImportNode {
  readonly range: TextRange;
  /** Relative to this file. */
  readonly path: Span;
}

/** `run #NAME`, `run ./file.https`, `run ./file.https #NAME`, each with optional `(@name = value, …)`. */
export interface RunNode {
  readonly range: TextRange;
  /** Absent: a request of this file or of one that it imports. */
  readonly path: Span | undefined;
  /** Without the `#`. Absent: all requests of the file. */
  readonly name: Span | undefined;
  /** Take the place of the variables of the request that is run. */
  readonly variables: readonly VariableDefinition[];
}

/** The response's body is written to a file. */
export interface OutputNode {
  readonly range: TextRange;
  /** Relative to this file. */
  readonly path: Span;
  /** `>>!`: a file that is there is overwritten; otherwise the new one gets another name. */
  readonly overwrites: boolean;
}

/**
 * `pre-script`, `pre-script-file`: `< {% … %}` and `< file.js` above the request line; `script-block`: `{{ … }}` over
 * several lines; `response-script`, `response-script-file`: `> {% … %}` and `> file.js`; `response-output`: `>> file`
 * above a request;
 * `response-reference`: `<> file`; `assertion`: `?? …`; `recorded-response`: a pasted `HTTP/1.1 200 OK …`.
 */
export type ForeignKind =
  | "pre-script"
  | "pre-script-file"
  | "script-block"
  | "response-script"
  | "response-script-file"
  | "response-output"
  | "response-reference"
  | "assertion"
  | "recorded-response";

export interface ForeignNode {
  readonly kind: ForeignKind;
  readonly range: TextRange;
  /** The script's code, the file's path, the assertion, or the recorded response: without the marks around it. */
  readonly content: Span;
}

export interface RequestNode {
  /** How it is written: as a request line with headers, or as a cURL command. */
  readonly dialect: "http" | "curl";
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
  /** What a cURL command says about the connection; undefined for the others. */
  readonly curl: CurlOptions | undefined;
}

/** Options of a cURL command that are neither URL, header nor body. Relative paths start at the file's folder. */
export interface CurlOptions {
  /** `--cert FILE`, without the passphrase behind a colon. */
  readonly cert: Span | undefined;
  readonly key: Span | undefined;
  /** `--pass`, or what stands behind the colon of `--cert`. */
  readonly passphrase: Span | undefined;
  readonly cacert: Span | undefined;
  /** `--unix-socket`. */
  readonly unixSocket: Span | undefined;
  /** `--http1.1`, `--http2`: the last one counts. */
  readonly httpVersion: "1.1" | "2" | undefined;
  /** `--connect-timeout` and `--max-time`: seconds. */
  readonly connectTimeout: Span | undefined;
  readonly maxTime: Span | undefined;
  /** `--location`; undefined without it: curl shows a redirect and does not follow it. */
  readonly redirects: CurlRedirects | undefined;
}

export interface CurlRedirects {
  /** `--max-redirs`: a whole number, -1 for as many as there are. */
  readonly most: Span | undefined;
  /** `--post301` and its like: the statuses after which a POST stays one. */
  readonly keepPost: readonly number[];
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
   * `content.text` holds the source's own line ends. Of the blank lines above it the first, which ended the headers, is
   * not part of it, nor are the others in JSON, markup, forms, multipart and GraphQL; of those below it none is.
   */
  | { readonly kind: "inline"; readonly range: TextRange; readonly content: Span }
  | ({ readonly kind: "file"; readonly range: TextRange } & FileContent)
  /**
   * Text with files between it. The parts follow each other; together they cover `content` (but in a cURL command, where
   * a part's text stands for itself). A text part ends with the line end above a `<` line; the one below a `<` line
   * starts the next part.
   */
  | {
      readonly kind: "mixed";
      readonly range: TextRange;
      readonly content: Span;
      readonly parts: readonly BodyPart[];
    };

export type BodyPart =
  | { readonly kind: "text"; readonly content: Span }
  | ({ readonly kind: "file"; readonly range: TextRange } & FileContent);

export interface FileContent {
  readonly path: Span;
  /** `< path` sends the file's bytes as they are; `<@ path` replaces the references in its text. */
  readonly substitute: boolean;
  /** Of `<@latin1 path`: how the file's text is encoded, and sent; undefined: UTF-8. */
  readonly encoding: Span | undefined;
  /** cURL's `-d @file` removes CR, LF and NUL. */
  readonly lineEnds: "keep" | "remove";
}

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
