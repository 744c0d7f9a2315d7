import { isIP } from "node:net";

/** The files of one certificate, by the names that they have in their folder. */
export interface FileNames {
  readonly certificate: string;
  readonly key: string;
  readonly pfx: string;
}

export const authorityFiles: FileNames = namesOf("ca");

/** `name`: the first one of the certificate. */
export function serverFiles(name: string): FileNames {
  return namesOf(`server-${fileWord(name.replace(/^\*/, "_wildcard"))}`);
}

export function clientFiles(name: string): FileNames {
  return namesOf(`client-${fileWord(name)}`);
}

/** Is this the certificate of a server among the files of a folder? */
export function isServerCertificate(file: string): boolean {
  return file.startsWith("server-") && file.endsWith(".pem") && !file.endsWith("-key.pem");
}

function namesOf(stem: string): FileNames {
  return { certificate: `${stem}.pem`, key: `${stem}-key.pem`, pfx: `${stem}.p12` };
}

/** Without what any system gives a meaning in a name; letters and digits of all scripts stay. */
function fileWord(name: string): string {
  const word = isIP(name) === 6 ? `ipv6-${name.replaceAll(":", "_")}` : name;
  const plain = word.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}@+._-]+/gu, "-");
  return plain.slice(0, 80).replace(/[.-]+$/, "") || "unnamed";
}
