/** A span of a text in UTF-16 code units, as JavaScript strings count; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A place in a text. Both numbers are 0-based; `character` counts UTF-16 code units (LSP's default encoding). */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A place to show to a person: 1-based line and column, as editors and compilers print them. */
export interface SourceLocation {
  /** As a person would write it: relative to the workspace folder where there is one. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Exclusive, on the same line; absent when only a point is known. */
  readonly endColumn?: number;
  /** The text of that line, without its line end, for the caret display. */
  readonly lineText?: string;
}
