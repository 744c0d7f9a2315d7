import { allButUnreserved, percentEncode, type Redactor } from "../secrets/index.ts";
import type { Settings } from "../settings/index.ts";
import { DynamicError, evaluateDynamic } from "./dynamic/index.ts";
import { dynamicFailure } from "./dynamic-reference.ts";
import { partsOfUrl } from "./private-values.ts";
import {
  boundSecrets,
  fill,
  isPrivatePiece,
  needsPrompt,
  originsOf,
  type RequestedValue,
  type Template,
  type ValuePiece,
  valuesOf,
} from "./template.ts";
import { headerInjection, noAnswer, type Prompt, type Stored, unset } from "./value-failures.ts";
import type { ValueSources } from "./values/sources.ts";

/**
 * Reads values for one request, each once: the redactor knows one before anything else does. What is loaded can be put
 * in; nothing is loaded before it is allowed.
 */
export class ValueReader {
  readonly #sources: ValueSources;
  readonly #redactor: Redactor;
  readonly #settings: Settings;
  readonly #now: Date;
  readonly #values = new Map<RequestedValue, string>();
  readonly #names = new Set<string>();

  /** `now`: one moment for all values of the request. */
  constructor(sources: ValueSources, redactor: Redactor, settings: Settings, now: Date) {
    this.#sources = sources;
    this.#redactor = redactor;
    this.#settings = settings;
    this.#now = now;
  }

  /** Names of all secrets that were read. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /**
   * Gets the values of the templates, questions last and in the order of their directives. `withPrompts: false` leaves
   * out what a person has to be asked for.
   * @throws {Failure} `variable.unset`, `variable.undefined`, `canceled`, `settings.unreadable`
   */
  async load(templates: readonly Template[], { withPrompts = true } = {}): Promise<void> {
    const values = templates.flatMap((template) => valuesOf(template).map((piece) => piece.value));
    for (const value of values.filter((each) => !needsPrompt(each))) await this.#load(value);
    if (!withPrompts) return;
    const questions = values.flatMap(questionsOf).sort((a, b) => a.order - b.order);
    for (const question of questions) await this.#load(question);
    for (const value of values) await this.#load(value);
  }

  /** A loaded value, percent-encoded as often as the piece asks for it. */
  read({ value, encodings }: ValuePiece): string {
    let text = this.#values.get(value);
    if (text === undefined) throw new TypeError(`the value of a ${value.source} was not loaded`);
    const secrets = boundSecrets(value);
    for (const name of secrets) this.#names.add(name);
    for (let time = 0; time < encodings; time++) text = percentEncode(text, allButUnreserved);
    if (secrets.length > 0 && encodings > 0) this.hide(value, text);
    return text;
  }

  /** Another form of the value is as secret as the value itself. */
  hide(value: RequestedValue, form: string): void {
    const secrets = boundSecrets(value);
    const isWithin = value.source === "response";
    if (secrets.length > 0 && !isWithin) this.#redactor.hide(form, shownAs(value), secrets);
  }

  /** A URL is shown in its normal form: the redactor must know the parts of one that is a secret as a whole. */
  hideUrlParts({ value }: ValuePiece, text: string): void {
    for (const part of partsOfUrl(/^[a-z][\w+.-]*:\/\//i.test(text) ? text : `https://${text}`)) this.hide(value, part);
  }

  /** For the request line and headers, where a line break would start a header of its own (RFC 9110 §5.5). */
  readForHead(piece: ValuePiece, place: string): string {
    const text = this.read(piece);
    const control = /[\r\n\0]/.exec(text)?.[0];
    if (control !== undefined) throw headerInjection(piece.value, text, control, place);
    return text;
  }

  async #load(value: RequestedValue): Promise<void> {
    if (this.#values.has(value)) return;
    const text = await this.#get(value);
    this.#values.set(value, text);
    this.hide(value, text);
  }

  async #get(value: RequestedValue): Promise<string> {
    switch (value.source) {
      case "response":
        return value.text;
      case "prompt":
        return this.#ask(value);
      case "dynamic":
        return this.#make(value);
      default:
        return this.#fromStore(value);
    }
  }

  async #fromStore(value: Stored): Promise<string> {
    const { environment, dotenv, secret } = this.#sources;
    if (value.source === "dotenv" && dotenv.problem) throw dotenv.problem.at(value.location);
    const read = {
      dotenv: () => dotenv.get(value.name),
      secret: () => secret(value.name),
      // What is stored is a secret, whatever the settings say of the environment variable of that name.
      environment: () => environment.get(value.name) ?? (value.isPublic ? undefined : secret(value.name)),
    };
    const text = await read[value.source]();
    // An empty credential is never meant.
    if (text === undefined || text === "") throw unset(value, text, this.#settings);
    return text;
  }

  async #ask(question: Prompt): Promise<string> {
    const { name, text, isSecret } = question;
    const answer = await this.#sources.prompt({ name, text, isSecret });
    if (answer !== undefined && !(isSecret && answer === "")) return answer;
    throw noAnswer(question, answer);
  }

  async #make(value: Extract<RequestedValue, { source: "dynamic" }>): Promise<string> {
    for (const argument of value.arguments) for (const piece of valuesOf(argument)) await this.#load(piece.value);
    const args = value.arguments.map((argument) => fill(argument, (piece) => this.read(piece)));
    try {
      reportLength(args, value);
      const text = await evaluateDynamic(value.name, args, { now: this.#now });
      if (isPrivatePiece({ kind: "value", value, encodings: 0 }))
        this.#redactor.hide(text, value.written, boundSecrets(value));
      return text;
    } catch (error) {
      if (error instanceof DynamicError) throw dynamicFailure(error, value);
      throw error;
    }
  }
}

/** Each form of what is made of a secret is looked for in all output; four copies of four copies have no end. */
const longestArguments = { withSecrets: 100_000, others: 16_000_000 };

function reportLength(args: readonly string[], value: RequestedValue): void {
  const most = boundSecrets(value).length > 0 ? longestArguments.withSecrets : longestArguments.others;
  if (args.reduce((sum, arg) => sum + arg.length, 0) <= most) return;
  throw new DynamicError(
    `The arguments of ${value.name} have more than ${most} characters.`,
    "Use shorter values, or fewer of them.",
  );
}

/** The same whatever way the file writes it. */
function shownAs(value: RequestedValue): string {
  switch (value.source) {
    case "environment":
      return `{{$env.${value.name}}}`;
    case "dotenv":
    case "secret":
      return `{{$${value.source} ${value.name}}}`;
    default:
      return value.written;
  }
}

function questionsOf(value: RequestedValue): readonly Prompt[] {
  return [...originsOf(value)].filter((origin) => origin.source === "prompt");
}
