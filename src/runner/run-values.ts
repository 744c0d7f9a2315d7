import type { SourceLocation } from "../common/range.ts";
import { unescapeValue } from "../resolve/value-escapes.ts";
import type { ImportedFile, Question, ValueSources } from "../resolve/values/sources.ts";
import { type Environment, loadDotenv } from "../secrets/index.ts";
import { type Environments, loadEnvironmentFiles, readEnvironments, type Settings } from "../settings/index.ts";
import { scanReferences, secretPromptNames } from "../syntax/index.ts";
import type { AskConsent } from "./consent/consent.ts";
import { nobodyToAsk } from "./prompt-failure.ts";
import type { SourceFile } from "./source-file.ts";
import type { Target } from "./target.ts";

/** What the runner asks of whoever embeds it for values. */
export interface ValuePorts {
  readonly environment: Environment;
  readonly secret: (name: string) => Promise<string | undefined>;
  /** Undefined for a question that was dismissed; rejects where nobody can be asked. */
  readonly prompt: (question: PlacedQuestion, signal: AbortSignal) => Promise<string | undefined>;
  /** Absent where nobody can be asked. */
  readonly consent?: AskConsent;
}

export interface PlacedQuestion extends Question {
  /** Relative to the workspace folder, with the 1-based line. */
  readonly file: string;
  readonly line: number;
}

type FilePlace = Pick<Settings, "root" | "outsidePaths">;

/** The environment files and `.env` files of the request files of one run, each read once. */
export class RunValues {
  readonly #ports: ValuePorts;
  readonly #place: FilePlace;
  readonly #environmentName: string;
  readonly #signal: AbortSignal;
  readonly #environments = new Map<SourceFile, Promise<Environments>>();
  readonly #dotenv = new Map<SourceFile, Promise<Environment>>();

  constructor(ports: ValuePorts, place: FilePlace, environmentName: string, signal: AbortSignal) {
    this.#ports = ports;
    this.#place = place;
    this.#environmentName = environmentName;
    this.#signal = signal;
  }

  async sources(
    target: Target,
    imports: readonly SourceFile[],
    overrides: ReadonlyMap<string, string>,
    requests: Pick<ValueSources, "exchange" | "requestNames">,
  ): Promise<ValueSources> {
    const { file } = target;
    const [environments, dotenv] = await Promise.all([
      once(this.#environments, file, () => this.#readEnvironments(file)),
      once(this.#dotenv, file, () => this.#readDotenv(file)),
    ]);
    const { environment, secret } = this.#ports;
    // A request that is prepared again, because the person has allowed something, has its answers already.
    const answers = new Map<string, Promise<string | undefined>>();
    return {
      environment,
      dotenv,
      secret,
      prompt: (question) => once(answers, question.name, () => this.#ask(question, target, overrides)),
      environments,
      environmentName: this.#environmentName,
      imports: imports.map(({ path, shown, parsed }): ImportedFile => ({ path, shown, file: parsed })),
      overrides: withoutSecrets(overrides, target),
      ...requests,
    };
  }

  /** Rejects where nobody can be asked. */
  askPassphrase(question: PlacedQuestion, signal: AbortSignal): Promise<string | undefined> {
    return this.#ports.prompt(question, signal);
  }

  async #readEnvironments(file: SourceFile): Promise<Environments> {
    const { root, outsidePaths } = this.#place;
    return readEnvironments(await loadEnvironmentFiles(file.path, root, outsidePaths));
  }

  #readDotenv(file: SourceFile): Promise<Environment> {
    const { root, outsidePaths } = this.#place;
    return loadDotenv(file.path, root, this.#environmentName, outsidePaths);
  }

  async #ask(question: Question, target: Target, overrides: ReadonlyMap<string, string>): Promise<string | undefined> {
    const location = placeOf(question, target);
    const given = overrides.get(question.name);
    if (given !== undefined) return unescapeValue(given);
    const asked = { ...question, file: location.file, line: location.line };
    try {
      return await this.#ports.prompt(asked, this.#signal);
    } catch {
      throw nobodyToAsk(question, location);
    }
  }
}

/**
 * The text that is given for a secret prompt is its answer: an override would be shown in the clear. One with references,
 * `run #login (@password = {{$env.PASSWORD}})`, is an override: it has its value, and its secrets, from these.
 */
function withoutSecrets(overrides: ReadonlyMap<string, string>, { block }: Target): ReadonlyMap<string, string> {
  const secret = secretPromptNames([block]);
  return new Map([...overrides].filter(([name, text]) => !secret.has(name) || scanReferences(text).length > 0));
}

function placeOf({ name }: Question, { file, block }: Target): SourceLocation {
  const prompts = block.directives.filter((directive) => /^(?:secret-)?prompt$/.test(directive.name.text));
  const directive = prompts.find((candidate) => promptName(candidate) === name);
  return file.locate((directive ?? block).range);
}

function promptName({ value }: { readonly value: { readonly text: string } }): string {
  return value.text.split(/[ \t]/, 1)[0] ?? "";
}

function once<Key, Value>(known: Map<Key, Promise<Value>>, key: Key, read: () => Promise<Value>): Promise<Value> {
  const value = known.get(key) ?? read();
  known.set(key, value);
  return value;
}
