import type { LanguageDocument } from "./document.ts";
import type { LanguageHost } from "./host.ts";
import { knownFiles } from "./known-names.ts";
import { importedNames } from "./rules/imported-names.ts";
import type { ImportedNames } from "./rules/known-facts.ts";

/**
 * The names that documents import, for answers that cannot wait: what was read last, while it is read again. `onChange`
 * gets the URI of a document whose names turned out to be others.
 */
export class Imports {
  readonly #host: LanguageHost;
  readonly #onChange: (uri: string) => void;
  readonly #known = new Map<string, { readonly names: ImportedNames; readonly key: string }>();
  /** The number of the last question about a URI: what is read for an earlier one is dropped. */
  readonly #asked = new Map<string, number>();

  constructor(host: LanguageHost, onChange: (uri: string) => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  /** Undefined until they were read for the first time, and for a document that imports nothing. */
  namesOf(document: LanguageDocument): ImportedNames | undefined {
    const { uri, file } = document;
    if (file.blocks.every(({ imports }) => imports.length === 0)) {
      this.#known.delete(uri);
      this.#asked.delete(uri);
      return undefined;
    }
    const question = (this.#asked.get(uri) ?? 0) + 1;
    this.#asked.set(uri, question);
    void this.#read(document, question);
    return this.#known.get(uri)?.names;
  }

  async #read(document: LanguageDocument, question: number): Promise<void> {
    const { uri } = document;
    const files = await knownFiles(document, this.#host).catch(() => undefined);
    if (!files || this.#asked.get(uri) !== question) return;
    const names = importedNames(files);
    const key = JSON.stringify([...names.variables, "", ...names.requests]);
    if (this.#known.get(uri)?.key === key) return;
    this.#known.set(uri, { names, key });
    this.#onChange(uri);
  }
}
