import { Failure } from "../common/failure.ts";
import { didYouMean } from "../common/near-name.ts";
import { allButUnreserved, type Environment, percentDecoded, percentEncode, type Redactor } from "../secrets/index.ts";
import type { Settings } from "../settings/index.ts";
import type { SecretPiece } from "./template.ts";

/** Reads secrets for one request: the redactor knows a value before anything else does. */
export class SecretReader {
  readonly #environment: Environment;
  readonly #redactor: Redactor;
  readonly #settings: Settings;
  readonly #names = new Set<string>();

  constructor(environment: Environment, redactor: Redactor, settings: Settings) {
    this.#environment = environment;
    this.#redactor = redactor;
    this.#settings = settings;
  }

  /** Names of all secrets that were read. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /** @throws {Failure} `variable.unset`, also for an empty value: an empty credential is never meant. */
  read(secret: SecretPiece): string {
    const value = this.#environment.get(secret.name);
    if (value === undefined || value === "") throw this.#unset(secret, value);
    this.#names.add(secret.name);
    this.#redactor.add(secret.name, value);
    let encoded = value;
    for (let time = 0; time < secret.encodings; time++) encoded = percentEncode(encoded, allButUnreserved);
    this.#redactor.add(secret.name, encoded);
    return encoded;
  }

  /** A URL is shown in its normal form: the redactor must know the parts of one that is a secret as a whole. */
  hideUrlParts({ name }: SecretPiece, value: string): void {
    const url = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(value) ? value : `https://${value}`);
    if (!url) return;
    const { href, host, hostname, origin, pathname, search, username, password } = url;
    const wholes = [href, `${origin}${pathname}${search}`, `${host}${pathname}`, host, hostname];
    const long = [pathname, ...pathname.split("/"), ...url.searchParams.values()].filter((part) => part.length >= 8);
    for (const part of [...wholes, ...long, username, password, percentDecoded(username), percentDecoded(password)])
      this.#redactor.add(name, part);
  }

  /** For the request line and headers, where a line break would start a header of its own (RFC 9110 §5.5). */
  readForHead(secret: SecretPiece, place: string): string {
    const value = this.read(secret);
    const control = /[\r\n\0]/.exec(value)?.[0];
    if (control === undefined) return value;
    const what = control === "\0" ? "a NUL character" : "a line break";
    const atEnd = /^[^\r\n\0]*[\r\n]+$/.test(value)
      ? " It is at the end of the value; a file that was read into the variable may have one."
      : "";
    throw new Failure({
      code: "value.header-injection",
      title: `The value of ${secret.written} holds ${what}`,
      detail: `${secret.written} goes into ${place}, where ${what} could add a header or a request of its own.${atEnd}`,
      fix: `Set ${secret.name} to a value without ${what}.`,
      location: secret.location,
    });
  }

  #unset(secret: SecretPiece, value: string | undefined): Failure {
    const listed = this.#settings.secrets.map((entry) => entry.name);
    return new Failure({
      code: "variable.unset",
      title: `The environment variable ${secret.name} is ${value === undefined ? "not set" : "empty"}`,
      detail: `${secret.written} needs its value. Nothing was sent.`,
      fix: `Set ${secret.name} in the environment that starts VS Code or the command line.${didYouMean(secret.name, listed)}`,
      location: secret.location,
    });
  }
}
