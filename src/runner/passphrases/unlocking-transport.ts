import { Failure } from "../../common/failure.ts";
import { clearPassphrase, type FileReference, type TlsProfile } from "../../settings/index.ts";
import type { Transport } from "../../transport/index.ts";
import { canceledBeforeSending } from "../canceled.ts";
import { type Passphrases, passphraseKey } from "./passphrases.ts";

export interface UnlockPorts {
  readonly passphrases: Passphrases;
  /** Undefined for a question that was dismissed; rejects where nobody can be asked. */
  readonly ask: (question: PassphraseQuestion, signal: AbortSignal) => Promise<string | undefined>;
  /** Gets each passphrase before it is used: no output may show it. */
  readonly onPassphrase: (passphrase: string) => void;
}

export interface PassphraseQuestion {
  /** The key file, as the settings write it. */
  readonly name: string;
  readonly text: string;
  readonly isSecret: true;
  /** Of the setting that names the key file; 1-based. */
  readonly file: string;
  readonly line: number;
}

const mostTries = 3;

/**
 * A transport that asks for the passphrase of an encrypted client key where the settings give none. It is kept for the
 * session and never written. Where nobody answers, the transport's own failure says what to set.
 */
export function unlockingTransport(transport: Pick<Transport, "send">, ports: UnlockPorts): Pick<Transport, "send"> {
  return {
    send: (request, signal) =>
      unlocked(ports, request.profile, signal, (profile) => transport.send({ ...request, profile }, signal)),
  };
}

/** What becomes of a connection, whatever it is for. */
interface Attempt {
  readonly outcome:
    | { readonly kind: "response" | "handshake" }
    | { readonly kind: "failure"; readonly failure: Failure; readonly requestSent: boolean };
}

/** Makes the attempt, and makes it again with each passphrase that the person gives while the key is locked. */
export async function unlocked<Result extends Attempt>(
  { passphrases, ask, onPassphrase }: UnlockPorts,
  profile: TlsProfile,
  signal: AbortSignal,
  attempt: (profile: TlsProfile) => Promise<Result>,
): Promise<Result> {
  const file = keyFileOf(profile);
  const key = file && (await passphraseKey(file.path));
  if (!file || key === undefined) return attempt(profile);
  const attemptWith = (passphrase: string) => {
    onPassphrase(passphrase);
    return attempt({ ...profile, passphrase: typed(passphrase, file) });
  };

  const known = passphrases.get(key);
  const first = known === undefined ? await attempt(profile) : await attemptWith(known);
  let result = first;
  for (let tries = 0; tries < mostTries && isLocked(result, file); tries++) {
    passphrases.forget(key);
    const passphrase = await ask(questionFor(file, tries > 0), signal).catch(() => undefined);
    if (signal.aborted) return refusedWith(result, canceledBeforeSending());
    if (passphrase === undefined || passphrase === "") return first;
    result = await attemptWith(passphrase);
    if (!isLocked(result, file)) passphrases.remember(key, passphrase);
  }
  return isLocked(result, file) ? refusedWith(result, wrongThrice(file)) : result;
}

/** The encrypted file that a connection with this profile opens, unless its passphrase is configured. */
function keyFileOf({ passphrase, pfx, key, cert }: TlsProfile): FileReference | undefined {
  return passphrase ? undefined : (pfx ?? key ?? cert);
}

function typed(passphrase: string, { setting, location }: FileReference): NonNullable<TlsProfile["passphrase"]> {
  return { value: passphrase, written: clearPassphrase, setting, location };
}

/** This key, and not that of a proxy, was not opened: no connection was tried. */
function isLocked({ outcome }: Attempt, file: FileReference): boolean {
  if (outcome.kind !== "failure" || outcome.requestSent || outcome.failure.setting !== file.setting) return false;
  return ["identity.passphrase-missing", "identity.passphrase-wrong"].includes(outcome.failure.code);
}

function questionFor({ written, setting, location }: FileReference, isRepeated: boolean): PassphraseQuestion {
  const text = `The passphrase of the client key ${written}`;
  return {
    name: written,
    text: isRepeated ? `That did not open it. ${text}` : text,
    isSecret: true,
    file: location?.file ?? setting,
    line: location?.line ?? 1,
  };
}

function refusedWith<Result extends Attempt>(result: Result, failure: Failure): Result {
  return { ...result, outcome: { kind: "failure", failure, requestSent: false } };
}

function wrongThrice({ written, setting, location }: FileReference): Failure {
  return new Failure({
    code: "identity.passphrase-wrong",
    title: `The passphrase for ${written} is wrong`,
    detail: `None of the ${mostTries} answers opens ${written} (${setting}). Nothing was sent.`,
    fix: "Send again with the right passphrase. If nobody knows it, have the key renewed.",
    location,
    setting,
  });
}
