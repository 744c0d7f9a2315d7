import { Failure } from "../common/failure.ts";
import { checkSecret } from "../secrets/index.ts";
import type { Settings } from "../settings/index.ts";
import { boundSecrets, type Template, valuesOf } from "./template.ts";

/**
 * Every secret in the templates, also one that a response or a derived value holds, must be allowed for the URL's host.
 * @throws {Failure} `policy.secret-not-allowed`
 */
export function checkSecrets(templates: readonly Template[], settings: Settings, url: URL): void {
  for (const { value } of templates.flatMap(valuesOf)) {
    for (const name of boundSecrets(value)) {
      const allowed = checkSecret(settings, name, url);
      if (allowed.ok) continue;
      const { code, title, detail, fix, setting } = allowed.error;
      const within = value.name === name ? "" : `${value.written} holds the value of ${name}, or is selected by it. `;
      throw new Failure({ code, title, detail: within + detail, fix, setting, location: value.location });
    }
  }
}
