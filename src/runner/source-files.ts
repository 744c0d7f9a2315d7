import { Failure } from "../common/failure.ts";
import { type Span, secretPromptNames } from "../syntax/index.ts";
import { type FilePlace, openSource, type SourceFile } from "./source-file.ts";

const mostFiles = 100;

/** The request files of one run, each read once however many others name it. */
export class SourceFiles {
  readonly #place: FilePlace;
  readonly #files = new Map<string, SourceFile>();
  readonly #imports = new Map<SourceFile, Promise<readonly SourceFile[]>>();

  /** `main` counts with the text of the editor, also where another file imports it. */
  constructor(main: SourceFile, place: FilePlace) {
    this.#place = place;
    this.#files.set(main.realPath, main);
  }

  /** @throws {Failure} those of `openSource`, and `parse.error` for more than a hundred files */
  async open(path: Span, from: SourceFile): Promise<SourceFile> {
    const opened = await openSource(path, from, this.#place);
    const known = this.#files.get(opened.realPath);
    if (known) return known;
    if (this.#files.size >= mostFiles) throw tooMany(from, path);
    this.#files.set(opened.realPath, opened);
    return opened;
  }

  /** Names whose values some block of a file of this run asks for as secrets. */
  get secretPrompts(): ReadonlySet<string> {
    return new Set([...this.#files.values()].flatMap(({ parsed }) => [...secretPromptNames(parsed.blocks)]));
  }

  /** What a file imports, the nearest import first, each file once and never itself: files may import each other. */
  imports(file: SourceFile): Promise<readonly SourceFile[]> {
    const known = this.#imports.get(file) ?? this.#collect(file);
    this.#imports.set(file, known);
    return known;
  }

  async #collect(start: SourceFile): Promise<readonly SourceFile[]> {
    const found = new Set([start]);
    // A set also visits what is added while it is walked: the files nearest to the start come first.
    for (const file of found) {
      for (const { path } of file.parsed.blocks.flatMap((block) => block.imports))
        found.add(await this.open(path, file));
    }
    found.delete(start);
    return [...found];
  }
}

function tooMany(from: SourceFile, path: Span): Failure {
  return new Failure({
    code: "parse.error",
    title: "Too many request files are imported",
    detail: `This request needs more than ${mostFiles} files, imports of imports included. Nothing was sent.`,
    fix: "Import only the files whose variables or requests are used.",
    location: from.locate(path.range),
  });
}
