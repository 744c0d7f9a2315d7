import type { SourceLocation, TextRange } from "../../common/range.ts";

/** Where a text stands: decides which definitions its references take, and where they are shown. */
export interface Context {
  readonly file: VariableFile;
  /** An offset in `file`: the nearest definition above it counts. */
  readonly from: number;
  /** Ranges count in the text. */
  readonly place: (range: TextRange) => SourceLocation;
  /** The `run` variables that the text is the value of: in it the name stands for the variable that it replaces. */
  readonly without: readonly string[];
}

/** A variable that was found, its value not yet read. */
export interface Definition {
  readonly name: string;
  /** As written, references unreplaced. */
  readonly text: string;
  /** The same object for the same variable. */
  readonly key: object;
  readonly context: Context;
  /** In a request file `\n`, `\r`, `\t` and `\\` are escapes; an environment file's JSON has its own. */
  readonly hasEscapes: boolean;
  readonly isPrivate: boolean;
  /** See `EnvironmentVariable`. */
  readonly provider: string | undefined;
}

/** The definitions of one request file. */
export interface VariableFile {
  /** As people know it. */
  readonly shown: string;
  readonly names: Iterable<string>;
  /** The last definition above the offset, else the first one below it. */
  nearest(name: string, from: number): Definition | undefined;
}

/** A known name, and where it comes from, as the end of a sentence: `is defined in line 3 of api.https`. */
export interface KnownName {
  readonly name: string;
  readonly origin: string;
}
