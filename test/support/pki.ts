import { type Authority, createAuthority, type Identity } from "../../src/certs/pki.ts";

export type { HashName, KeyType } from "../../src/certs/keys.ts";
export { makePfx } from "../../src/certs/pfx.ts";
export { type Authority, createAuthority, createSelfSigned, type Identity } from "../../src/certs/pki.ts";

/** What most tests need, made in some 50 ms: all EC P-256. */
export interface TestPki {
  readonly root: Authority;
  readonly intermediate: Authority;
  /** For localhost, 127.0.0.1 and ::1, issued by the intermediate: a chain of three with the root. */
  readonly server: Identity;
  /** Issued by the root. */
  readonly client: Identity;
}

export async function createTestPki(): Promise<TestPki> {
  const root = await createAuthority({ name: "Test Root", organization: "Padlock Tests" });
  const intermediate = await root.issueIntermediate({ name: "Test Intermediate", organization: "Padlock Tests" });
  const [server, client] = await Promise.all([
    intermediate.issueServer({ name: "localhost", hosts: loopbackHosts }),
    root.issueClient({ name: "Test Client", organization: "Padlock Tests" }),
  ]);
  return { root, intermediate, server, client };
}

export const loopbackHosts: readonly string[] = ["localhost", "127.0.0.1", "::1"];
