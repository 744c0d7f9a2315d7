import { Failure, type Wanted } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import type { Settings } from "../../settings/index.ts";
import { canceledBeforeSending } from "../canceled.ts";
import { withGrant } from "./grant.ts";

/** What a person is asked to allow, and the line that needs it. */
export type PlacedWanted = Wanted & {
  /** Relative to the workspace folder, with the 1-based line. */
  readonly file: string;
  readonly line: number;
};

/** Asks the person. `public`: the environment variable is no secret. */
export type AskConsent = (question: PlacedWanted, signal: AbortSignal) => Promise<"allow" | "public" | "refuse">;

/**
 * The settings of one run, and what a person has allowed since it began. Each thing is asked for once: whoever refused
 * it is not asked again by the next request of the run.
 */
export class Consent {
  #settings: Settings;
  readonly #ask: AskConsent | undefined;
  readonly #signal: AbortSignal;
  readonly #asked = new Set<string>();

  /** `ask`: undefined where nobody can be asked. */
  constructor(settings: Settings, ask: AskConsent | undefined, signal: AbortSignal) {
    this.#settings = settings;
    this.#ask = ask;
    this.#signal = signal;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /**
   * Makes the attempt, and makes it again after each thing that it wanted and that the person has allowed.
   * @param place Where a failure stands that knows no place of its own.
   * @throws the failure of the attempt where the person, or nobody, allowed what it wanted
   */
  async attempt<T>(place: SourceLocation, make: (settings: Settings) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await make(this.#settings);
      } catch (error) {
        if (!(error instanceof Failure) || !(await this.#isAllowed(error, place))) throw error;
      }
    }
  }

  async #isAllowed({ wanted, location }: Failure, place: SourceLocation): Promise<boolean> {
    if (!wanted || !this.#ask || this.#signal.aborted) return false;
    const { file, line } = location ?? place;
    const question = { ...this.#asSettingsHaveIt(wanted), file, line };
    const key = keyOf(wanted);
    if (this.#asked.has(key)) return false;
    this.#asked.add(key);
    const answer = await this.#ask(question, this.#signal);
    if (this.#signal.aborted) throw canceledBeforeSending();
    const isMeant = answer === "allow" || (answer === "public" && question.kind === "secret" && question.mayBePublic);
    if (!isMeant) return false;
    this.#settings = withGrant(this.#settings, wanted, answer);
    return true;
  }

  /** A name that the settings list as a secret is one: they must not call it public as well. */
  #asSettingsHaveIt(wanted: Wanted): Wanted {
    if (wanted.kind !== "secret") return wanted;
    const isListed = this.#settings.secrets.some(({ name }) => name === wanted.name);
    return { ...wanted, mayBePublic: wanted.mayBePublic && !isListed };
  }
}

function keyOf(wanted: Wanted): string {
  return JSON.stringify(wanted.kind === "path" ? wanted.folder : [wanted.name, wanted.host]);
}
