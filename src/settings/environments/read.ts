import type { Node } from "jsonc-parser";
import { Failure } from "../../common/failure.ts";
import { EnvironmentDocument, type Member } from "./document.ts";
import { joinIdentities, readIdentity } from "./identity.ts";
import { type EnvironmentLog, wrongType } from "./log.ts";
import type { AuthProvider, EnvironmentFile, EnvironmentIdentity, Environments, EnvironmentVariable } from "./model.ts";

const shared = "$shared";

/** Within 1 MB a file can hold names of a thousand parts, or so many environments that putting them together takes minutes. */
const limits = { levels: 32, environments: 500 };

/** What one file says about one environment. */
interface Part {
  readonly environment: string;
  readonly isPrivate: boolean;
  readonly variables: readonly EnvironmentVariable[];
  readonly identity: EnvironmentIdentity | undefined;
  readonly authProviders: ReadonlyMap<string, AuthProvider>;
}

/** Puts environment files together, which come as `loadEnvironmentFiles` gives them: the strongest first. */
export function readEnvironments(files: readonly EnvironmentFile[]): Environments {
  const log: EnvironmentLog = { problems: [], warnings: [] };
  const parts = files.flatMap((file) => readFile(file, log));
  const byEnvironment = Map.groupBy(parts, ({ environment }) => environment);
  const partsOf = (environment: string) => byEnvironment.get(environment) ?? [];
  /** Those of `$shared` are the weakest. */
  const applying = (environment: string) => [...partsOf(environment), ...partsOf(shared)];
  const publicFirst = [...parts.filter(({ isPrivate }) => !isPrivate), ...parts.filter(({ isPrivate }) => isPrivate)];
  const names = new Set(publicFirst.map(({ environment }) => environment));
  names.delete(shared);
  return {
    names: [...names],
    variables: (environment) => {
      const weakestFirst = applying(environment)
        .reverse()
        .flatMap(({ variables }) => variables);
      return new Map(weakestFirst.map((variable) => [variable.name, variable]));
    },
    identity: (environment) =>
      applying(environment)
        .map(({ identity }) => identity)
        .reduce(joinIdentities, undefined),
    authProvider: (environment, id) =>
      applying(environment)
        .map(({ authProviders }) => authProviders.get(id))
        .find((provider) => provider),
    problems: log.problems,
    warnings: log.warnings,
  };
}

function readFile(file: EnvironmentFile, log: EnvironmentLog): Part[] {
  const document = openDocument(file, log);
  if (!document?.root) return [];
  log.warnings.push(...document.duplicates());
  if (document.root.type === "object" && (document.root.children?.length ?? 0) > limits.environments) {
    unreadable(
      file,
      log,
      `it has more than ${limits.environments} environments`,
      "Use fewer environments in one file.",
    );
    return [];
  }
  if (document.root.type !== "object") {
    const fix = 'Write { "dev": { "host": "https://localhost" } }.';
    log.problems.push(wrongType(document, document.root, "The file", fix));
    return [];
  }
  return document
    .members(document.root)
    .filter(({ key }) => key !== "$schema")
    .map((member) => readPart(document, member, log));
}

function openDocument(file: EnvironmentFile, log: EnvironmentLog): EnvironmentDocument | undefined {
  if (file.unreadable !== undefined) {
    return unreadable(file, log, file.unreadable, "Put a file there that can be read, or remove it.");
  }
  try {
    const document = new EnvironmentDocument(file);
    const error = document.syntaxError();
    if (!error) return document.isDeeperThan(limits.levels) ? tooDeep(file, log) : document;
    log.problems.push(error);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(file, log);
    throw error;
  }
}

function tooDeep(file: EnvironmentFile, log: EnvironmentLog): undefined {
  return unreadable(file, log, "it is nested too deeply", `Use at most ${limits.levels} levels.`);
}

function unreadable(file: EnvironmentFile, log: EnvironmentLog, reason: string, fix: string): undefined {
  const title = "An environment file cannot be read";
  const detail = `${file.shown} holds variables, but ${reason}.`;
  log.problems.push(new Failure({ code: "settings.unreadable", title, detail, fix }));
}

function readPart(document: EnvironmentDocument, { key: environment, value }: Member, log: EnvironmentLog): Part {
  const isPrivate = document.file.kind === "private";
  const part = { environment, isPrivate, variables: [], identity: undefined, authProviders: new Map() };
  if (value.type !== "object") {
    const fix = `Write the variables of an environment as an object: ${JSON.stringify(environment)}: { "name": "value" }.`;
    log.problems.push(wrongType(document, value, environment, fix));
    return part;
  }
  const members = document.members(value);
  const ssl = members.find(({ key }) => key === "SSLConfiguration");
  const security = members.find(({ key }) => key === "Security");
  const others = members.filter((member) => member !== ssl && member !== security);
  return {
    ...part,
    variables: others.flatMap((member) => readVariables(document, member, "", environment)),
    identity: ssl && readIdentity(document, ssl, environment, log),
    authProviders: security ? readAuthProviders(document, security.value) : new Map(),
  };
}

/** A text as it is, a nested object as `outer.inner`, everything else as its JSON text. */
function readVariables(
  document: EnvironmentDocument,
  { key, value }: Member,
  prefix: string,
  environment: string,
): EnvironmentVariable[] {
  const name = prefix + key;
  const provider = providerOf(document, value);
  if (value.type === "object" && provider === undefined) {
    return document.members(value).flatMap((member) => readVariables(document, member, `${name}.`, environment));
  }
  const text = value.type === "string" ? String(value.value) : document.jsonText(value);
  const isPrivate = document.file.kind === "private";
  return [
    {
      name,
      value: provider === undefined ? text : "",
      isPrivate,
      provider,
      environment,
      location: document.locate(value),
    },
  ];
}

/** Stores that Visual Studio's HTTP editor asks for a value; any other name is one if it asks for a `secretName`. */
const knownProviders = new Set(["aspnetusersecrets", "azurekeyvault", "encrypted"]);

function providerOf(document: EnvironmentDocument, value: Node): string | undefined {
  if (value.type !== "object") return undefined;
  const members = document.members(value);
  const provider = members.find(({ key }) => key === "provider")?.value;
  if (provider?.type !== "string") return undefined;
  const name = String(provider.value);
  const asksForSecret = members.some(({ key }) => key === "secretName");
  return asksForSecret || knownProviders.has(name.toLowerCase()) ? name : undefined;
}

function readAuthProviders(document: EnvironmentDocument, security: Node): Map<string, AuthProvider> {
  const auth = document.members(security).find(({ key }) => key === "Auth")?.value;
  return new Map(
    (auth ? document.members(auth) : []).map(({ key, keyNode, value }) => {
      const type = document.members(value).find((member) => member.key === "Type")?.value;
      return [key, { type: type?.type === "string" ? String(type.value) : "", location: document.locate(keyNode) }];
    }),
  );
}
