import { answeredNames, type KnownFile, knownRequests } from "../known-names.ts";
import type { ImportedNames } from "./known-facts.ts";

/** The names that a document takes from the files that it imports; `files` as `knownFiles` gives them. */
export function importedNames([, ...files]: readonly KnownFile[]): ImportedNames {
  return {
    variables: new Set(
      files.flatMap(({ file }) => [
        ...file.blocks.flatMap(({ variables }) => variables.map(({ name }) => name.text)),
        ...answeredNames(file).keys(),
      ]),
    ),
    requests: new Set(knownRequests(files).map(({ name }) => name)),
  };
}
