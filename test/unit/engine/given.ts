import type { EnginePorts } from "../../../src/engine/contract.ts";

/** Ports with these environment variables, which also answer `{{$secret NAME}}`; nobody is there to be asked. */
export function ports(
  environment: Readonly<Record<string, string>> = {},
  changes: Partial<EnginePorts> = {},
): EnginePorts {
  const get = (name: string) => (Object.hasOwn(environment, name) ? environment[name] : undefined);
  return {
    environment: { get },
    secret: async (name) => get(name),
    prompt: () => Promise.reject(new Error("nobody is there")),
    ...changes,
  };
}
