import type { KnownSecret } from "../host.ts";
import type { ReferenceSite } from "../reference-sites.ts";
import { asksForVariable, type RuleContext } from "./context.ts";
import { allowsHost } from "./host-patterns.ts";
import type { Report } from "./rule.ts";
import type { Target } from "./target.ts";

/** Enough for any file a person writes; definitions that use each other often could ask for far more. */
const mostSteps = 100_000;

const mostHostsShown = 5;

/** Environment variables and stored secrets that `padlock.secrets` does not list at all. */
export function checkUnlistedSecrets(context: RuleContext, report: Report): void {
  const { secrets, publicEnv = [] } = context.known;
  if (!secrets) return;
  const listed = new Set(secrets.map(({ name }) => name));
  const configuration = new Set(publicEnv);
  const unlisted = secretSites(context).filter(
    ({ reference: { kind, name } }) =>
      !listed.has(name.text) && !(kind === "environment" && configuration.has(name.text)),
  );
  if (unlisted.length === 0) return;
  const targets = targetsBySite(context);
  for (const site of unlisted) {
    const name = site.reference.name.text;
    const hosts = patternsOf(targets.get(site) ?? []);
    const host = hosts[0];
    const start = `The settings do not list the secret ${name}, so the request is not sent.`;
    if (host === undefined) {
      report(site.range, `${start} List it in "padlock.secrets" with the hosts that may get it.`);
    } else {
      const entry = `${JSON.stringify(name)}: ${JSON.stringify(hosts)}`;
      // A second "padlock.secrets" in the settings would be an error.
      const setting = secrets.length > 0 ? `${entry} to "padlock.secrets"` : `"padlock.secrets": { ${entry} }`;
      report(site.range, `${start} If ${hosts.join(", ")} may get it, add ${setting}.`, { secret: { name, host } });
    }
  }
}

/** Secrets that are listed, but not for the host that the request goes to. */
export function checkSecretHosts(context: RuleContext, report: Report): void {
  const { secrets } = context.known;
  if (!secrets || secretSites(context).length === 0) return;
  const byName = new Map(secrets.map((secret) => [secret.name, new AllowedTargets(secret)]));
  for (const [site, targets] of targetsBySite(context)) {
    const name = site.reference.name.text;
    const known = byName.get(name);
    if (!known) continue;
    const hosts = patternsOf([...targets].filter((target) => !known.has(target)));
    const host = hosts[0];
    if (host === undefined) continue;
    const allowed = known.hosts.length === 0 ? "no host at all" : known.hosts.join(", ");
    const setting = `${JSON.stringify(name)}: ${JSON.stringify([...known.hosts, ...hosts])}`;
    report(
      site.range,
      `The settings allow the secret ${name} for ${allowed}, not for ${hosts.join(", ")}, so the request is not sent. If that is right, write ${setting} in "padlock.secrets".`,
      { secret: { name, host } },
    );
  }
}

/** Listed secrets without a value in the environment of this process. */
export function checkUnsetSecrets(context: RuleContext, report: Report): void {
  const unset = new Set(context.known.secrets?.filter(({ isSet }) => !isSet).map(({ name }) => name));
  if (unset.size === 0) return;
  for (const { reference, range } of context.references) {
    const name = reference.name.text;
    if (reference.kind !== "environment" || !unset.has(name)) continue;
    report(
      range,
      `The environment variable ${name} is not set here, and no stored secret has its name, so the request is not sent. Run "Padlock: Set Secret", or set the variable and start again.`,
    );
  }
}

function secretSites(context: RuleContext): readonly ReferenceSite[] {
  return context.references.filter(({ reference }) => isSecret(reference.kind));
}

function isSecret(kind: ReferenceSite["reference"]["kind"]): boolean {
  return kind === "environment" || kind === "secret";
}

function patternsOf(targets: Iterable<Target>): readonly string[] {
  return [...new Set(Array.from(targets, ({ pattern }) => pattern))].slice(0, mostHostsShown);
}

/** The targets that a secret may be sent to: few are asked about, but often. */
class AllowedTargets {
  readonly hosts: readonly string[];
  readonly #known = new Map<Target, boolean>();

  constructor({ hosts }: KnownSecret) {
    this.hosts = hosts;
  }

  has(target: Target): boolean {
    let allowed = this.#known.get(target);
    if (allowed === undefined) {
      allowed = this.hosts.some((pattern) => allowsHost(pattern, target.url));
      this.#known.set(target, allowed);
    }
    return allowed;
  }
}

type Targets = ReadonlyMap<ReferenceSite, ReadonlySet<Target>>;

/** Two rules ask for them. */
const targetsByContext = new WeakMap<RuleContext, Targets>();

/** For each secret where the requests go that need it, also through variables. */
function targetsBySite(context: RuleContext): Targets {
  let targets = targetsByContext.get(context);
  if (!targets) {
    targets = findTargets(context);
    targetsByContext.set(context, targets);
  }
  return targets;
}

function findTargets(context: RuleContext): Targets {
  const found = new Map<ReferenceSite, Set<Target>>();
  let steps = 0;
  for (const { sites, target } of context.requests) {
    if (!target || sites.length === 0) continue;
    const visited = new Set<object>();
    const open = [...sites];
    for (let site = open.pop(); site && steps < mostSteps; site = open.pop()) {
      steps++;
      if (isSecret(site.reference.kind)) {
        found.set(site, (found.get(site) ?? new Set()).add(target));
      }
      const definition = asksForVariable(site.reference)
        ? context.definitions.nearest(site.reference.name.text, site.from)
        : undefined;
      if (!definition || visited.has(definition)) continue;
      visited.add(definition);
      for (const inner of context.sitesOf(definition)) open.push(inner);
    }
  }
  return found;
}
