import { createAuthority } from "../../../support/pki.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { type CrlOptions, makeCrl } from "../../../support/tls/crl.ts";
import { daysFromNow } from "../../../support/tls/hand-made.ts";
import type { Material } from "./material.ts";
import { type RefusedRow, tlsServer, type Version } from "./row.ts";

/* Certificates that were withdrawn, lists that do not tell, and keys that are not the pinned ones. */

const good = ({ pki }: Material, version: Version) => tlsServer(serverIdentity(pki.server), version);

/** One file with the lists of both authorities. */
const lists =
  (name: string, root: (m: Material) => CrlOptions, intermediate: (m: Material) => CrlOptions) =>
  async (material: Material) => {
    const made = await Promise.all([
      makeCrl(material.pki.root, root(material)),
      makeCrl(material.pki.intermediate, intermediate(material)),
    ]);
    return { crl: [await material.file(name, made.map(({ pem }) => pem).join(""), "crl")] };
  };
const none = () => ({});
const full = ["localhost", "Test Intermediate", "Test Root"];

export const refusedRevocation: readonly RefusedRow[] = [
  {
    name: "revoked",
    server: good,
    profile: lists("revoked.crl", none, ({ pki }) => ({ revoked: [pki.server] })),
    code: "tls.revoked",
    title: /^The server's certificate was revoked on \d{4}-\d\d-\d\d$/,
    about: "localhost",
    detail: [
      /“Test Intermediate” withdrew it on \d{4}-\d\d-\d\d \d\d:\d\d UTC, reason: key compromise, as revoked\.crl of /,
    ],
    fix: "must replace its certificate",
    chain: full,
  },
  {
    name: "revoked intermediate",
    server: good,
    profile: lists("revoked-intermediate.crl", ({ pki }) => ({ revoked: [pki.intermediate] }), none),
    code: "tls.revoked",
    title: /^An authority of the server was revoked on \d{4}-\d\d-\d\d$/,
    about: "Test Intermediate",
    detail: ["“Test Root” withdrew it on "],
    fix: "must replace its certificate",
    chain: full,
  },
  {
    name: "no revocation list of an authority of the chain",
    server: good,
    profile: async (material) => ({
      crl: [await material.file("only-root.crl", (await makeCrl(material.pki.root)).pem, "crl")],
    }),
    code: "tls.crl-missing",
    title: "There is no revocation list of “Test Intermediate”",
    about: "localhost",
    detail: ["There are lists of “Test Root” (only-root.crl)", "padlock.hosts › localhost:* › crl"],
    fix: 'add its file to "crl" in the entry "localhost:*" of padlock.hosts',
    chain: full,
  },
  {
    name: "a revocation list that is out of date",
    server: good,
    profile: lists("old.crl", none, () => ({ thisUpdate: daysFromNow(-20), nextUpdate: daysFromNow(-10) })),
    code: "tls.crl-expired",
    title: "The revocation list of “Test Intermediate” is out of date",
    about: "localhost",
    detail: [/old\.crl is of \d{4}-\d\d-\d\d \d\d:\d\d UTC, and “Test Intermediate” promised a newer one for \d{4}-/],
    fix: "Get the present list of “Test Intermediate” and put it in place of old.crl",
    chain: full,
  },
  {
    name: "a revocation list that is not valid yet",
    server: good,
    profile: lists("early.crl", () => ({ thisUpdate: daysFromNow(2), nextUpdate: daysFromNow(10) }), none),
    code: "tls.crl-expired",
    title: "The revocation list of “Test Root” is not valid yet",
    about: "localhost",
    fix: "Check this machine's clock",
    chain: full,
  },
  {
    name: "a revocation list that another key has signed",
    server: good,
    profile: async (material) => {
      const signer = await createAuthority({ name: "Somebody" });
      return lists("forged.crl", none, () => ({ signer }))(material);
    },
    code: "tls.crl-missing",
    title: "A revocation list is not signed by the authority that it names",
    detail: ["“Test Root” (forged.crl), “Test Intermediate” (forged.crl)"],
    about: "localhost",
    fix: "Get the lists again",
    chain: full,
  },
  {
    name: "another key than the pinned one",
    server: good,
    profile: async () => ({ pins: [`sha256/${"A".repeat(43)}=`, `sha256/${"B".repeat(43)}=`] }),
    code: "tls.pin-mismatch",
    title: "The server does not show the pinned key",
    about: "localhost",
    detail: [
      /“localhost” sha256\/\S{44}, “Test Intermediate” sha256\/\S{44}, “Test Root” sha256\/\S{44}\./,
      `Pinned are sha256/${"A".repeat(43)}=, sha256/${"B".repeat(43)}= (padlock.hosts › localhost:* › pins).`,
    ],
    fix: 'add the new pin to "pins" in the entry "localhost:*" of padlock.hosts',
    chain: full,
  },
];
