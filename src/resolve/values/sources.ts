import type { Failure } from "../../common/failure.ts";
import type { Environment, Redactor } from "../../secrets/index.ts";
import type { Environments } from "../../settings/index.ts";
import type { RequestFile } from "../../syntax/index.ts";
import type { Carried } from "../prepared-request.ts";

/** Where the values of references come from, beside the request file itself. */
export interface ValueSources {
  /** `{{$env.NAME}}`. */
  readonly environment: Environment;
  /** `{{$dotenv NAME}}`: `.env.<environment>` over `.env`. With a `problem` no value of it is used. */
  readonly dotenv: Environment & { readonly problem?: Failure | undefined };
  /** `{{$secret NAME}}`. */
  readonly secret: (name: string) => Promise<string | undefined>;
  /** `@prompt` and `@secret-prompt`; undefined when the person dismissed the question. */
  readonly prompt: (question: Question) => Promise<string | undefined>;
  readonly environments: Environments;
  /** The active environment; "" for none. */
  readonly environmentName: string;
  /** The last exchange of a named request that this file can refer to. */
  readonly exchange: (requestName: string) => KnownExchange | undefined;
  /** Names of all requests that this file can refer to: its own and those of imported files. */
  readonly requestNames: readonly string[];
  /** Imported files, the nearest import first: their variables count where this file has none of the name. */
  readonly imports: readonly ImportedFile[];
  /** `run (@name = value)`: over the file's own variables. */
  readonly overrides: ReadonlyMap<string, string>;
}

export interface Question {
  /** The variable that the answer gives a value. */
  readonly name: string;
  /** What stands behind the name in the directive; "" for none. */
  readonly text: string;
  readonly isSecret: boolean;
}

export interface ImportedFile {
  /** Absolute. */
  readonly path: string;
  /** Relative to the workspace folder. */
  readonly shown: string;
  readonly file: RequestFile;
}

/** What `{{login.response…}}` and `{{login.request…}}` can ask for. Bodies are decoded (`Content-Encoding`). */
export interface KnownExchange {
  /** That of its request: the secrets that its request was given are as secret in what refers to it. */
  readonly redactor: Redactor;
  readonly request: MessagePart & {
    readonly method: string;
    readonly url: string;
    /** What its parts are made of: a short value is not found in them again. Headers of one name together, in lower case. */
    readonly carried?: {
      readonly url: Carried;
      readonly headers: ReadonlyMap<string, Carried>;
      readonly body: Carried;
    };
  };
  readonly response: MessagePart & { readonly status: number };
}

export interface MessagePart {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}
