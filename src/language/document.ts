import type { LineMap, RequestFile } from "../syntax/index.ts";
import { createLineMap, parse } from "../syntax/index.ts";

/** One version of a request file that is open in an editor: parsed at first use, once. */
export class LanguageDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  #file: RequestFile | undefined;
  #lines: LineMap | undefined;

  constructor(uri: string, version: number, text: string) {
    this.uri = uri;
    this.version = version;
    this.text = text;
  }

  get file(): RequestFile {
    this.#file ??= parse(this.text);
    return this.#file;
  }

  get lines(): LineMap {
    this.#lines ??= createLineMap(this.text);
    return this.#lines;
  }
}
