import { isSecretFile } from "../secret-files.ts";

interface NameRule {
  readonly matches: (name: string) => boolean;
  /** As the end of a sentence. */
  readonly reason: string;
}

/** For every part of the path below the workspace folder. A server decides what the file holds. */
const partRules: readonly NameRule[] = [
  {
    matches: (name) => name.startsWith("."),
    reason: "names that begin with a dot belong to tools, which run what stands there or read their settings from it",
  },
  { matches: (name) => /^node_modules$/i.test(name), reason: "what stands in node_modules is run" },
  // Another name of the same file on some systems: "a.", "a::$DATA", ".git" with a character that nobody sees.
  {
    matches: (name) => /[\p{Cc}\p{Cf}:\\]|[. ]$/u.test(name),
    reason: "the path holds a character that means something else on another system",
  },
  {
    matches: (name) => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name),
    reason: "on Windows this is the name of a device",
  },
];

/** For the file's own name. */
const fileRules: readonly NameRule[] = [
  { matches: (name) => /\.(?:https?|rest)$/i.test(name), reason: "it would be a request file" },
  { matches: (name) => /\.code-workspace$/i.test(name), reason: "it would hold settings" },
  {
    matches: (name) => isSecretFile(name) || /\.env\.json$/i.test(name),
    reason: "values of requests are read from such a file",
  },
];

/** Why no response is written to a path, given its parts below the workspace folder; undefined where nothing is said against it. */
export function refusedName(parts: readonly string[]): string | undefined {
  const rule =
    partRules.find(({ matches }) => parts.some(matches)) ??
    fileRules.find(({ matches }) => matches(parts.at(-1) ?? ""));
  return rule?.reason;
}
