import { dirname, resolve } from "node:path";
import type { Node } from "jsonc-parser";
import type { EnvironmentDocument, Member } from "./document.ts";
import { type EnvironmentLog, wrongType } from "./log.ts";
import type { EnvironmentIdentity } from "./model.ts";

/** JetBrains' `SSLConfiguration` of one environment in one file; relative paths start at that file's folder. */
export function readIdentity(
  document: EnvironmentDocument,
  { key, keyNode, value }: Member,
  environment: string,
  log: EnvironmentLog,
): EnvironmentIdentity | undefined {
  const subject = `${environment} › ${key}`;
  if (value.type !== "object") {
    log.problems.push(wrongType(document, value, subject, 'Write { "clientCertificate": "client.pem" }.'));
    return undefined;
  }
  const members = new Map(document.members(value).map((member) => [member.key, member.value]));
  const file = (name: string) => {
    const node = members.get(name);
    return node && readPath(document, node, `${subject} › ${name}`, log);
  };
  const flag = (name: string) => {
    const node = members.get(name);
    if (node && node.type !== "boolean") {
      log.problems.push(wrongType(document, node, `${subject} › ${name}`, "Write true or false."));
    }
    return node?.value === true;
  };
  const verify = members.get("verifyHostCertificate");
  if (verify && !flag("verifyHostCertificate") && verify.type === "boolean") {
    log.warnings.push(
      document.failure(
        "settings.unknown-key",
        verify,
        "Certificates are always verified",
        `${subject} › verifyHostCertificate is false, and Padlock verifies every server's certificate all the same.`,
        'Remove the line. For a server with a certificate of your own authority name that authority as "ca" of its host in padlock.hosts.',
      ),
    );
  }
  return {
    cert: file("clientCertificate"),
    key: file("clientCertificateKey"),
    hasPassphrase: flag("hasCertificatePassphrase"),
    location: document.locate(keyNode),
  };
}

/** `"client.pem"` or `{ "path": "client.pem", "format": "PEM" }`; the format is seen in the file itself. */
function readPath(document: EnvironmentDocument, node: Node, subject: string, log: EnvironmentLog): string | undefined {
  const path = node.type === "object" ? document.members(node).find(({ key }) => key === "path")?.value : node;
  if (path?.type === "string" && path.value !== "") return resolve(dirname(document.file.path), String(path.value));
  const fix = 'Write the path as "client.pem" or { "path": "client.pem" }; it starts at the folder of this file.';
  log.problems.push(wrongType(document, path ?? node, subject, fix));
  return undefined;
}

/** The parts that the stronger file leaves out come from the weaker one. */
export function joinIdentities(
  strong: EnvironmentIdentity | undefined,
  weak: EnvironmentIdentity | undefined,
): EnvironmentIdentity | undefined {
  if (!strong || !weak) return strong ?? weak;
  return {
    cert: strong.cert ?? weak.cert,
    key: strong.key ?? weak.key,
    hasPassphrase: strong.hasPassphrase || weak.hasPassphrase,
    location: strong.location,
  };
}
