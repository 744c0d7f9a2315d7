import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Identity } from "../../../../src/certs/pki.ts";
import type { FailureCode } from "../../../../src/common/failure.ts";
import type { TlsProfile } from "../../../../src/settings/tls-profile.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { daysFromNow } from "../../../support/tls/hand-made.ts";
import { failureOf, responseOf } from "../support.ts";
import { type Material, makeMaterial } from "./material.ts";
import { bothVersions, type Row, runRow, tlsServer } from "./row.ts";

interface ClientRow {
  readonly name: string;
  /** The file that the entry names as `cert`; none: nothing is configured. */
  readonly client?: (material: Material) => Promise<Pick<Identity, "chainPem" | "privateKeyPem">>;
  readonly code: FailureCode | "accepted";
  readonly title?: string;
  readonly detail?: RegExp;
  readonly fix?: RegExp;
}

const belowIntermediate = ({ pki }: Material) => pki.intermediate.issueClient({ name: "Inner Client" });
const closed = "The server closed the connection after it saw the client certificate";

const rows: readonly ClientRow[] = [
  { name: "the right one", client: async ({ pki }) => pki.client, code: "accepted" },
  { name: "with its intermediate", client: belowIntermediate, code: "accepted" },
  {
    name: "missing",
    code: "tls.client-certificate-required",
    title: "The server requires a client certificate",
    fix: /add "cert": "certs\/client\.pem", "key": "certs\/client\.key" to the entry "localhost:\*" of padlock\.hosts/,
  },
  {
    name: "expired",
    client: ({ pki }) =>
      pki.root.issueClient({ name: "Old Client", notBefore: daysFromNow(-9), notAfter: daysFromNow(-2) }),
    code: "tls.client-certificate-rejected",
    title: closed,
    detail:
      /“Old Client” \(CN=Old Client, issued by CN=Test Root, O=Padlock Tests, valid \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\)/,
    fix: /may have expired/,
  },
  {
    name: "from another authority",
    client: async ({ other }) => other.client,
    code: "tls.client-certificate-rejected",
    title: closed,
    detail: /“Test Client” \(/,
    fix: /Its authority may be unknown there/,
  },
  {
    name: "without its intermediate",
    client: async (material) => {
      const { certificatePem, privateKeyPem } = await belowIntermediate(material);
      return { chainPem: certificatePem, privateKeyPem };
    },
    code: "tls.client-certificate-rejected",
    title: closed,
    detail: /“Inner Client” \(CN=Inner Client, issued by CN=Test Intermediate/,
    fix: /an intermediate may be missing from the file/,
  },
];

describe("servers that demand a client certificate", () => {
  let material: Material;
  before(async () => {
    material = await makeMaterial();
  });
  after(() => material.remove());

  for (const [index, row] of rows.entries()) {
    for (const version of bothVersions) {
      test(`${row.name}, ${version}: ${row.code}`, async () => {
        const { result, server } = await runRow(toRow(row, index), material, version);
        assert.equal(server.connections, 1);
        if (row.code === "accepted") {
          assert.equal(responseOf(result).status, 200);
          return assert.equal(result.connection?.tls?.clientCertificate.presented, true);
        }
        const failure = failureOf(result);
        assert.equal(failure.code, row.code, failure.detail);
        assert.equal(failure.title, row.title);
        assert.match(failure.detail, new RegExp(`localhost:${server.port} asked for a client certificate`));
        assert.match(failure.detail, row.detail ?? /./);
        assert.match(failure.fix, row.fix ?? /./);
        assert.equal(server.applicationBytes, 0, "the server gave no request to HTTP");
      });
    }
  }

  function toRow({ name, client }: ClientRow, index: number): Row {
    return {
      name,
      server: ({ pki }, version) =>
        tlsServer(
          { ...serverIdentity(pki.server), ca: pki.root.certificatePem, requestCert: true, rejectUnauthorized: true },
          version,
        ),
      profile: async (all): Promise<Partial<TlsProfile>> => {
        const identity = await client?.(all);
        if (!identity) return {};
        return {
          // A name of its own for each run: the certificates are made anew.
          cert: await all.file(
            `client-${index}-${identity.chainPem.length}-${Math.random()}.pem`,
            identity.chainPem,
            "cert",
          ),
          key: await all.file(`client-${index}-${Math.random()}.key`, identity.privateKeyPem, "key"),
          minVersion: "TLSv1.2",
        };
      },
    };
  }
});
