import assert from "node:assert/strict";
import type { Failure } from "../../../src/common/failure.ts";
import type { Result } from "../../../src/common/result.ts";
import { type PreparedRequest, prepareRequest } from "../../../src/resolve/index.ts";
import { type RawSettings, readSettings } from "../../../src/settings/index.ts";
import { parse } from "../../../src/syntax/index.ts";

export interface Given {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The workspace folder. */
  readonly root?: string;
  /** Relative to the workspace folder. */
  readonly file?: string;
  readonly block?: number;
}

/** Prepares the first block with a request of a file, for which every secret is allowed everywhere on localhost. */
export async function prepare(text: string, given: Given = {}): Promise<Result<PreparedRequest, Failure>> {
  const root = given.root ?? "/projectspace";
  const environment = given.environment ?? {};
  const secrets = Object.fromEntries(Object.keys(environment).map((name) => [name, ["localhost", "localhost:*"]]));
  const values = given.settings ?? { "padlock.secrets": secrets };
  const raw: RawSettings = {
    root,
    values,
    file: `${root}/.vscode/settings.json`,
    text: JSON.stringify(values, null, 2),
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
    environment: { get: (name) => (Object.hasOwn(environment, name) ? environment[name] : undefined) },
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

export function bodyText(request: PreparedRequest): string | undefined {
  return request.body && Buffer.from(request.body).toString("utf8");
}
