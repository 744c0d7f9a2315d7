import { Failure } from "../common/failure.ts";
import type { Note } from "../common/note.ts";
import { err, ok, type Result } from "../common/result.ts";
import { checkListed, createRedactor, type Redactor, redactFailure } from "../secrets/index.ts";
import { checkOutput, identityFiles, keyFiles, type Settings, shownFile } from "../settings/index.ts";
import type { RequestBlock, RequestFile, RequestNode } from "../syntax/index.ts";
import { basicCredentials } from "./basic-credentials.ts";
import { bodyHeaders, bodyTemplates, fillBody, prepareBody } from "./body/index.ts";
import { carriedBy } from "./carried.ts";
import { checkSecrets } from "./check-secrets.ts";
import { readCurlIdentity, templatesOf } from "./client-identity.ts";
import { buildHeaders, type HeaderTemplate, type SentHeader } from "./headers.ts";
import { namedHost } from "./host-header.ts";
import { asksForHttp2 } from "./http-version.ts";
import { addKnownSecrets } from "./known-secrets.ts";
import { readMethod } from "./method.ts";
import { readOrigin } from "./origin.ts";
import { fillOutput, readOutputs } from "./outputs.ts";
import { createLocate, type Locate } from "./places.ts";
import type { PreparedRequest } from "./prepared-request.ts";
import { readProfile } from "./profile.ts";
import { LanguagesNotLoaded, loadQueryLanguages } from "./query/index.ts";
import { noRequest, refuseEnvironmentProblems, refuseProblems } from "./refusals.ts";
import { requestLimits, requestTimeouts } from "./request-timeouts.ts";
import { Scope } from "./scope.ts";
import { scriptNotes } from "./script-notes.ts";
import { baseOf, readTarget, type Target } from "./target.ts";
import { needsPrompt, type Template, valuesOf } from "./template.ts";
import { buildUrl } from "./url.ts";
import { ValueReader } from "./value-reader.ts";
import type { ValueSources } from "./values/sources.ts";
import { Variables } from "./variables/variables.ts";

export interface PrepareInput {
  readonly file: RequestFile;
  /** One of `file.blocks`. */
  readonly block: RequestBlock;
  /** Absolute. */
  readonly filePath: string;
  readonly settings: Settings;
  readonly sources: ValueSources;
}

/**
 * Makes a block ready to be sent, or says why it must not be. The host is found first; then every secret is checked
 * against it; only then is a value read, and put in once. A person is asked last. Opens no connection. Never rejects
 * with a `Failure`: it is the error, with known secret values already replaced in its texts.
 */
export async function prepareRequest(input: PrepareInput): Promise<Result<PreparedRequest, Failure>> {
  const redactor = createRedactor();
  try {
    return ok(await prepare(input, redactor));
  } catch (error) {
    if (error instanceof Failure) return err(redactFailure(error, redactor));
    if (!(error instanceof LanguagesNotLoaded)) throw error;
    await loadQueryLanguages();
    return prepareRequest(input);
  }
}

