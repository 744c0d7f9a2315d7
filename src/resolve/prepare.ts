import { Failure } from "../common/failure.ts";
import { err, ok, type Result } from "../common/result.ts";
import { plural } from "../common/units.ts";
import { checkSecret, createRedactor, type Environment, type Redactor, redactFailure } from "../secrets/index.ts";
import { resolveProfile, resolveTimeouts, type Settings, shownFile } from "../settings/index.ts";
import type { TlsProfile } from "../settings/tls-profile.ts";
import type { BodyNode, RequestBlock, RequestFile, RequestNode } from "../syntax/index.ts";
import { basicCredentials } from "./basic-credentials.ts";
import { type BodyTemplate, buildBody } from "./body.ts";
import { buildHeaders, type HeaderTemplate } from "./headers.ts";
import { readMethod } from "./method.ts";
import { readOrigin } from "./origin.ts";
import { createLocate, type Locate } from "./places.ts";
import type { PreparedRequest } from "./prepared-request.ts";
import { requestTimeouts, withRequestTimeouts } from "./request-timeouts.ts";
import { Scope } from "./scope.ts";
import { SecretReader } from "./secret-reader.ts";
import { type Located, readTarget } from "./target.ts";
import { fill, secretsOf, shownTemplate, type Template } from "./template.ts";
import { buildUrl } from "./url.ts";

export interface PrepareInput {
  readonly file: RequestFile;
  /** One of `file.blocks`. */
  readonly block: RequestBlock;
  /** Absolute. */
  readonly filePath: string;
  readonly settings: Settings;
  readonly environment: Environment;
  /** Reads a body file; from the disk unless given. The path is absolute, inside the workspace and free of links. */
  readonly readFile?: (path: string) => Promise<Uint8Array>;
}

/**
 * Makes a block ready to be sent, or says why it must not be. The host is found first; then every secret is checked
 * against it; only then is a value read, and put in once. Opens no connection. Never rejects with a `Failure`: it is
 * the error, with known secret values already replaced in its texts.
 */
export async function prepareRequest(input: PrepareInput): Promise<Result<PreparedRequest, Failure>> {
  const redactor = createRedactor();
  try {
    return ok(await prepare(input, redactor));
  } catch (error) {
    if (error instanceof Failure) return err(redactFailure(error, redactor));
    throw error;
  }
}

async function prepare(input: PrepareInput, redactor: Redactor): Promise<PreparedRequest> {
  const { file, block, filePath, settings } = input;
  const locate = createLocate(file.text, shownFile(settings.root, filePath));
  refuseProblems(file, block, locate);
  const { request } = block;
  if (!request) throw noRequest(block, locate);

  // All of them, not only those that this request uses: a server can send back what an earlier request gave it.
  for (const { name } of settings.secrets) redactor.add(name, input.environment.get(name) ?? "");
  const scope = new Scope(file, locate);
  const secrets = new SecretReader(input.environment, redactor, settings);
  const timeouts = requestTimeouts(block, locate);
  const method = readMethod(request, scope, locate);
  const headers = headerTemplates(request, scope, locate);
  const body = bodyTemplate(request.body, scope, locate);
  const url = { template: scope.expandUrl(request.url), location: locate(request.url.range) };
  const hostHeader = headers.find(({ name }) => name.toLowerCase() === "host");
  const host = hostHeader && { template: hostHeader.value, location: hostHeader.location };

  const target = readTarget(url, host, secrets);
  const origin = readOrigin(target, settings, secrets, redactor);
  const templates = [target.userinfo ?? [], target.rest, ...headers.map(({ value }) => value), bodyText(body)];
  checkSecrets(templates, settings, origin);
  if (host) checkSecrets(templates, settings, namedHost(host, origin, secrets));

  const profile = readProfile(settings, origin, input.environment, redactor);
  const bytes = await buildBody(
    body,
    { requestFile: filePath, root: settings.root, readFile: input.readFile },
    secrets,
  );
  const fields = buildHeaders(headers, secrets, bytes?.length ?? 0);
  const hasAuthorization = fields.some(([name]) => name.toLowerCase() === "authorization");
  const credentials = hasAuthorization ? undefined : basicCredentials(target, secrets, redactor);
  return {
    method,
    url: buildUrl(target, origin, secrets),
    headers: credentials === undefined ? fields : [...fields, ["Authorization", credentials]],
    body: bytes,
    profile,
    timeouts: withRequestTimeouts(resolveTimeouts(settings, origin), timeouts),
    name: block.name?.text,
    location: locate(request.lineRange),
    redactor,
    secretNames: secrets.names,
  };
}

