import { code, isBlank, isLineEnd } from "../characters.ts";
import type { Span } from "../nodes.ts";
import type { Source } from "../source.ts";
import { readAnsiQuoted } from "./ansi-quotes.ts";
import {
  bareCaret,
  blanksBehindSign,
  expansion,
  openQuote,
  otherCommand,
  type ShellFault,
  ShellFaults,
  unquotedUrl,
} from "./shell-faults.ts";

export interface ShellCommand {
  /** Each word as a shell would pass it on, with the range of what is written. */
  readonly words: readonly Span[];
  readonly faults: readonly ShellFault[];
  /** Lines between continued lines that are comments. */
  readonly commentLines: readonly number[];
  /** Where the last word ends. */
  readonly end: number;
  /** The first line behind the command. */
  readonly next: number;
}

/**
 * Cuts a command into words as a POSIX shell does (quoting of section 2.2 of its Shell Command Language, and `$'…'`), over
 * lines that end with `\` or, as in Windows, `^`. Nothing is expanded or run: whatever asks for it is a fault. `{{…}}` is
 * kept as it stands, blanks and quotes included.
 */
export function readShellWords(source: Source, line: number, to: number): ShellCommand {
  return new ShellReader(source, line, to).read();
}

const controlSigns = new Set(Array.from("|;<>()`", (char) => char.charCodeAt(0)));

class ShellReader {
  readonly #source: Source;
  readonly #text: string;
  readonly #end: number;
  readonly #words: Span[] = [];
  readonly #faults: ShellFaults;
  readonly #commentLines: number[] = [];
  #at: number;
  /** The word that is being read. */
  #word = "";
  #wordStart = -1;
  /** Behind a pipe, a redirection or another command nothing belongs to this one. */
  #isOver = false;

  constructor(source: Source, line: number, to: number) {
    this.#source = source;
    this.#text = source.text;
    this.#at = source.first(line);
    this.#end = source.end(to - 1);
    this.#faults = new ShellFaults(this.#end);
  }

