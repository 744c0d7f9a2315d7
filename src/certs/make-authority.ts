import { hostname, userInfo } from "node:os";
import { err, ok, type Result } from "../common/result.ts";
import { checkDays, checkName, longestName, readServerNames } from "./check-order.ts";
import { authorityFiles } from "./file-names.ts";
import { CertificateFolder } from "./folder.ts";
import { describe, endOf, organization, pemFiles } from "./made.ts";
import type { AuthorityOrder, Made } from "./orders.ts";
import { createAuthority } from "./pki.ts";
import type { Problem } from "./problem.ts";
import { forHosts, hostPatterns, knownHosts } from "./used-hosts.ts";

/** A root for development, with its key; it may issue certificates for servers and clients, and no other authority. */
export async function makeAuthority(order: AuthorityOrder): Promise<Result<Made, Problem>> {
  const { place, force, keyType, days, name = ownName(), only = [] } = order;
  const problem = checkDays("authority", days) ?? checkName(name);
  if (problem) return err(problem);
  const permitted = readServerNames(only);
  if (!permitted.ok) return permitted;
  const opened = await CertificateFolder.open(place);
  if (!opened.ok) return opened;
  const folder = opened.value;
  const replaces = (await folder.names()).includes(authorityFiles.certificate);
  const authority = await createAuthority({
    name,
    organization,
    pathLength: 0,
    permitted: permitted.value.map((host) => host.replace(/^\*\./, "")),
    notAfter: endOf("authority", days),
    ...(keyType && { keyType }),
  });
  const written = await folder.write(pemFiles(authorityFiles, authority), force);
  if (!written.ok) return written;
  const patterns = only.length > 0 ? hostPatterns(permitted.value) : await knownHosts(folder);
  return ok(
    await describe("authority", folder, written.value, {
      identity: authority,
      hosts: forHosts(patterns, { ca: [folder.shown(authorityFiles.certificate)] }),
      warnings: replaces ? [outdated] : [],
      keyType,
    }),
  );
}

const outdated = "What the earlier authority issued is not trusted any more: make it anew, too.";

/** Tells the authorities of several people and machines apart. */
function ownName(): string {
  return `${userInfo().username}@${hostname()}`.slice(0, longestName);
}
