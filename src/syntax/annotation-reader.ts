import { nearName } from "../common/near-name.ts";
import {
  isComment,
  isDefinitionLike,
  readComment,
  readDefinition,
  readDirective,
  readMisspeltDirective,
} from "./annotations.ts";
import { directiveFacts } from "./directives.ts";
import type { Comment, Directive, Span, VariableDefinition } from "./nodes.ts";
import type { ProblemLog } from "./problems.ts";
import type { Source } from "./source.ts";

/** Collects the comments, directives and variable definitions of one block. */
export class AnnotationReader {
  readonly directives: Directive[] = [];
  readonly comments: Comment[] = [];
  readonly variables: VariableDefinition[] = [];
  readonly #source: Source;
  readonly #problems: ProblemLog;

  constructor(source: Source, problems: ProblemLog) {
    this.#source = source;
    this.#problems = problems;
  }

  /** Reads a line above the request line; false when it is no annotation. */
  readAbove(line: number): boolean {
    if (isComment(this.#source, line)) this.#readDirectiveOrComment(line);
    else if (isDefinitionLike(this.#source, line)) this.#readVariable(line);
    else return false;
    return true;
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
    this.comments.push(readComment(this.#source, line));
    const directive = readDirective(this.#source, line);
    if (directive && directiveFacts.has(directive.name.text)) {
      this.#problems.add("directiveAfterRequest", directive.range, directive.name.text);
    }
  }

  /** The value of the first directive of that name that has one. */
  valueOf(name: string): Span | undefined {
    return this.directives.find((directive) => directive.name.text === name && directive.value.text !== "")?.value;
  }

  #readVariable(line: number): void {
    const definition = readDefinition(this.#source, line);
    if (definition) {
      this.variables.push(definition);
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
      this.directives.push(directive);
      this.#checkDirective(directive);
      return;
    }
    this.comments.push(readComment(this.#source, line));
    const meant = readMisspeltDirective(this.#source, line);
    if (meant) this.#problems.add("directiveMarker", meant.range, meant.name.text);
  }

  #checkDirective({ name, value, range }: Directive): void {
    const fact = directiveFacts.get(name.text);
    if (!fact) {
      const near = nearName(name.text, directiveFacts.keys());
      this.#problems.add("unknownDirective", name.range, name.text, near ? ` Did you mean "@${near}"?` : "");
    } else if (fact.value === "required" && value.text === "") {
      this.#problems.add("directiveValue", range, name.text);
    } else if (!fact.supported) {
      this.#problems.add("unsupportedForm", range, `The directive "@${name.text}"`, "Remove the line.");
    }
  }
}
