import type { Redactor } from "../secrets/index.ts";
import type { Settings } from "../settings/index.ts";
import type { ValueSources } from "./values/sources.ts";

/**
 * Tells the redactor the value of every listed secret, not only of those that a request uses: a server can send back
 * what an earlier request gave it.
 */
export async function addKnownSecrets(settings: Settings, sources: ValueSources, redactor: Redactor): Promise<void> {
  const { environment, dotenv, secret, environments, environmentName } = sources;
  const variables = environments.variables(environmentName);
  for (const { name } of settings.secrets) {
    redactor.add(name, environment.get(name) ?? "");
    redactor.add(name, dotenv.get(name) ?? "", `{{$dotenv ${name}}}`);
    const variable = variables.get(name);
    // One with references is known once they are replaced.
    if (variable?.isPrivate && !variable.value.includes("{{")) redactor.add(name, variable.value, `{{${name}}}`);
    // A store that fails is a matter of the request that needs it.
    redactor.add(name, (await secret(name).catch(() => undefined)) ?? "", `{{$secret ${name}}}`);
  }
}
