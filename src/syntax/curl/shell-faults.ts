import type { TextRange } from "../../common/range.ts";

export interface ShellFault {
  readonly range: TextRange;
  readonly message: string;
  readonly isWarning: boolean;
}

export const expansion =
  "Nothing is expanded here: write \"{{$env.NAME}}\" for an environment variable, or quote it with '…'.";
export const otherCommand =
  "Only one curl command is read here, and nothing is executed: remove pipes, redirections and other commands, or quote the sign.";
export const blanksBehindSign = "Remove the blanks behind the sign: it continues the command only at the line's end.";
export const unquotedUrl = 'Put the URL in quotes: in a shell the command would end at this "&".';
export const bareCaret = "Quote the \"^\" with '…'.";

export function openQuote(quote: string): string {
  return `This quote (${quote}) is not closed. Write another one where the text ends.`;
}

/** What a command holds that a shell would read in another way. */
export class ShellFaults {
  readonly found: ShellFault[] = [];
  readonly #end: number;

  /** `end`: of the text that may belong to the command. */
  constructor(end: number) {
    this.#end = end;
  }

  /** One of a kind is enough for a word; `wordStart` is -1 between words. */
  add(start: number, end: number, wordStart: number, message: string, isWarning = false): void {
    const last = this.found.at(-1);
    if (last?.message === message && last.range.start >= wordStart && wordStart >= 0) return;
    this.found.push({ range: { start, end: Math.min(end, this.#end) }, message, isWarning });
  }
}
