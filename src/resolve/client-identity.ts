import { dirname, resolve } from "node:path";
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

/** What a cURL command says about certificates, and the socket that it names. */
export type CurlIdentity = Readonly<Record<"cert" | "key" | "cacert" | "passphrase" | "socket", Located | undefined>>;

const noIdentity: CurlIdentity = {
  cert: undefined,
  key: undefined,
  cacert: undefined,
  passphrase: undefined,
  socket: undefined,
};

/** @throws {Failure} those of expanding a text */
export function readCurlIdentity(curl: CurlOptions | undefined, scope: Scope, locate: Locate): CurlIdentity {
  if (!curl) return noIdentity;
  const located = (span: CurlOptions["cert"]) =>
    span && { template: scope.expandForHead(span.text, span.range.start), location: locate(span.range) };
  const [cert, key, cacert] = [located(curl.cert), located(curl.key), located(curl.cacert)];
  const socket = located(curl.unixSocket);
  for (const path of [cert, key, cacert, socket]) if (path) refuseResponses(path.template, path.location);
  return { cert, key, cacert, passphrase: located(curl.passphrase), socket };
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
  { cert, key, cacert, passphrase, socket: unixSocket }: CurlIdentity,
  values: ValueReader,
  place: IdentityPlace,
): TlsProfile {
  const file = (option: string, part: Located | undefined): FileReference | undefined => {
    if (!part) return undefined;
    const value = fill(part.template, (piece) => values.readForHead(piece, `the path of ${option}`));
    const written = shownTemplate(part.template);
    const path = resolve(dirname(place.requestFile), value);
    const folders = allowedFolders(place.settings);
    const passphraseFix = "Give it to the command as --pass, from a variable such as {{$env.CLIENT_KEY_PASSPHRASE}}.";
    return { value, path, written, setting: `curl › ${option}`, location: part.location, folders, passphraseFix };
  };
  const ca = file("--cacert", cacert);
  const socket = file("--unix-socket", unixSocket);
  const client = file("--cert", cert);
  const isPfx = isPfxName(client?.value);
  return {
    ...profile,
    ...(ca && { ca: [ca] }),
    ...(socket && { socket }),
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
 * Such a file cannot hold a passphrase: whoever opens an encrypted key asks for it, whether it says
 * `hasCertificatePassphrase` or not.
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
  const passphraseFix = howToNamePassphrase(identity, origin, settings, profile.pattern);
  const file = (name: string, path: string | undefined): FileReference | undefined => {
    if (path === undefined) return undefined;
    const written = shownFile(settings.root, path);
    const folders = allowedFolders(settings);
    return { value: written, path, written, setting: `SSLConfiguration › ${name}`, location, folders, passphraseFix };
  };
  const cert = file("clientCertificate", identity.cert);
  const isPfx = isPfxName(cert?.path);
  return {
    ...profile,
    cert: isPfx ? undefined : cert,
    pfx: isPfx ? cert : undefined,
    key: isPfx ? undefined : file("clientCertificateKey", identity.key),
  };
}

/** Entries are not merged: one that is there has to grow. */
function howToNamePassphrase(
  { cert, key }: EnvironmentIdentity,
  origin: URL,
  settings: Settings,
  pattern: string | undefined,
): string {
  const member = (name: string, path: string | undefined) =>
    path === undefined ? "" : `"${name}": ${JSON.stringify(shownFile(settings.root, path))}, `;
  const isPfx = isPfxName(cert);
  const files = isPfx ? member("pfx", cert) : member("cert", cert) + member("key", key);
  const members = `${files}"passphrase": "$\{env:NAME}"`;
  const how =
    pattern === undefined
      ? settings.howToAdd("padlock.hosts", `${JSON.stringify(patternFor(origin))}: { ${members} }`)
      : `add ${members} to the entry "${pattern}" of padlock.hosts in ${settings.file}`;
  return `Such a file cannot hold a passphrase. VS Code asks for it; for the command line ${how}, and put the passphrase into the environment variable NAME.`;
}

function isPfxName(path: string | undefined): boolean {
  return /\.(?:p12|pfx)$/i.test(path ?? "");
}
