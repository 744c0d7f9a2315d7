import { err, ok, type Result } from "../common/result.ts";
import { parseHostPattern } from "../settings/host-pattern.ts";
import { type CertificateKind, lifetimes } from "./lifetimes.ts";
import type { Problem } from "./problem.ts";
import { readServerName } from "./server-names.ts";

/** RFC 5280, appendix A.1: ub-common-name. */
export const longestName = 64;

export function checkDays(kind: CertificateKind, days: number | undefined): Problem | undefined {
  const { longest } = lifetimes[kind];
  if (days === undefined || (Number.isInteger(days) && days >= 1 && days <= longest)) return undefined;
  return usage(
    `A certificate for ${kinds[kind]} lives for 1 to ${longest} days, not ${days}`,
    kind === "server" ? "Browsers and systems refuse those that live longer." : "",
    `Choose a number of days up to ${longest}.`,
  );
}

const kinds = { authority: "an authority", server: "a server", client: "a client" } as const;

/** Of a common name. */
export function checkName(name: string): Problem | undefined {
  const fix = "Write a name such as alice, alice@example.com or billing-service.";
  if (name.trim() === "") return usage("The name is empty", "", fix);
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) {
    return usage("The name holds characters that nobody can see", "", fix);
  }
  if (name.length <= longestName) return undefined;
  return usage(`The name is longer than ${longestName} characters`, "A certificate has room for no more.", fix);
}

export function checkPassphrase(passphrase: string | undefined, isNeeded: boolean): Problem | undefined {
  if (passphrase === "" || (isNeeded && passphrase === undefined)) {
    const detail = isNeeded ? "Many programs do not open a P12 file without one." : "";
    return usage("The passphrase is empty", detail, "Choose one; a long sentence is easier to remember than signs.");
  }
  return undefined;
}

/** Each once, in their order. */
export function readServerNames(names: readonly string[]): Result<readonly string[], Problem> {
  const read = new Set<string>();
  for (const text of names) {
    const name = readServerName(text);
    if (!name.ok) {
      const { reason, instead } = name.error;
      const fix =
        instead === undefined ? "Write names such as localhost, 127.0.0.1 or *.dev.test." : `Write ${instead}.`;
      return err(usage(`“${text}” cannot be a server's name`, reason, fix));
    }
    read.add(name.value);
  }
  return ok([...read]);
}

export function checkHostPatterns(patterns: readonly string[]): Problem | undefined {
  for (const text of patterns) {
    const pattern = parseHostPattern(text);
    if (pattern.ok) continue;
    const { reason, instead = "localhost:*" } = pattern.error;
    return usage(`“${text}” is no host of padlock.hosts`, `${reason}.`, `Write ${instead}.`);
  }
  return undefined;
}

function usage(title: string, detail: string, fix: string): Problem {
  return { kind: "usage", title, detail, fix };
}
