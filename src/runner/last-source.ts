import { type SourceFile, sourceOf } from "./source-file.ts";

interface Opened {
  readonly text: string;
  readonly path: string;
  readonly root: string;
  readonly source: SourceFile;
}

/** Keeps the file that was sent from last, so that a file whose requests are sent one by one is parsed once. */
export class LastSource {
  #last: Opened | undefined;

  async open(text: string, path: string, root: string): Promise<SourceFile> {
    const last = this.#last;
    if (last && last.text === text && last.path === path && last.root === root) return last.source;
    const source = await sourceOf(text, path, root);
    this.#last = { text, path, root, source };
    return source;
  }
}