  read(): ShellCommand {
    while (this.#at < this.#end && this.#step());
    this.#endWord();
    const words = this.#words;
    const faults = this.#faults.found;
    let end = this.#at;
    // A word may end with a blank that is escaped.
    const wordEnd = words.at(-1)?.range.end ?? 0;
    while (end > wordEnd && this.#isSpace(end - 1)) end--;
    const next = this.#source.lineAt(Math.max(end, this.#at - 1)) + 1;
    return { words, faults, commentLines: this.#commentLines, end, next };
  }

  /** Reads one piece outside of quotes; false at the end of the command. */
  #step(): boolean {
    const char = this.#text.charCodeAt(this.#at);
    if (isLineEnd(char)) return false;
    if (isBlank(char)) {
      this.#endWord();
      this.#at++;
    } else if (this.#isContinuation(char)) {
      this.#endWordAtLineEnd();
    } else if (this.#readReference()) {
      // Taken as it stands.
    } else if (char === code.backslash) {
      this.#add(this.#text.charAt(this.#at + 1), 2);
    } else if (char === code.apostrophe) this.#readSingleQuoted();
    else if (char === code.quote) this.#readDoubleQuoted();
    else if (char === code.dollar) this.#readDollar();
    else if (char === code.ampersand) this.#readAmpersand();
    else if (controlSigns.has(char)) {
      this.#endCommand();
    } else if (char === code.caret) this.#readCaret();
    else this.#add(this.#text.charAt(this.#at), 1);
    return true;
  }

  /** `\` or `^` at the end of a line, also with blanks behind it, which a shell would not take. */
  #isContinuation(char: number): boolean {
    if (char !== code.backslash && char !== code.caret) return false;
    let behind = this.#at + 1;
    while (behind < this.#end && isBlank(this.#text.charCodeAt(behind))) behind++;
    if (behind < this.#end && !isLineEnd(this.#text.charCodeAt(behind))) return false;
    if (behind > this.#at + 1) {
      this.#fault(this.#at, behind, blanksBehindSign, true);
    }
    return true;
  }

  /** Goes on with the next line that is no comment; a word may go on there if it starts in the first column. */
  #endWordAtLineEnd(): void {
    let line = this.#source.lineAt(this.#at) + 1;
    while (this.#startsWithHash(line)) this.#commentLines.push(line++);
    const start = Math.min(this.#source.start(line), this.#end);
    if (start >= this.#end || line >= this.#source.lineCount) {
      this.#endWord();
      this.#at = this.#end;
      return;
    }
    this.#at = start;
  }

  #startsWithHash(line: number): boolean {
    return this.#source.start(line) < this.#end && this.#source.char(line) === code.hash;
  }

  #isSpace(offset: number): boolean {
    const char = this.#text.charCodeAt(offset);
    return isBlank(char) || isLineEnd(char);
  }

  #readReference(): boolean {
    if (!this.#text.startsWith("{{", this.#at)) return false;
    const close = this.#text.indexOf("}}", this.#at);
    if (close < 0 || close > this.#source.end(this.#source.lineAt(this.#at))) return false;
    this.#add(this.#text.slice(this.#at, close + 2), close + 2 - this.#at);
    return true;
  }

  #readSingleQuoted(): void {
    const close = this.#text.indexOf("'", this.#at + 1);
    if (close < 0 || close >= this.#end) this.#openQuote();
    else this.#add(this.#text.slice(this.#at + 1, close), close + 1 - this.#at);
  }

  #readDoubleQuoted(): void {
    const open = this.#at;
    this.#add("", 1);
    while (this.#at < this.#end) {
      const char = this.#text.charCodeAt(this.#at);
      if (char === code.quote) {
        this.#add("", 1);
        return;
      }
      if (this.#readReference()) continue;
      if (char === code.backslash) this.#readEscapeInQuotes();
      else if (char === code.dollar && this.#expands()) {
        this.#fault(this.#at, this.#at + 1, expansion);
        this.#add("$", 1);
      } else if (char === 96) {
        this.#fault(this.#at, this.#at + 1, otherCommand);
        this.#add("`", 1);
      } else this.#add(this.#text.charAt(this.#at), 1);
    }
    this.#at = open;
    this.#openQuote();
  }

  /** Between double quotes the backslash stays but before `$`, `` ` ``, `"`, `\` and a line end. */
  #readEscapeInQuotes(): void {
    const escaped = this.#text.charAt(this.#at + 1);
    if (escaped === "\n") this.#add("", 2);
    else if (escaped === "\r") this.#add("", this.#text.charAt(this.#at + 2) === "\n" ? 3 : 2);
    else if ('$`"\\'.includes(escaped) && escaped !== "") this.#add(escaped, 2);
    else this.#add("\\", 1);
  }

  #readDollar(): void {
    if (this.#text.startsWith("$'", this.#at)) this.#readAnsiQuoted();
    else if (this.#text.startsWith('$"', this.#at)) this.#add("", 1);
    else {
      if (this.#expands()) this.#fault(this.#at, this.#at + 1, expansion);
      this.#add("$", 1);
    }
  }

  /** Whether a shell would put something in the place of the `$` here. */
  #expands(): boolean {
    return /^[A-Za-z_0-9({?!#@*$]/.test(this.#text.charAt(this.#at + 1));
  }

  /** `$'…'` with the escapes of ANSI C. */
  #readAnsiQuoted(): void {
    const quoted = readAnsiQuoted(this.#text, this.#at, this.#end);
    if (quoted) this.#add(quoted.value, quoted.end - this.#at);
    else this.#openQuote();
  }

  /** Inside a URL people forget to quote it; a shell would end the command there. */
  #readAmpersand(): void {
    const isInside = this.#wordStart >= 0 && /^[^\s&|;]/.test(this.#text.charAt(this.#at + 1));
    if (isInside && /^\w+:\/\/|\?/.test(this.#word)) {
      this.#fault(this.#at, this.#at + 1, unquotedUrl, true);
      this.#add("&", 1);
    } else this.#endCommand();
  }

  #endCommand(): void {
    this.#endWord();
    if (!this.#isOver) this.#fault(this.#at, this.#at + 1, otherCommand);
    this.#isOver = true;
    this.#at++;
  }

  /** Windows' `^"…^"`, in which `^` stands before each sign with a meaning; elsewhere `^` cannot be meant as it is. */
  #readCaret(): void {
    if (!this.#text.startsWith('^"', this.#at)) {
      this.#fault(this.#at, this.#at + 1, bareCaret);
      this.#add("^", 1);
      return;
    }
    const open = this.#at;
    this.#add("", 2);
    const lineEnd = this.#source.end(this.#source.lineAt(open));
    while (this.#at < lineEnd) {
      if (this.#text.startsWith('^"', this.#at)) {
        this.#add("", 2);
        return;
      }
      if (this.#text.startsWith('^\\^"', this.#at)) this.#add('"', 4);
      else if (this.#text.charCodeAt(this.#at) === code.caret) this.#add(this.#text.charAt(this.#at + 1), 2);
      else this.#add(this.#text.charAt(this.#at), 1);
    }
    this.#fault(open, open + 2, openQuote('^"'));
  }

  #openQuote(): void {
    this.#fault(this.#at, this.#at + 1, openQuote(this.#text.charAt(this.#at)));
    // Not the blank lines below: they are no more meant than those below a body.
    const rest = this.#text.slice(this.#at + 1, this.#end).trimEnd();
    this.#add(rest, rest.length + 1);
  }

  #add(text: string, length: number): void {
    if (this.#wordStart < 0) this.#wordStart = this.#at;
    this.#word += text;
    this.#at = Math.min(this.#at + length, this.#end);
  }

  #endWord(): void {
    if (this.#wordStart < 0) return;
    if (!this.#isOver) this.#words.push({ text: this.#word, range: { start: this.#wordStart, end: this.#at } });
    this.#word = "";
    this.#wordStart = -1;
  }

  #fault(start: number, end: number, message: string, isWarning = false): void {
    this.#faults.add(start, end, this.#wordStart, message, isWarning);
  }
}
