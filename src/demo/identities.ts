import { type Authority, createAuthority, createSelfSigned, type Identity } from "../certs/pki.ts";

/** Every certificate of the demo: one root that the demo workspace trusts, and what it issued. */
export interface DemoIdentities {
  readonly root: Authority;
  /** For localhost, 127.0.0.1 and ::1, through an intermediate: a chain of three. */
  readonly server: Identity;
  readonly client: Identity;
  /** In order but for its dates: it ended twelve days ago. */
  readonly expired: Identity;
  /** In order but for its name: it is for `wrong.example` only. */
  readonly wrongHost: Identity;
  /** For localhost, signed by nobody but itself. */
  readonly selfSigned: Identity;
}

const day = 24 * 3_600_000;
const organization = "Padlock Demo";
const loopbackHosts = ["localhost", "127.0.0.1", "::1"];

export async function createDemoIdentities(): Promise<DemoIdentities> {
  const root = await createAuthority({ name: "Padlock Demo Root CA", organization, keyType: "ec-p384" });
  const intermediate = await root.issueIntermediate({ name: "Padlock Demo Intermediate CA", organization });
  const now = Date.now();
  const [server, client, expired, wrongHost, selfSigned] = await Promise.all([
    intermediate.issueServer({ name: "localhost", organization, hosts: loopbackHosts }),
    root.issueClient({ name: "Demo Developer", organization }),
    intermediate.issueServer({
      name: "localhost",
      organization,
      hosts: loopbackHosts,
      notBefore: new Date(now - 102 * day),
      notAfter: new Date(now - 12 * day),
    }),
    intermediate.issueServer({ name: "wrong.example", organization, hosts: ["wrong.example"] }),
    createSelfSigned({ name: "localhost", organization, hosts: loopbackHosts }),
  ]);
  return { root, server, client, expired, wrongHost, selfSigned };
}
