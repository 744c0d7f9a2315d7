type Select = (text: string, path: string) => string;

interface Languages {
  readonly selectJson: Select;
  readonly selectXml: Select;
}

let loaded: Languages | undefined;

/** A selection was asked for before its language was there: load it, and ask again. */
export class LanguagesNotLoaded extends Error {}

/** JSONPath and XPath take 230 KB of libraries, and most requests refer to no other. */
export async function loadQueryLanguages(): Promise<void> {
  if (loaded) return;
  const [{ selectJson }, { selectXml }] = await Promise.all([import("./json-path.ts"), import("./x-path.ts")]);
  loaded = { selectJson, selectXml };
}

/** @throws {LanguagesNotLoaded} */
export function queryLanguages(): Languages {
  if (!loaded) throw new LanguagesNotLoaded();
  return loaded;
}
