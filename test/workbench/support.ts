import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { type Demo, startDemo } from "../../src/demo/index.ts";
import { requestLines } from "../../src/tools/vscode/request-lines.ts";
import type { ServerOptions } from "../../src/tools/vscode/server.ts";
import { startSession, type VsCodeSession } from "../../src/tools/vscode/session.ts";
import type { Workbench, WorkbenchOptions } from "../../src/tools/vscode/workbench.ts";

export const root = resolve(import.meta.dirname, "../..");

/** Milliseconds for a test that may have to wait for VS Code on a busy machine. */
export const patient = { timeout: 120_000 };

export function screenshotPath(name: string): string {
  return join(root, "test", "out", "screenshots", `${name}.png`);
}

/** The demo and a VS Code, started before the tests of a file and ended after them. */
export interface Stage {
  readonly demo: Demo;
  readonly session: VsCodeSession;
  /** Opens the demo workspace with the extension as it was built last, at one of its files. */
  open(file: string, options?: Partial<WorkbenchOptions>): Promise<Workbench>;
  path(file: string): string;
}

/** The getter works inside tests and later hooks. `options`: see `startServer`. */
export function useVsCode(options: ServerOptions = {}): () => Stage {
  let demo: Demo | undefined;
  let session: VsCodeSession | undefined;
  before(async () => {
    demo = await startDemo();
    session = await startSession({ ...options, env: demo.environment });
  });
  after(async () => {
    await session?.close();
    await demo?.close();
  });
  return () => {
    if (!demo || !session) throw new Error("VS Code was not started.");
    const { workspace } = demo;
    const started = session;
    const path = (file: string) => join(workspace, file);
    const open = (file: string, more: Partial<WorkbenchOptions> = {}) =>
      started.open({ folder: workspace, file: path(file), extensionDevelopmentPath: root, ...more });
    return { demo, session: started, open, path };
  };
}

/** 1-based line of the request under a `###` title. */
export async function requestLine(path: string, title: string): Promise<number> {
  const found = requestLines(await readFile(path, "utf8")).find((request) => request.title === title);
  if (!found) throw new Error(`${path} has no request with the title "${title}".`);
  return found.line;
}
