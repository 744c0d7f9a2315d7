import { Failure } from "../common/failure.ts";
import type { SecretEntry, Settings } from "./model.ts";
import type { NamedSettings } from "./person-scope.ts";
import type { Report } from "./readers.ts";

/** What one scope says about names, and where its problems are reported. */
export interface NamedScope extends Partial<NamedSettings> {
  readonly report: Report;
}

/**
 * `padlock.secrets` and `padlock.publicEnv` of the workspace and of the person together. One scope that has a name in
 * both lists says two things: that is refused. Where the scopes disagree the name stays a secret, so that neither can
 * open what the other has closed.
 */
export function joinScopes(
  workspace: NamedScope,
  person: NamedScope,
): Pick<Settings, "secrets" | "publicEnv" | "warnings"> {
  const personNames = new Set([...namesOf(person), ...(person["padlock.publicEnv"] ?? [])]);
  // An editor may hand in the person's own values among those of the workspace.
  reportContradictions(workspace, (name) => personNames.has(name));
  reportContradictions(person, () => false);
  const secrets = [...(workspace["padlock.secrets"] ?? []), ...(person["padlock.secrets"] ?? [])];
  const listed = new Set(secrets.map(({ name }) => name));
  const named = new Set([...(workspace["padlock.publicEnv"] ?? []), ...(person["padlock.publicEnv"] ?? [])]);
  return {
    secrets,
    publicEnv: new Set([...named].filter((name) => !listed.has(name))),
    warnings: [...named].filter((name) => listed.has(name)).map(staysSecret),
  };
}

function namesOf(scope: NamedScope): readonly SecretEntry["name"][] {
  return (scope["padlock.secrets"] ?? []).map(({ name }) => name);
}

function reportContradictions(scope: NamedScope, isSaidElsewhere: (name: string) => boolean): void {
  const listed = new Set(namesOf(scope));
  for (const [index, name] of (scope["padlock.publicEnv"] ?? []).entries()) {
    if (!listed.has(name) || isSaidElsewhere(name)) continue;
    scope.report(
      "settings.wrong-type",
      ["padlock.publicEnv", String(index)],
      `names ${name} as public, but "padlock.secrets" lists it as a secret`,
      `Remove ${name} from one of the two: a secret goes only to its hosts and is never shown, a public variable goes to any host in clear.`,
    );
  }
}

function staysSecret(name: string): Failure {
  return new Failure({
    code: "settings.wrong-type",
    title: `${name} is treated as a secret`,
    detail: `Your own settings and those of the workspace disagree: one has ${name} in padlock.publicEnv, the other lists it in padlock.secrets. It is treated as a secret.`,
    fix: `Remove ${name} from one of the two lists.`,
    setting: `padlock.secrets › ${name}`,
  });
}
