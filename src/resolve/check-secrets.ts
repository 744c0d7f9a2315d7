import { Failure } from "../common/failure.ts";
import { checkSecret } from "../secrets/index.ts";
import type { Settings } from "../settings/index.ts";
import { type BoundText, boundSecrets, boundTexts, isOnlyEnvironment, type Piece, type Template } from "./template.ts";

/**
 * Every secret in the templates, also one that a response or a derived value holds, must be allowed for the URL's host.
 * `check`: `checkListed` where the host is only named.
 * @throws {Failure} `policy.secret-not-allowed`, `policy.unverified-host`
 */
export function checkSecrets(
  templates: readonly Template[],
  settings: Settings,
  url: URL,
  check: typeof checkSecret = checkSecret,
): void {
  const held = templates.flat().flatMap(secretsOf);
  const notPublic = new Set(held.flatMap(({ name, isEnvironment }) => (isEnvironment ? [] : [name])));
  const seen = new Set<string>();
  for (const { name, holder } of held) {
    if (seen.has(name)) continue;
    seen.add(name);
    const allowed = check(settings, name, url, { mayBePublic: !notPublic.has(name) });
    if (!allowed.ok) throw within(allowed.error, name, holder);
  }
}

interface HeldSecret {
  readonly name: string;
  /** And nothing else of the name. */
  readonly isEnvironment: boolean;
  readonly holder: BoundText;
}

function secretsOf(piece: Piece): HeldSecret[] {
  if (piece.kind === "text") {
    return Array.from(boundTexts(piece), (text) => ({ name: text.name, isEnvironment: false, holder: text }));
  }
  const { value } = piece;
  return boundSecrets(value).map((name) => ({ name, isEnvironment: isOnlyEnvironment(value, name), holder: value }));
}

function within({ code, title, detail, fix, setting, wanted }: Failure, name: string, holder: BoundText): Failure {
  const what = holder.name === name ? "" : `${holder.written} holds the value of ${name}, or is selected by it. `;
  return new Failure({ code, title, detail: what + detail, fix, setting, wanted, location: holder.location });
}