/** A block that could not be read as meant is not sent; what is wrong in other blocks does not matter here. */
function refuseProblems(file: RequestFile, block: RequestBlock, locate: Locate): void {
  const isLast = block.range.end === file.range.end;
  const errors = file.problems.filter(
    ({ severity, range }) =>
      severity === "error" && range.start >= block.range.start && (range.start < block.range.end || isLast),
  );
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` Also ${plural(errors.length - 1, "more problem")} in this request.` : "";
  const location = locate(first.range);
  throw new Failure({
    code: "parse.error",
    title: "The request cannot be read",
    detail: `${first.message}${more} Nothing was sent.`,
    fix: `Correct line ${location.line} of ${location.file} and send again.`,
    location,
  });
}

function noRequest(block: RequestBlock, locate: Locate): Failure {
  return new Failure({
    code: "parse.error",
    title: "There is no request here",
    detail: "This part of the file holds only comments, directives or variables.",
    fix: 'Write a request line, such as "GET https://example.com/".',
    location: locate({ start: block.range.start, end: block.range.start }),
  });
}

function headerTemplates(request: RequestNode, scope: Scope, locate: Locate): HeaderTemplate[] {
  return request.headers.map(({ name, value, range }) => ({
    name: name.text,
    value: scope.expandForHead(value.text, value.range.start),
    location: locate(range),
  }));
}

function bodyTemplate(body: BodyNode, scope: Scope, locate: Locate): BodyTemplate {
  if (body.kind === "none") return body;
  if (body.kind === "inline") {
    return { kind: "inline", content: scope.expand(body.content.text, body.content.range.start) };
  }
  const { text, range } = body.path;
  return { kind: "file", path: scope.expandForHead(text, range.start), location: locate(range) };
}

function bodyText(body: BodyTemplate): Template {
  return body.kind === "none" ? [] : body.kind === "inline" ? body.content : body.path;
}

/**
 * Behind one front end a `Host` header leads to another site (RFC 9110 §7.2) than the one that was verified: a secret
 * must be allowed for both. The origin itself where both name the same host.
 */
function namedHost({ template, location }: Located, origin: URL, secrets: SecretReader): URL {
  const text = fill(template, (secret) => secrets.readForHead(secret, "the Host header"));
  const named = URL.parse(`${origin.protocol}//${text}/`);
  if (named?.hostname === origin.hostname) return origin;
  if (named && /^[^/?#@\\]+$/.test(text)) {
    return new URL(`${origin.protocol}//${named.hostname}${origin.port && `:${origin.port}`}/`);
  }
  throw new Failure({
    code: "value.bad-header",
    title: "The Host header is not a host",
    detail: `${shownTemplate(template)} is not a host name or address with an optional port.`,
    fix: 'Write it as "Host: example.com", or leave it out: the URL\'s host is sent then.',
    location,
  });
}

function checkSecrets(templates: readonly Template[], settings: Settings, origin: URL): void {
  for (const secret of templates.flatMap(secretsOf)) {
    const allowed = checkSecret(settings, secret.name, origin);
    if (!allowed.ok) throw allowed.error.at(secret.location);
  }
}

/** What the settings take from the environment is as secret as what the request takes. */
function readProfile(settings: Settings, origin: URL, environment: Environment, redactor: Redactor): TlsProfile {
  const watched: Environment = {
    get: (name) => {
      const value = environment.get(name);
      if (value !== undefined) redactor.add(name, value);
      return value;
    },
  };
  const profile = resolveProfile(settings, origin, watched);
  if (!profile.ok) throw profile.error;
  const { passphrase } = profile.value;
  if (passphrase) redactor.add("passphrase", passphrase.value, "(passphrase)");
  return profile.value;
}
