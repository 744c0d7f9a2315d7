import type { KnownResponse } from "../../../src/common/known-response.ts";
import type {
  ActiveEnvironment,
  FolderEntry,
  KnownSecret,
  KnownVariable,
  LanguageHost,
  RuleLevel,
} from "../../../src/language/host.ts";
import { parse } from "../../../src/syntax/index.ts";

/** What the host knows; all of it may be left out. */
interface MemoryWorld {
  readonly isRestricted?: boolean;
  readonly secrets?: readonly KnownSecret[];
  readonly publicEnv?: readonly string[];
  readonly dotenvNames?: readonly string[];
  readonly environment?: ActiveEnvironment;
  /** By the name of the request. */
  readonly responses?: Readonly<Record<string, KnownResponse>>;
  /** Texts by URI, all below `file:///project/`; the folders are made of their paths. */
  readonly files?: Readonly<Record<string, string>>;
  readonly ruleLevels?: Readonly<Record<string, RuleLevel>>;
}

/** The URI of the document that tests open. */
export const testUri = "file:///project/api.https";

/** A host of nothing but what a test gives it. */
export function createMemoryHost(world: MemoryWorld = {}): LanguageHost {
  const files = new Map(Object.entries(world.files ?? {}));
  return {
    isRestricted: world.isRestricted ?? false,
    secrets: () => world.secrets ?? [],
    publicEnv: () => world.publicEnv ?? [],
    dotenvNames: () => world.dotenvNames ?? [],
    environment: () => world.environment ?? { name: "", names: [], variables: [] },
    lastResponse: (_uri, requestName) => world.responses?.[requestName],
    listFolder: (uri, folder) => {
      const parent = resolve(uri, folder === "" || folder.endsWith("/") ? folder : `${folder}/`);
      return Promise.resolve(entriesOf(parent, files.keys()));
    },
    imported: (uri, path) => {
      const target = resolve(uri, path);
      const text = files.get(target);
      return Promise.resolve(text === undefined ? undefined : { uri: target, file: parse(text) });
    },
    resolveUri: resolve,
    ruleLevels: () => world.ruleLevels ?? {},
  };
}

/** A variable of the environment `dev`, in the first line of a file beside the request file. */
export function variable(name: string, value: string | undefined, environment = "dev"): KnownVariable {
  const file = value === undefined ? "http-client.private.env.json" : "http-client.env.json";
  return { name, value, environment, location: { file, line: 1, column: 1 }, uri: `file:///project/${file}` };
}

function resolve(uri: string, path: string): string {
  return URL.parse(path === "" ? "." : path, uri)?.href ?? uri;
}

function entriesOf(folder: string, uris: Iterable<string>): FolderEntry[] {
  const entries = new Map<string, FolderEntry>();
  for (const uri of uris) {
    if (!uri.startsWith(folder)) continue;
    const [name = "", ...deeper] = uri.slice(folder.length).split("/");
    entries.set(name, { name, isFolder: deeper.length > 0 });
  }
  return [...entries.values()];
}
