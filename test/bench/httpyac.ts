import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { cached } from "../../src/tools/vscode/cache.ts";
import { npmInstall } from "../../src/tools/vscode/npm.ts";

/** The baseline: the newest release when the comparison was written. */
const version = "6.16.7";

/** @returns how many requests it found. */
export type ReadFile = (text: string) => Promise<number>;

interface HttpYac {
  readonly io: { readonly fileProvider: object };
  readonly store: {
    readonly HttpFileStore: new () => {
      getOrCreate(
        file: string,
        text: () => Promise<string>,
        version: number,
        options: { workingDir: string },
      ): Promise<{ readonly httpRegions: readonly { readonly request?: unknown }[] }>;
    };
  };
}

/** httpYac's own parser, as its command line uses it; fetched through npm at first use and kept outside of the clone. */
export async function loadHttpYac(): Promise<ReadFile> {
  const folder = await install();
  const { io, store } = createRequire(join(folder, "package.json"))("httpyac") as HttpYac;
  Object.assign(io.fileProvider, {
    isAbsolute: async (file: string) => isAbsolute(file),
    dirname,
    hasExtension: (file: string, ...extensions: string[]) => extensions.some((one) => file.endsWith(`.${one}`)),
    joinPath: join,
    exists: async (file: string) => existsSync(file),
    readFile: async (file: string) => readFileSync(file, "utf8"),
    readBuffer: async (file: string) => readFileSync(file),
    readdir: async (path: string) => readdirSync(path),
    fsPath: (file: string) => file,
    toString: (file: string) => file,
  });
  return async (text) => {
    // A store of its own each time: a file that it knows already is not read again.
    const file = await new store.HttpFileStore().getOrCreate(join(folder, "bench.http"), async () => text, 0, {
      workingDir: folder,
    });
    return file.httpRegions.filter(({ request }) => request !== undefined).length;
  };
}

/** Its command line: what `node` is to be started with. */
export async function httpYacProgram(): Promise<string> {
  return join(await install(), "node_modules/httpyac/bin/httpyac.js");
}

function install(): Promise<string> {
  return cached(`httpyac-${version}`, (partial) => npmInstall(partial, `httpyac@${version}`));
}
