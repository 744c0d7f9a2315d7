import { err, ok, type Result } from "../common/result.ts";
import { checkDays, checkHostPatterns, checkName, checkPassphrase } from "./check-order.ts";
import { authorityFiles, clientFiles } from "./file-names.ts";
import { forbidden, lifetime, openIssuer } from "./issuer.ts";
import { describe, organization, pemFiles, pfxFile } from "./made.ts";
import type { ClientOrder, Made } from "./orders.ts";
import type { Problem } from "./problem.ts";
import { readServerName } from "./server-names.ts";
import { forHosts, knownHosts } from "./used-hosts.ts";

/** A client's certificate from the authority of the folder: PEM files, or one PKCS#12 file. */
export async function makeClient(order: ClientOrder): Promise<Result<Made, Problem>> {
  const { place, force, keyType, days, passphrase, pfx = false, hosts = [] } = order;
  const name = order.name.trim();
  const problem =
    checkDays("client", days) ?? checkName(name) ?? checkPassphrase(passphrase, pfx) ?? checkHostPatterns(hosts);
  if (problem) return err(problem);
  const issuer = await openIssuer(place);
  if (!issuer.ok) return issuer;
  const { folder, authority } = issuer.value;
  const names = alternativeNames(name);
  const refused = forbidden(authority, names.hosts);
  if (refused) return err(refused);
  const { notAfter, warnings } = lifetime("client", days, authority);
  const client = await authority.issueClient({
    name,
    organization,
    ...names,
    notAfter,
    ...(keyType && { keyType }),
  });
  const files = clientFiles(name);
  const made = pfx ? [pfxFile(files, client, passphrase ?? "")] : pemFiles(files, client, passphrase);
  const written = await folder.write(made, force);
  if (!written.ok) return written;
  const variable = passphrase === undefined ? undefined : order.passphraseVariable;
  const settings = {
    ...(pfx
      ? { pfx: folder.shown(files.pfx) }
      : { cert: folder.shown(files.certificate), key: folder.shown(files.key) }),
    ...(variable !== undefined && { passphrase: `\${env:${variable}}` }),
    ca: [folder.shown(authorityFiles.certificate)],
  };
  return ok(
    await describe("client", folder, written.value, {
      identity: client,
      hosts: forHosts(hosts.length > 0 ? hosts : await knownHosts(folder), settings),
      warnings,
      keyType,
      isEncrypted: passphrase !== undefined,
    }),
  );
}

/** A name that is an e-mail address or a host's stands in the certificate as one, too. */
function alternativeNames(name: string): { readonly hosts: readonly string[]; readonly emails: readonly string[] } {
  if (/^[\x21-\x3f\x41-\x7e]+@[A-Za-z0-9.-]+$/.test(name)) return { hosts: [], emails: [name] };
  const host = name.includes(".") && !name.includes("*") ? readServerName(name) : undefined;
  return { hosts: host?.ok ? [host.value] : [], emails: [] };
}
