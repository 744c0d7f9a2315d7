import assert from "node:assert/strict";
import type { Failure } from "../../../src/common/failure.ts";
import type { Result } from "../../../src/common/result.ts";
import { type PreparedRequest, prepareRequest } from "../../../src/resolve/index.ts";
import type { ValueSources } from "../../../src/resolve/values/sources.ts";
import { type EnvironmentFile, type RawSettings, readEnvironments, readSettings } from "../../../src/settings/index.ts";
import type { EditorProxy } from "../../../src/settings/raw-settings.ts";
import { parse } from "../../../src/syntax/index.ts";

export interface Given {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Of the person's own scope. */
  readonly person?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** VS Code's own. */
  readonly editorProxy?: EditorProxy;
  /** The workspace folder. */
  readonly root?: string;
  /** Relative to the workspace folder. */
  readonly file?: string;
  readonly block?: number;
  readonly dotenv?: Readonly<Record<string, string>>;
  readonly stored?: Readonly<Record<string, string>>;
  /** Answers by the variable's name; a question without one is dismissed. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Contents of `http-client.env.json` and `http-client.private.env.json` in the workspace folder. */
  readonly environments?: { readonly public?: unknown; readonly private?: unknown };
  readonly environmentName?: string;
  readonly sources?: Partial<ValueSources>;
}

const getter = (values: Readonly<Record<string, string>>) => ({
  get: (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined),
});

function environmentFile(root: string, kind: EnvironmentFile["kind"], content: unknown): EnvironmentFile {
  const name = kind === "public" ? "http-client.env.json" : "http-client.private.env.json";
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  return { path: `${root}/${name}`, shown: name, kind, text };
}

function sourcesOf(given: Given, root: string): ValueSources {
  const { answers = {}, stored = {}, environments = {} } = given;
  const files = (["private", "public"] as const).flatMap((kind) =>
    environments[kind] === undefined ? [] : [environmentFile(root, kind, environments[kind])],
  );
  return {
    environment: getter(given.environment ?? {}),
    dotenv: getter(given.dotenv ?? {}),
    secret: async (name) => getter(stored).get(name),
    prompt: async ({ name }) => getter(answers).get(name),
    environments: readEnvironments(files),
    environmentName: given.environmentName ?? "dev",
    exchange: () => undefined,
    requestNames: [],
    imports: [],
    overrides: new Map(),
    ...given.sources,
  };
}

/** Prepares the first block with a request of a file, for which every secret is allowed everywhere on localhost. */
export async function prepare(text: string, given: Given = {}): Promise<Result<PreparedRequest, Failure>> {
  const root = given.root ?? "/projectspace";
  const names = Object.keys({ ...given.environment, ...given.dotenv, ...given.stored });
  const secrets = Object.fromEntries(names.map((name) => [name, ["localhost", "localhost:*"]]));
  const values = given.settings ?? { "padlock.secrets": secrets };
  const raw: RawSettings = {
    root,
    values,
    file: `${root}/.vscode/settings.json`,
    text: JSON.stringify(values, null, 2),
    ...(given.person && { person: given.person }),
    ...(given.editorProxy && { editorProxy: given.editorProxy }),
  };
  const settings = readSettings(raw);
  assert.ok(settings.ok, settings.ok ? "" : settings.error.map(({ detail }) => detail).join("\n"));
  const file = parse(text);
  const block =
    file.blocks[
      given.block ??
        Math.max(
          0,
          file.blocks.findIndex(({ request }) => request),
        )
    ];
  assert.ok(block);
  return prepareRequest({
    file,
    block,
    filePath: `${root}/${given.file ?? "api.https"}`,
    settings: settings.value,
    sources: sourcesOf(given, root),
  });
}

export async function prepared(text: string, given?: Given): Promise<PreparedRequest> {
  const result = await prepare(text, given);
  assert.ok(result.ok, result.ok ? "" : `${result.error.code}: ${result.error.detail}`);
  return result.value;
}

export async function refused(text: string, given?: Given): Promise<Failure> {
  const result = await prepare(text, given);
  assert.ok(!result.ok, "the request should have been refused");
  return result.error;
}

/** `code line:column "what is underlined"`. */
export function shown({ code, location }: Failure): string {
  if (!location) return code;
  const { line, column, endColumn = column, lineText = "" } = location;
  return `${code} ${line}:${column} ${lineText.slice(column - 1, endColumn - 1)}`;
}

/** A body that is in memory; none is empty. */
export function bytesOf({ body }: Pick<PreparedRequest, "body">): Uint8Array {
  assert.ok(body === undefined || body instanceof Uint8Array, "the body is in memory");
  return body ?? new Uint8Array();
}

export function bodyText(request: PreparedRequest): string | undefined {
  return request.body && Buffer.from(bytesOf(request)).toString("utf8");
}
