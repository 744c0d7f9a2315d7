import { credentialsInFile } from "../rules/credentials/in-file.ts";
import type { Fixer } from "./fix.ts";

/** Where the value goes and what it is called is asked by the command, which gets the place and never the value. */
export const moveCredential: Fixer = ({ document, diagnostic, range }) => {
  const { uri, version, file } = document;
  const found = credentialsInFile(file).find((one) => one.range.start === range.start && one.range.end === range.end);
  if (!found?.move) return [];
  return [
    {
      title: "Move to an environment variable…",
      command: { command: "padlock.moveSecret", arguments: [{ uri, version, range: diagnostic.range }] },
    },
  ];
};
