import type { Note } from "../../common/note.ts";
import { patternFor } from "../../settings/index.ts";
import type { HopContext, Reason, WithheldPart } from "./withhold.ts";

/** What was withheld on a hop, in words: one note for all parts that have the same reason. */
export function withheldNotes(withheld: readonly WithheldPart[], hop: HopContext): Note[] {
  const groups = new Map<string, WithheldPart[]>();
  for (const part of withheld) {
    const key = JSON.stringify([part.reason, part.secrets]);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].map((parts) => withheldNote(parts, hop));
}

export function credentialsNotUsed(target: URL): Note {
  const text = `The redirect to ${patternFor(target)} named a user, which was not used: a server does not choose who logs in.`;
  return { level: "warning", text };
}

function withheldNote(parts: readonly WithheldPart[], hop: HopContext): Note {
  const names = [...new Set(parts.map(({ name }) => name ?? "the body"))];
  const subject = listed(names).replace(/^the body/, "The body");
  const host = patternFor(hop.target);
  const [{ reason, secrets } = { reason: "secret", secrets: [] } as const] = parts;
  const because = reasons[reason](hop, listed(secrets));
  const without = parts.some(({ part }) => part === "body") ? " The request went there without a body." : "";
  const was = names.length === 1 ? "was" : "were";
  return { level: "warning", text: `${subject} ${was} not sent on to ${host}, because ${because}.${without}` };
}

const reasons: Readonly<Record<Reason, (hop: HopContext, secrets: string) => string>> = {
  secret: (_hop, secrets) => `padlock.secrets does not allow ${secrets} there`,
  unprotected: ({ target }) =>
    target.protocol === "http:"
      ? "no secret goes to another machine without encryption"
      : "no secret goes to a host whose certificate need not verify",
  private: ({ home }) => `a value of a private environment file stays with ${patternFor(home)}`,
  credential: ({ home }) => `a credential that padlock.secrets does not list stays with ${patternFor(home)}`,
};

/** "a", "a and b", "a, b and c". */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
