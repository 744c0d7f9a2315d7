import { dirname, resolve } from "node:path";
import { Failure } from "../common/failure.ts";
import {
  allowedFolders,
  clearPassphrase,
  type EnvironmentIdentity,
  type FileReference,
  patternFor,
  type Settings,
  shownFile,
  type TlsProfile,
} from "../settings/index.ts";
import type { CurlOptions } from "../syntax/index.ts";
import { refuseResponses } from "./author-paths.ts";
import type { Locate } from "./places.ts";
import type { Scope } from "./scope.ts";
import type { Located } from "./target.ts";
import { fill, shownTemplate, type Template, valuesOf } from "./template.ts";
import type { ValueReader } from "./value-reader.ts";

/** What a cURL command says about certificates. */
export type CurlIdentity = Readonly<Record<"cert" | "key" | "cacert" | "passphrase", Located | undefined>>;

const noIdentity: CurlIdentity = { cert: undefined, key: undefined, cacert: undefined, passphrase: undefined };

/** @throws {Failure} those of expanding a text */
export function readCurlIdentity(curl: CurlOptions | undefined, scope: Scope, locate: Locate): CurlIdentity {
  if (!curl) return noIdentity;
  const located = (span: CurlOptions["cert"]) =>
    span && { template: scope.expandForHead(span.text, span.range.start), location: locate(span.range) };
  const [cert, key, cacert] = [located(curl.cert), located(curl.key), located(curl.cacert)];
  for (const path of [cert, key, cacert]) if (path) refuseResponses(path.template, path.location);
  return { cert, key, cacert, passphrase: located(curl.passphrase) };
}

export function templatesOf(identity: CurlIdentity): readonly Template[] {
  return Object.values(identity).map((part) => part?.template ?? []);
}

/** Where the paths of a request file and of its environment files may lead. */
export interface IdentityPlace {
  /** Absolute. */
  readonly requestFile: string;
  readonly settings: Settings;
}

/** `settings` without any client certificate: nothing of them is read. */
export function withoutIdentities(settings: Settings): Settings {
  const hosts = settings.hosts.map(({ cert, key, pfx, passphrase, ...rest }) => rest);
  return { ...settings, hosts };
}

/** The profile with the files that the cURL command names in the place of the settings' ones. */
export function withCurlIdentity(
  profile: TlsProfile,
  { cert, key, cacert, passphrase }: CurlIdentity,
  values: ValueReader,
  place: IdentityPlace,
): TlsProfile {
  const file = (option: string, part: Located | undefined): FileReference | undefined => {
    if (!part) return undefined;
    const value = fill(part.template, (piece) => values.readForHead(piece, `the path of ${option}`));
    const written = shownTemplate(part.template);
    const path = resolve(dirname(place.requestFile), value);
    const folders = allowedFolders(place.settings);
    return { value, path, written, setting: `curl › ${option}`, location: part.location, folders };
  };
  const ca = file("--cacert", cacert);
  const client = file("--cert", cert);
  const isPfx = /\.(?:p12|pfx)$/i.test(client?.value ?? "");
  return {
    ...profile,
    ...(ca && { ca: [ca] }),
    ...(client && {
      cert: isPfx ? undefined : client,
      pfx: isPfx ? client : undefined,
      key: file("--key", key),
      passphrase: passphrase && {
        value: fill(passphrase.template, (piece) => values.read(piece)),
        written: isReference(passphrase.template) ? shownTemplate(passphrase.template) : clearPassphrase,
        setting: "curl › --pass",
        location: passphrase.location,
      },
    }),
  };
}

/** Only such a passphrase may be shown. */
function isReference(template: Template): boolean {
  return template.length === 1 && valuesOf(template).length === 1;
}

/**
 * The profile with the `SSLConfiguration` of the environment where the settings name no client certificate for the host.
 * @throws {Failure} `identity.passphrase-missing`
 */
export function withEnvironmentIdentity(
  profile: TlsProfile,
  identity: EnvironmentIdentity | undefined,
  origin: URL,
  { settings }: IdentityPlace,
): TlsProfile {
  const hasOwn = profile.cert ?? profile.key ?? profile.pfx;
  if (!identity || hasOwn || origin.protocol !== "https:" || !(identity.cert ?? identity.key)) return profile;
  const { location } = identity;
  if (identity.hasPassphrase) throw passphraseNeeded(identity, origin, settings);
  const file = (name: string, path: string | undefined): FileReference | undefined => {
    if (path === undefined) return undefined;
    const written = shownFile(settings.root, path);
    const folders = allowedFolders(settings);
    return { value: path, path, written, setting: `SSLConfiguration › ${name}`, location, folders };
  };
  const cert = file("clientCertificate", identity.cert);
  const isPfx = /\.(?:p12|pfx)$/i.test(cert?.path ?? "");
  return {
    ...profile,
    cert: isPfx ? undefined : cert,
    pfx: isPfx ? cert : undefined,
    key: isPfx ? undefined : file("clientCertificateKey", identity.key),
  };
}

function passphraseNeeded(identity: EnvironmentIdentity, origin: URL, settings: Settings): Failure {
  const file = (path: string | undefined) => JSON.stringify(path === undefined ? "…" : shownFile(settings.root, path));
  const entry = `"cert": ${file(identity.cert)}, "key": ${file(identity.key)}, "passphrase": "$\{env:NAME}"`;
  return new Failure({
    code: "identity.passphrase-missing",
    title: "The passphrase of the client certificate is not known",
    detail: `The SSLConfiguration of ${identity.location.file} says that the client certificate has a passphrase, and such a file cannot hold it. Nothing was sent.`,
    fix: `To name it, ${settings.howToAdd("padlock.hosts", `${JSON.stringify(patternFor(origin))}: { ${entry} }`)}.`,
    location: identity.location,
    setting: `padlock.hosts › ${patternFor(origin)} › passphrase`,
  });
}