async function prepare(input: PrepareInput, redactor: Redactor): Promise<PreparedRequest> {
  const { file, block, filePath, settings, sources } = input;
  const shown = shownFile(settings.root, filePath);
  const locate = createLocate(file.text, shown);
  refuseProblems(file, block, locate);
  const { request } = block;
  if (!request) throw noRequest(block, locate);
  refuseEnvironmentProblems(sources.environments);

  await addKnownSecrets(settings, sources, redactor);
  const variables = new Variables({ file, block, shown, locate, sources });
  const scope = new Scope({ variables, sources, locate, redactor, settings });
  const values = new ValueReader(sources, redactor, settings, new Date());
  const timeouts = requestTimeouts(block, locate);
  const method = readMethod(request, scope, locate);
  const written = headerTemplates(request, scope, locate);
  const keys = keyFiles(settings, sources).map(({ path }) => path);
  const notes: Note[] = settings.warnings.map(({ detail, fix }) => ({ level: "warning", text: `${detail} ${fix}` }));
  notes.push(...scriptNotes(file, block, locate));
  const bodyFiles = { requestFile: filePath, root: settings.root, outsidePaths: settings.outsidePaths, keys };
  const body = await prepareBody(request, scope, locate, bodyFiles);
  const headers = [...written, ...bodyHeaders(body, written)];
  const curl = readCurlIdentity(request.curl, scope, locate);
  const outputs = readOutputs(block, scope, locate);
  const url = { template: scope.expandUrl(request.url), location: locate(request.url.range) };
  const hostHeader = headers.find(({ name }) => name.toLowerCase() === "host");
  const host = hostHeader && { template: hostHeader.value, location: hostHeader.location };

  const base = baseOf(url.template);
  await values.load([base ? [base] : [], host?.template ?? []]);
  const target = readTarget(url, host, values);
  await values.load([target.host]);
  const origin = readOrigin(target, settings, values);
  const http2 = asksForHttp2(request, origin, locate);
  const head = [target.userinfo ?? [], target.rest, ...headers.map(({ value }) => value)];
  const templates = [...head, ...bodyTemplates(body), ...templatesOf(curl), ...outputs.map(({ path }) => path)];
  checkSecrets(templates, settings, origin);
  if (host) checkSecrets(templates, settings, namedHost(host, origin, values), checkListed);

  await values.load(templates, { withPrompts: false });
  for (const template of head) checkHead(template, values);
  await values.load(templatesOf(curl));
  const noIdentity = block.directives.some(({ name }) => name.text === "no-client-cert");
  const profileOf = (to: URL) =>
    readProfile({ settings, sources, redactor, curl, values, noIdentity, requestFile: filePath, notes, origin }, to);
  const profile = await profileOf(origin);
  const fillNow = () => fillBody(body, (piece) => values.read(piece));
  const hasQuestion = bodyTemplates(body).some((template) =>
    valuesOf(template).some(({ value }) => needsPrompt(value)),
  );
  const early = hasQuestion ? undefined : await fillNow();
  await values.load(templates);
  const bytes = hasQuestion ? await fillNow() : early;

  const files = outputs.map((output) => fillOutput(output, values, filePath));
  const place = () => ({ root: settings.root, identityFiles: identityFiles(settings, sources) });
  for (const file of files) await checkOutput(file, place());

  const fields = withCredentials(buildHeaders(headers, values), target, values);
  const headerSecrets = fields.map(({ carried }) => carried);
  const bodySecrets = carriedBy(bodyTemplates(body));
  const urlSecrets = carriedBy([target.base ? [target.base] : [], target.host, target.rest]);
  return {
    method,
    url: buildUrl(target, origin, values),
    headers: fields.map(({ field }) => field),
    headerSecrets,
    body: bytes,
    bodySecrets,
    urlSecrets,
    ...(http2 !== undefined && { http2 }),
    profile,
    profileFor: async (other) => ({
      profile: await profileOf(other),
      ...requestLimits(settings, other, sources.environmentName, timeouts),
    }),
    ...requestLimits(settings, origin, sources.environmentName, timeouts),
    ...(timeouts.total !== undefined && { hasOwnTimeout: true }),
    name: block.name?.text,
    location: locate(request.lineRange),
    redactor,
    secretNames: [...new Set([...values.names, ...carriedBy([...templates, target.host]).secrets])],
    notes,
    outputs: files,
  };
}

/** A header of the file's own takes the place of the user name and password in the URL. */
function withCredentials(headers: readonly SentHeader[], target: Target, values: ValueReader): readonly SentHeader[] {
  if (headers.some(({ field: [name] }) => name.toLowerCase() === "authorization")) return headers;
  const credentials = basicCredentials(target, values);
  if (credentials === undefined) return headers;
  const carried = carriedBy([target.userinfo ?? [], target.base ? [target.base] : []]);
  return [...headers, { field: ["Authorization", credentials], carried }];
}

/** What is wrong without an answer to a question is said before it is asked. */
function checkHead(template: Template, values: ValueReader): void {
  for (const piece of valuesOf(template)) {
    if (!needsPrompt(piece.value)) values.readForHead(piece, "the request line or a header");
  }
}

function headerTemplates(request: RequestNode, scope: Scope, locate: Locate): HeaderTemplate[] {
  return request.headers.map(({ name, value, range }) => ({
    name: name.text,
    value: scope.expandForHead(value.text, value.range.start),
    location: locate(range),
  }));
}
