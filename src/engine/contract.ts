import type { Wanted } from "../common/failure.ts";
import type { KnownResponse } from "../common/known-response.ts";
import type { KeptCookieView } from "../protocol/cookie-view.ts";
import type { ExchangeView } from "../protocol/exchange-view.ts";
import type { InspectionView } from "../protocol/inspection-view.ts";
import type { HeaderPlace } from "../protocol/messages.ts";
import type { Environment } from "../settings/environment.ts";
import type { RawSettings } from "../settings/raw-settings.ts";

export type { HeaderPlace, RawSettings };

/** What extension and CLI see of the engine bundle: requests go in, redacted views come out. */
export interface Engine {
  /**
   * Sends the request of one block, and before it those that its `@ref` and `run` lines ask for. Never rejects: what
   * goes wrong is the view's `failure`. Aborting gives `canceled`.
   */
  run(input: RunInput): Promise<ExchangeView>;
  /** Looks at a server's TLS with what the settings say of it, and sends nothing. Never rejects. */
  inspect(input: InspectInput): Promise<InspectionView>;
  /** What references to a request that was sent can select from; undefined before its first response. */
  lastResponse(file: string, requestName: string): KnownResponse | undefined;
  /** A masked header of an exchange of this session, with only secrets replaced; undefined for one that is not kept. */
  reveal(exchangeId: string, header: HeaderPlace): string | undefined;
  /**
   * Writes the whole body of a response, without the secrets in it, to a file; false for an exchange that is not kept.
   * `file`: absolute, chosen by the person. Rejects where it cannot be written.
   */
  saveBody(exchangeId: string, file: string): Promise<boolean>;
  /** A file `name` with a body that is too large for memory; undefined for any other. It is gone with the session. */
  bodyFile(exchangeId: string, name: string): Promise<string | undefined>;
  /** The cookies that are kept, without their values: of all workspaces, or of the one with this folder. */
  cookies(root?: string): readonly KeptCookieView[];
  /** The value of a kept cookie, with only secrets replaced; undefined for one that is gone. */
  revealCookie(id: string): string | undefined;
  /** Forgets the cookies that all of the filter holds for. @returns how many they were */
  clearCookies(filter?: CookieFilter): number;
  /** The settings that apply to a request file, found from its folder upwards: the CLI's way. Never rejects. */
  findSettings(requestFile: string): Promise<RawSettings>;
  /** Closes every kept-alive connection, and removes the files of large bodies. */
  close(): Promise<void>;
}

export interface CookieFilter {
  /** Of one cookie. */
  readonly id?: string;
  /** The workspace folder; absolute. */
  readonly root?: string;
  /** "" for none. */
  readonly environment?: string;
  /** As the cookie has it. */
  readonly domain?: string;
}

export interface InspectInput {
  /** A name or an IP address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Sent as SNI and verified in place of `host`. */
  readonly serverName?: string | undefined;
  readonly settings: RawSettings;
  /** See `RunInput`. */
  readonly trusted: boolean;
  readonly environmentName: string;
  readonly signal: AbortSignal;
}

export interface RunInput {
  /** The text of the request file (of the editor, saved or not). */
  readonly text: string;
  /** Absolute path of the request file; body files are found from its folder. */
  readonly file: string;
  /** Index into `parse(text).blocks`. */
  readonly block: number;
  readonly settings: RawSettings;
  /** Does the person trust the workspace folder at this moment? If not, nothing is sent and nothing is read. */
  readonly trusted: boolean;
  /** The active environment; "" for none. */
  readonly environmentName: string;
  /** Values that take the place of the variables of these names and answer `@prompt`, in every request of the run. */
  readonly variables?: ReadonlyMap<string, string>;
  /** Names that files beside this one ask for with `@secret-prompt`: such a variable is given to secret prompts alone. */
  readonly secretVariables?: ReadonlySet<string>;
  readonly signal: AbortSignal;
  /** Gets each request that was sent before the asked for one, in order. */
  readonly onExchange?: (view: ExchangeView) => void;
  /**
   * Gets about ten times a second the response that is coming in (`receiving`): of an event stream from its beginning,
   * of others when they take long.
   */
  readonly onProgress?: (view: ExchangeView) => void;
  /** Gets the text of an event stream as it comes, redacted, each piece once; `view` is made when it is asked for. */
  readonly onEvents?: (text: string, view: () => ExchangeView) => void;
}

/** What the engine asks of whoever embeds it. Answers are secret or typed by a person: they stay inside the engine. */
export interface EnginePorts {
  /** Where `{{$env.NAME}}` and `${env:NAME}` are read from, at each run. */
  readonly environment: Environment;
  /** `{{$secret NAME}}`. */
  readonly secret: (name: string) => Promise<string | undefined>;
  /** Asks the person for the value of `@prompt`; undefined when the question was dismissed. Rejects where nobody is there. */
  readonly prompt: (question: PromptQuestion, signal: AbortSignal) => Promise<string | undefined>;
  /** Asks the person for what the settings do not allow yet; absent where nobody can be asked. */
  readonly consent?: (question: ConsentQuestion, signal: AbortSignal) => Promise<ConsentAnswer>;
  /** Where bodies go that are too large for memory: an absolute folder. A temporary one of the system without it. */
  readonly bodyFolder?: string;
}

/** What a person is asked to allow, and the line that needs it. */
export type ConsentQuestion = Wanted & {
  /** Relative to the workspace folder, with the 1-based line. */
  readonly file: string;
  readonly line: number;
};

/** `public`: the environment variable is no secret. Whoever answers has written it into the settings before. */
export type ConsentAnswer = "allow" | "public" | "refuse";

export interface PromptQuestion {
  /** The variable that the answer gives a value. */
  readonly name: string;
  /** What stands behind the name in the directive; "" for none. */
  readonly text: string;
  readonly isSecret: boolean;
  /** Relative to the workspace folder, with the 1-based line. */
  readonly file: string;
  readonly line: number;
}
