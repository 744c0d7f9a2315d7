import type { ProxyRoute, TlsProfile } from "../../../../src/settings/tls-profile.ts";
import { createTestPki, type Identity, type TestPki } from "../../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer, type TlsServerOptions } from "../../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { fileReference, noProfile } from "../support.ts";

/** Nobody on this machine can look it up: whoever reaches it went through the proxy. */
export const host = "api.example.test";

export interface World extends AsyncDisposable {
  readonly pki: TestPki;
  readonly workspace: TempWorkspace;
  /** For `host`. */
  readonly server: Identity;
  /** Trusts the test's own authority. */
  readonly trusting: TlsProfile;
  /** Presents the test's client certificate too. */
  readonly mutual: TlsProfile;
  startServer(changes?: Partial<TlsServerOptions>): Promise<TlsServer>;
}

export async function makeWorld(): Promise<World> {
  const pki = await createTestPki();
  const { client, root } = pki;
  const workspace = await makeWorkspace({
    "ca.pem": root.certificatePem,
    "client.pem": client.chainPem,
    "client.key": client.privateKeyPem,
  });
  const file = (name: string, key: string) => fileReference(workspace.path(name), key);
  const server = await pki.intermediate.issueServer({ name: host, hosts: [host, "localhost", "127.0.0.1"] });
  const trusting = { ...noProfile, ca: [file("ca.pem", "ca")] };
  return {
    pki,
    workspace,
    server,
    trusting,
    mutual: { ...trusting, cert: file("client.pem", "cert"), key: file("client.key", "key") },
    startServer: (changes) => startTlsServer({ ...serverIdentity(server), ...changes }),
    [Symbol.asyncDispose]: () => workspace.remove(),
  };
}

export function route(port: number, changes: Partial<ProxyRoute> = {}): ProxyRoute {
  return { kind: "http", host: "127.0.0.1", port, source: "HTTPS_PROXY", ...changes };
}
