import { err, ok, type Result } from "../common/result.ts";
import { checkDays, longestName, readServerNames } from "./check-order.ts";
import { authorityFiles, serverFiles } from "./file-names.ts";
import { forbidden, lifetime, openIssuer } from "./issuer.ts";
import { describe, organization, pemFiles } from "./made.ts";
import type { Made, ServerOrder } from "./orders.ts";
import type { Problem } from "./problem.ts";
import { forHosts, hostPatterns } from "./used-hosts.ts";

/** A server's certificate from the authority of the folder, with its key. */
export async function makeServer(order: ServerOrder): Promise<Result<Made, Problem>> {
  const { place, force, keyType, days } = order;
  const problem = checkDays("server", days);
  if (problem) return err(problem);
  const names = readServerNames(order.names);
  if (!names.ok) return names;
  const issuer = await openIssuer(place);
  if (!issuer.ok) return issuer;
  const { folder, authority } = issuer.value;
  const refused = forbidden(authority, names.value);
  if (refused) return err(refused);
  const [first = ""] = names.value;
  const { notAfter, warnings } = lifetime("server", days, authority);
  const server = await authority.issueServer({
    // Nothing reads the common name of a server any more (RFC 9525 §2): it is for people.
    name: first.length > longestName ? "" : first,
    organization,
    hosts: names.value,
    notAfter,
    ...(keyType && { keyType }),
  });
  const written = await folder.write(pemFiles(serverFiles(first), server), force);
  if (!written.ok) return written;
  const hosts = forHosts(hostPatterns(names.value), { ca: [folder.shown(authorityFiles.certificate)] });
  return ok(await describe("server", folder, written.value, { identity: server, hosts, warnings, keyType }));
}
