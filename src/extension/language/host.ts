import { Uri, workspace } from "vscode";
import type { KnownResponse } from "../../common/known-response.ts";
import type { ActiveEnvironment, FolderEntry, KnownSecret, LanguageHost, RuleLevel } from "../../language/index.ts";
import type { Environment } from "../../secrets/index.ts";
import type { RequestFile } from "../../syntax/index.ts";
import { hasDisk, pathOf } from "../documents.ts";
import type { EngineHost } from "../engine-host.ts";
import type { EnvironmentChoice } from "../environments/environment-choice.ts";
import type { EnvironmentFiles } from "../environments/environment-files.ts";
import { knownEnvironment } from "../environments/known-environment.ts";
import { settings } from "../manifest.ts";
import { knownSecrets, publicNames, ruleLevels } from "./known-settings.ts";
import { WorkspaceReader } from "./workspace-reader.ts";

export interface LanguageHostParts {
  readonly environment: Environment;
  /** Whether VS Code's store has a secret of that name: `{{$env.NAME}}` then has a value too. */
  readonly isStored: (name: string) => boolean;
  readonly files: EnvironmentFiles;
  readonly choice: EnvironmentChoice;
  readonly engine: EngineHost;
  /** The URI of the page that explains the diagnostics' codes. */
  readonly documentation: string;
}

/**
 * What the language service may know of this window. In Restricted Mode it is told of no secret, environment or dotenv
 * entry: not even whether a variable is set is looked up.
 */
export class EditorLanguageHost implements LanguageHost {
  readonly #parts: LanguageHostParts;
  readonly #reader = new WorkspaceReader();
  readonly documentation: string;

  constructor(parts: LanguageHostParts) {
    this.#parts = parts;
    this.documentation = parts.documentation;
  }

  get isRestricted(): boolean {
    return !workspace.isTrusted;
  }

  secrets(uri: string): KnownSecret[] {
    if (!workspace.isTrusted) return [];
    const { environment, isStored } = this.#parts;
    const isSet = (name: string) => environment.get(name) !== undefined || isStored(name);
    return knownSecrets(settingOf(uri, settings.secrets), isSet);
  }

  publicEnv(uri: string): readonly string[] {
    return workspace.isTrusted ? publicNames(settingOf(uri, settings.publicEnv)) : [];
  }

  dotenvNames(uri: string): readonly string[] {
    const file = Uri.parse(uri);
    return this.#parts.files.get(file)?.dotenvNames(this.#parts.choice.nameFor(file)) ?? [];
  }

  environment(uri: string): ActiveEnvironment {
    const file = Uri.parse(uri);
    return knownEnvironment(this.#parts.files.get(file), this.#parts.choice.nameFor(file));
  }

  lastResponse(uri: string, requestName: string): KnownResponse | undefined {
    const file = Uri.parse(uri);
    return hasDisk(file) ? this.#parts.engine.lastResponse(pathOf(file), requestName) : undefined;
  }

  listFolder(uri: string, folder: string): Promise<readonly FolderEntry[]> {
    return this.#reader.listFolder(uri, folder);
  }

  imported(uri: string, path: string): Promise<{ readonly uri: string; readonly file: RequestFile } | undefined> {
    return this.#reader.imported(uri, path);
  }

  resolveUri(uri: string, path: string): string {
    return this.#reader.resolve(uri, path).toString();
  }

  ruleLevels(uri: string): Readonly<Record<string, RuleLevel>> {
    return ruleLevels(settingOf(uri, settings.diagnostics));
  }
}

function settingOf(uri: string, key: string): unknown {
  return workspace.getConfiguration(undefined, Uri.parse(uri)).get<unknown>(key);
}
