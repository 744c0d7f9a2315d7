import { type RequestFile, scanReferences } from "../../syntax/index.ts";
import { definitionsOf } from "../definitions.ts";
import { memo } from "../memo.ts";
import { type Target, targetOf } from "./target.ts";

/** What the texts of one file mean, each worked out once. */
export class FileTexts {
  readonly lowerCase = memo((text) => text.toLowerCase());
  /** Of a `Content-Type` field: without parameters, in lower case; "" where a reference makes it. */
  readonly mediaType = memo((value) =>
    value.includes("{{") ? "" : (value.split(";", 1)[0] ?? "").trim().toLowerCase(),
  );
  readonly #targetOf = memo(targetOf);
  readonly #targetAnywhere = memo((start) => this.#targetOf(this.#expand(start, 0)));
  readonly #isSameAnywhere = memo((start) =>
    scanReferences(start).every(({ name }) => definitionsOf(this.#file).isUnambiguous(name.text)),
  );
  readonly #file: RequestFile;
  readonly #elsewhere: (name: string) => string | undefined;

  /** `elsewhere` gives the values that names have which the file does not define; undefined where they are not known. */
  constructor(file: RequestFile, elsewhere: (name: string) => string | undefined) {
    this.#file = file;
    this.#elsewhere = elsewhere;
  }

  /** Where the start of a URL that stands at `offset` leads to, once its variables have their values. */
  target(start: string, offset: number): Target | undefined {
    if (!start.includes("{{")) return this.#targetOf(start);
    return this.#isSameAnywhere(start) ? this.#targetAnywhere(start) : this.#targetOf(this.#expand(start, offset));
  }

  #expand(start: string, offset: number): string {
    return definitionsOf(this.#file).expand(start, offset, this.#elsewhere);
  }
}
