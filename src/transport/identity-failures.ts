import { Failure, type FailureInit } from "../common/failure.ts";
import { clearPassphrase } from "../settings/index.ts";
import type { ExpandedString, FileReference } from "../settings/tls-profile.ts";

/** A failure that names the setting of a file and where it stands, unless it says better itself. */
export function identityFailure(file: FileReference, init: FailureInit): Failure {
  return new Failure({ setting: file.setting, location: file.location, ...init });
}

export function passphraseMissing(file: FileReference, cause?: unknown): Failure {
  const setting = file.setting.replace(/[^›]*$/, " passphrase");
  return identityFailure(file, {
    code: "identity.passphrase-missing",
    title: `${file.written} is encrypted and no passphrase is set`,
    detail: `The private key in ${file.written} can only be read with its passphrase, and ${setting} is not set.`,
    fix: `Set ${setting} to "\${env:NAME}" and put the passphrase into the environment variable NAME. Never write a passphrase into the settings file.`,
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

/** The `code` of a system or OpenSSL error; "" where there is none. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
