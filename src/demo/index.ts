import { randomBytes } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createDemoIdentities } from "./identities.ts";
import { type DemoServers, startDemoServers } from "./servers.ts";
import { type DemoEnvironment, writeWorkspace } from "./workspace.ts";

export { type Expectation, type ExpectedOutcome, readExpectations } from "./expectations.ts";
export type { HttpsServer } from "./https-server.ts";
export type { DemoServers } from "./servers.ts";

/** A running demo: servers on loopback and a workspace whose request files talk to them. */
export interface Demo {
  /** The demo workspace's folder; absolute. */
  readonly workspace: string;
  readonly servers: DemoServers;
  /** Variables that whoever sends the demo's requests must see in the environment; new values at each start. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stops the servers; removes the workspace if it is in a temporary folder of our own. May be called twice. */
  close(): Promise<void>;
}

export interface DemoOptions {
  /** Where to write the workspace, replacing the files of an earlier demo; default: a new temporary folder. */
  readonly folder?: string;
}

/** Makes keys and certificates, starts the servers and writes the workspace: some 200 ms. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const identities = await createDemoIdentities();
  const environment: DemoEnvironment = {
    PADLOCK_DEMO_PASSPHRASE: randomBytes(12).toString("base64url"),
    PADLOCK_DEMO_TOKEN: `demo-${randomBytes(18).toString("base64url")}`,
  };
  const servers = await startDemoServers(identities);
  const temporary = options.folder === undefined;
  let workspace = "";
  const close = async () => {
    await Promise.all(Object.values(servers).map((server) => server.close()));
    if (temporary && workspace) await rm(workspace, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    workspace = options.folder === undefined ? await temporaryFolder() : resolve(options.folder);
    await writeWorkspace(workspace, servers, identities, environment);
  } catch (error) {
    await close();
    throw error;
  }
  return { workspace, servers, environment: { ...environment }, close };
}

/** With links resolved, as VS Code shows it (macOS's temporary folder is a link). */
async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), "padlock-demo-")));
}
