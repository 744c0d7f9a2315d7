import type { Environment } from "../settings/environment.ts";

export type { Environment };

/** The environment of this process. A name that it inherits from `Object`, such as `toString`, is not a variable. */
export function processEnvironment(): Environment {
  return {
    get: (name) => (Object.hasOwn(process.env, name) ? process.env[name] : undefined),
  };
}
