import { Failure, type FailureInit } from "../common/failure.ts";
import { shellWord } from "../common/shell-word.ts";
import { clearPassphrase, type OutsidePath, outsideFailure } from "../settings/index.ts";
import type { ExpandedString, FileReference } from "../settings/tls-profile.ts";
import { mistakeIn, type Wanted } from "./file-contents.ts";

/** A failure that names the setting of a file and where it stands, unless it says better itself. */
export function identityFailure(file: FileReference, init: FailureInit): Failure {
  return new Failure({ setting: file.setting, location: file.location, ...init });
}

export function outsideFile(file: FileReference, what: string, outside: OutsidePath): Failure {
  const title = `The ${what} ${file.written} is outside the workspace`;
  const detail = `${file.setting} names ${file.written}, which leads out of the workspace folder. Nothing was read or sent.`;
  return outsideFailure(outside, { title, detail, location: file.location, setting: file.setting });
}

/** `reason`: as the end of a sentence. */
export function missingFile(
  file: FileReference,
  what: string,
  { isMissing, reason }: { readonly isMissing: boolean; readonly reason: string },
): Failure {
  return identityFailure(file, {
    code: "identity.file-missing",
    title: `The ${what} ${file.written} ${isMissing ? "does not exist" : "cannot be read"}`,
    detail: `${file.setting} names ${file.written}, but ${reason}: ${file.path}. The request was not sent without it.`,
    fix: `Put the file there, or change ${file.setting}. Relative paths start at the workspace folder.`,
  });
}

/** A file that does not hold what its setting is for. */
export function notReadable(file: FileReference, bytes: Buffer, wanted: Wanted, cause?: unknown): Failure {
  const { holds, fix } = mistakeIn(bytes, wanted, file.setting);
  const names = {
    certificate: ["certificate", "client certificate"],
    key: ["private key", "private key"],
    pfx: ["client certificate", "PKCS#12 file of a client certificate"],
    authority: ["certificate", "certificate authority"],
  }[wanted];
  return identityFailure(file, {
    code: "identity.not-pem",
    title: `${file.written} holds no ${names[0]} that can be read`,
    detail: `${file.setting} names ${file.written} as the ${names[1]}, but the file ${holds}. Nothing was sent.`,
    fix: fix.replaceAll("FILE", shellWord(file.value)),
    cause,
  });
}

export function passphraseMissing(file: FileReference, cause?: unknown): Failure {
  const setting = passphraseOf(file);
  const byFile = `Set ${setting} to "\${env:NAME}" and put the passphrase into the environment variable NAME. Never write a passphrase into the settings file.`;
  return identityFailure(file, {
    code: "identity.passphrase-missing",
    title: `${file.written} is encrypted and no passphrase is set`,
    detail: `The private key in ${file.written} can only be read with its passphrase, and ${file.passphraseFix === undefined ? `${setting} is not set` : "none is known"}. Nothing was sent.`,
    fix: file.passphraseFix ?? byFile,
    cause,
  });
}

export function passphraseWrong(file: FileReference, passphrase: ExpandedString, cause: unknown): Failure {
  const isReference = passphrase.written !== clearPassphrase;
  return identityFailure(file, {
    code: "identity.passphrase-wrong",
    title: `The passphrase for ${file.written} is wrong`,
    detail: `${file.written} was found and is encrypted, but the passphrase ${isReference ? `from ${passphrase.written}` : "in the settings file"} (${passphrase.setting}) does not open it.`,
    fix: isReference
      ? `Check the value behind ${passphrase.written}: a stray space or line end, another key's passphrase, or an old one after the key was renewed.`
      : `Take the passphrase out of the settings file: put it into an environment variable and write "\${env:NAME}" in ${passphrase.setting}.`,
    location: passphrase.location,
    setting: passphrase.setting,
    cause,
  });
}

/** Somebody believes the key to be protected, or the passphrase belongs to another file: both are worth knowing. */
export function passphraseUnneeded(file: FileReference, passphrase: ExpandedString): Failure {
  return identityFailure(file, {
    code: "identity.passphrase-unneeded",
    title: `${file.written} is not encrypted, but a passphrase is set for it`,
    detail: `${passphrase.setting} gives a passphrase, and the private key in ${file.written} can be read without one, by everybody who gets the file. Nothing was sent.`,
    fix: `Encrypt the key, or take ${passphrase.setting} away. If the key was meant to be encrypted, this may be the wrong file.`,
    location: passphrase.location,
    setting: passphrase.setting,
  });
}

/** The setting beside a file that holds its passphrase. */
function passphraseOf(file: FileReference): string {
  return file.setting.replace(/[^›]*$/, " passphrase");
}

/** The `code` of a system or OpenSSL error; "" where there is none. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
