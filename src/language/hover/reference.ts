import { findDynamicValue } from "../../syntax/dynamic-values.ts";
import type { Reference } from "../../syntax/index.ts";
import type { KnownSecret } from "../host.ts";
import { type KnownFile, knownFiles, knownRequests } from "../known-names.ts";
import { codeSpan } from "../markdown.ts";
import { holds } from "../navigation/places.ts";
import { isCommentLine, type Place } from "../place.ts";
import { textSites } from "../reference-sites.ts";
import { Variables } from "../variables.ts";
import type { HoverRequest, HoverText } from "./hover-text.ts";
import { describeVariable } from "./variable.ts";

/** What a `{{…}}` will be replaced by. */
export async function hoverReference(request: HoverRequest): Promise<HoverText | undefined> {
  const { place } = request;
  // Of an argument and the reference that holds it, the argument comes last.
  const site = isReplaced(place)
    ? textSites(place.before + place.after).findLast(({ range }) => holds(range, place.before.length))
    : undefined;
  if (!site) return undefined;
  const paragraphs = await describe(site.reference, request);
  const { start, end } = site.range;
  return paragraphs && { range: { start: place.lineStart + start, end: place.lineStart + end }, paragraphs };
}

/** False in comments, titles and scripts. Of the directives only the operands of `@assert` have references. */
function isReplaced({ before, after, zone, block, offset }: Place): boolean {
  const line = before + after;
  if (line.startsWith("###") || block?.foreign.some(({ range }) => holds(range, offset))) return false;
  if (zone === "body" || zone === "curl" || !isCommentLine(line)) return true;
  return /^[ \t]*(?:#|\/\/)[ \t]*@assert[ \t]/.test(line) && zone === "above";
}

async function describe(reference: Reference, request: HoverRequest): Promise<readonly string[] | undefined> {
  const { document, host, place } = request;
  const { kind, name } = reference;
  if (host.isRestricted && Object.hasOwn(unread, kind)) return [codeSpan(name.text), `${unread[kind]} ${restricted}`];
  switch (kind) {
    case "variable":
    case "encoded": {
      const variables = new Variables(await knownFiles(document, host), host.environment(document.uri));
      // A definition's own line cannot give its value.
      const definition = place.block?.variables.find(({ range }) => holds(range, place.offset));
      const from = definition?.range.start ?? place.offset;
      const found = variables.find(name.text, document.file, from, definition ? undefined : place.block);
      if (!found && host.isRestricted) return [codeSpan(name.text), "In Restricted Mode no environment file is read."];
      const paragraphs = found && describeVariable(name.text, found, variables, request);
      return paragraphs && kind === "encoded" ? [...paragraphs, "Percent-encoded, because of the `%`."] : paragraphs;
    }
    case "environment":
      return describeEnvironmentVariable(name.text, secretOf(name.text, request), request);
    case "secret":
      return describeStored(name.text, secretOf(name.text, request));
    case "dotenv": {
      const isKnown = host.dotenvNames(document.uri).includes(name.text);
      return [
        codeSpan(name.text),
        isKnown ? "From `.env`; set. Its value is not shown." : "`.env` does not set it: the request is not sent.",
      ];
    }
    case "dynamic": {
      const value = findDynamicValue(name.text);
      if (!value) return undefined;
      const usage = `${value.name} ${value.parameters}`.trimEnd().replace(" (", "(").replace(" [(", "[(");
      return [codeSpan(usage), value.documentation, `Example: ${codeSpan(`{{${value.example}}}`)}`];
    }
    case "response":
      return describeExchange(name.text, await knownFiles(document, host), request);
    case "other":
      return undefined;
  }
}

/** Where the values come from that are not looked at in Restricted Mode. */
const unread: Readonly<Partial<Record<Reference["kind"], string>>> = {
  environment: "From the environment.",
  secret: "A stored secret.",
  dotenv: "From `.env`.",
};

const restricted = "In Restricted Mode nothing is read of it, and nothing is sent.";

function secretOf(name: string, { host, document }: HoverRequest): KnownSecret | undefined {
  return host.secrets(document.uri).find((secret) => secret.name === name);
}

function describeEnvironmentVariable(
  name: string,
  secret: KnownSecret | undefined,
  { host, document }: HoverRequest,
): readonly string[] {
  if (!secret && host.publicEnv(document.uri).includes(name)) {
    return [
      codeSpan(name),
      "Configuration from the environment: `padlock.publicEnv` names it, so it may go to any host and is shown.",
    ];
  }
  if (!secret) {
    return [
      codeSpan(name),
      "From the environment. `padlock.secrets` does not list it: a request that needs it is not sent.",
    ];
  }
  return [codeSpan(name), `A secret from the environment; ${secret.isSet ? "set" : "not set"}. ${mayGoTo(secret)}`];
}

function describeStored(name: string, secret: KnownSecret | undefined): readonly string[] {
  const rule = secret ? mayGoTo(secret) : "`padlock.secrets` does not list it: it goes to no host.";
  return [codeSpan(name), `A stored secret; its value is not shown. ${rule}`];
}

function mayGoTo({ hosts }: KnownSecret): string {
  if (hosts.length === 0) return "It goes to no host.";
  return `It may go to ${hosts.map(codeSpan).join(", ")} and nowhere else.`;
}

/** What was received last: names, never values. */
function describeExchange(
  name: string,
  files: readonly KnownFile[],
  { document, host }: HoverRequest,
): readonly string[] | undefined {
  if (!knownRequests(files).some((request) => request.name === name)) return undefined;
  const last = host.lastResponse(document.uri, name);
  if (!last) return [codeSpan(name), "No response yet: send this request first, or name it with `# @ref`."];
  const headers = last.headerNames.slice(0, 30).map(codeSpan).join(", ");
  const body = last.shape ? "The body is JSON." : "The body is not JSON.";
  return [
    codeSpan(name),
    `Last response: status ${last.status}. ${body}`,
    ...(headers === "" ? [] : [`Headers: ${headers}`]),
  ];
}
