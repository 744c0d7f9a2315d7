import type { FileReference } from "../../../../src/settings/tls-profile.ts";
import { type Authority, createTestPki, type Identity, loopbackHosts, type TestPki } from "../../../support/pki.ts";
import { makeWorkspace, type TempWorkspace } from "../../../support/temp.ts";
import { type HandMade, type HandMadeOptions, handMade } from "../../../support/tls/hand-made.ts";
import { ecKey, rsaKey } from "../../../support/tls/keys.ts";
import { fileReference } from "../support.ts";

/** What the servers of the matrix show, and the files that a profile names. Made once for a file of tests. */
export interface Material {
  /** EC: a root, an intermediate, and a server below it. */
  readonly pki: TestPki;
  /** Another one, that nobody trusts, with the same names. */
  readonly other: TestPki;
  /** A root with an RSA key, which alone can sign with MD5. Made when it is first asked for. */
  rsaRoot(): HandMade;
  /** A server's certificate for localhost, issued by the intermediate. */
  issue(changes?: Partial<Parameters<Authority["issueServer"]>[0]>): Promise<Identity>;
  /** One that is made by hand, issued by the EC root. */
  make(options: HandMadeOptions): HandMade;
  /** A file of the workspace, as a member of the host's entry names it. A name is written once. */
  file(name: string, content: string | Uint8Array, member: string): Promise<FileReference>;
  remove(): Promise<void>;
}

export async function makeMaterial(): Promise<Material> {
  const [pki, other, workspace] = await Promise.all([createTestPki(), createTestPki(), makeWorkspace()]);
  let rsaRoot: HandMade | undefined;
  const files = new Map<string, Promise<FileReference>>();
  return {
    pki,
    other,
    rsaRoot: () => {
      rsaRoot ??= handMade({ subject: [["CN", "RSA Root"]], key: rsaKey(2048), isAuthority: true });
      return rsaRoot;
    },
    issue: (changes) => pki.intermediate.issueServer({ name: "localhost", hosts: loopbackHosts, ...changes }),
    make: (options) => handMade({ hosts: loopbackHosts, ...options }, pki.root),
    file: (name, content, member) => {
      const known = files.get(name) ?? put(workspace, name, content, member);
      files.set(name, known);
      return known;
    },
    remove: () => workspace.remove(),
  };
}

/**
 * A certificate that names an authority which has not signed it, sent with that authority's own. Neither has key
 * identifiers, so the two make a chain by their names.
 */
export function forged({ pki, other }: Material): { leaf: HandMade; authority: HandMade; chainPem: string } {
  const options = { subject: [["CN", "Real Intermediate"]], isAuthority: true } as const;
  const authority = handMade({ ...options, key: ecKey() }, pki.root);
  const impostor = handMade({ ...options, key: ecKey() }, other.root);
  const leaf = handMade({ hosts: loopbackHosts, key: ecKey() }, impostor);
  return { leaf, authority, chainPem: leaf.certificatePem + authority.certificatePem };
}

async function put(
  workspace: TempWorkspace,
  name: string,
  content: string | Uint8Array,
  member: string,
): Promise<FileReference> {
  return fileReference(await workspace.write(name, content), member);
}
