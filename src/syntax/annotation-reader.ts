import {
  isComment,
  isDefinitionLike,
  readComment,
  readDefinition,
  readDirective,
  readMisspeltDirective,
} from "./annotations.ts";
import { append, none } from "./append.ts";
import { code } from "./characters.ts";
import { checkDirectiveValue } from "./directive-values.ts";
import { directiveFacts } from "./directives.ts";
import { importOfDirective, importWord, readImport, readRun } from "./imports.ts";
import type { Comment, Directive, ImportNode, RunNode, Span, VariableDefinition } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import type { Source } from "./source.ts";
import { suggestion } from "./suggestion.ts";

/** Collects what stands around a block's request: comments, directives, definitions, imports and runs. */
export class AnnotationReader {
  directives: readonly Directive[] = none;
  comments: readonly Comment[] = none;
  variables: readonly VariableDefinition[] = none;
  imports: readonly ImportNode[] = none;
  runs: readonly RunNode[] = none;
  readonly #source: Source;
  readonly #problems: ProblemLog;

  constructor(source: Source, problems: ProblemLog) {
    this.#source = source;
    this.#problems = problems;
  }

  /** Forgets what it has read: the lists belong to the block that took them. */
  startBlock(): void {
    this.directives = none;
    this.comments = none;
    this.variables = none;
    this.imports = none;
    this.runs = none;
  }

  /** Reads a line above the request line; false when it is no annotation. */
  readAbove(line: number): boolean {
    const char = this.#source.char(line);
    if (char === code.hash || char === code.slash) {
      if (!isComment(this.#source, line)) return false;
      this.#readDirectiveOrComment(line);
    } else if (char === code.at) this.#readVariable(line);
    else if (char === 105 || char === 114) return this.#readImportOrRun(line);
    else return false;
    return true;
  }

  /** Reads a line of a block comment, whatever it holds. */
  readCommented(line: number): void {
    const text = this.#source.line(line);
    this.comments = append(this.comments, { range: text.range, text });
  }

  /** Reads a line of the tail below a body, where directives come too late. */
  readBelow(line: number): void {
    if (isDefinitionLike(this.#source, line)) this.#readVariable(line);
    else if (isComment(this.#source, line)) this.readLateComment(line);
  }

  /**
   * Below the request line a directive stays a comment: what it asks for does not happen, which must not go unseen.
   */
  readLateComment(line: number): void {
    this.comments = append(this.comments, readComment(this.#source, line));
    const directive = readDirective(this.#source, line);
    if (directive && directiveFacts.has(directive.name.text)) {
      this.#problems.add("directiveAfterRequest", directive.range, directive.name.text);
    }
  }

  /** The value of the first directive of that name that has one. */
  valueOf(name: string): Span | undefined {
    for (const directive of this.directives) {
      if (directive.name.text === name && directive.value.text !== "") return directive.value;
    }
    return undefined;
  }

  /** Lines that start with `i` or `r`. */
  #readImportOrRun(line: number): boolean {
    const word = importWord(this.#source, line);
    if (word === undefined) return false;
    const { range, text } = this.#source.line(line);
    if (word === "import") {
      const node = readImport(this.#source, line);
      if (node) this.imports = append(this.imports, node);
      else this.#problems.add("importLine", range);
    } else {
      const node = readRun(this.#source, line);
      if (node) this.runs = append(this.runs, node);
      else this.#problems.add("runLine", range, text);
    }
    return true;
  }

  #readVariable(line: number): void {
    const definition = readDefinition(this.#source, line);
    if (definition) {
      this.variables = append(this.variables, definition);
      return;
    }
    const { text, range } = this.#source.line(line);
    const [name = ""] = text
      .slice(1)
      .trimStart()
      .split(/[ \t=]/, 1);
    const advice = directiveFacts.has(name)
      ? `Write "# ${text.slice(0, 60)}" for the directive, or "@${name} = value" for a variable.`
      : 'Write "@name = value".';
    this.#problems.add("variableDefinition", range, text, advice);
  }

  #readDirectiveOrComment(line: number): void {
    const directive = readDirective(this.#source, line);
    if (directive) {
      this.directives = append(this.directives, directive);
      this.#checkDirective(directive);
      return;
    }
    this.comments = append(this.comments, readComment(this.#source, line));
    const meant = readMisspeltDirective(this.#source, line);
    if (meant) this.#problems.add("directiveMarker", meant.range, meant.name.text);
  }

  #checkDirective({ name, value, range }: Directive): void {
    const fact = directiveFacts.get(name.text);
    if (!fact) {
      const advice = suggestion(name.text, directiveFacts.keys());
      this.#problems.add("unknownDirective", name.range, name.text, advice.replace(/"(.*)"/, '"@$1"'));
      return;
    }
    if (value.text !== "" && fact.value === "none") this.#problems.add("directiveTakesNone", value.range, name.text);
    if (value.text === "" && fact.value === "required") {
      this.#problems.add("directiveValue", range, name.text);
      return;
    }
    const fault = value.text === "" ? undefined : checkDirectiveValue(fact.form, value);
    if (fault) {
      this.#problems.add("directiveForm", fault.range, name.text, fault.advice);
      return;
    }
    if (!fact.supported) this.#problems.add("directiveNotExecuted", range, name.text);
    if (fact.form === "file") this.imports = append(this.imports, importOfDirective(this.#source, { range, value }));
  }
}
