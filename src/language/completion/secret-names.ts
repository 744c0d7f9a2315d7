import type { CompletionItem } from "vscode-languageserver-types";
import type { KnownSecret } from "../host.ts";
import { visible } from "../markdown.ts";
import { item, Kind } from "./items.ts";
import { type ReferenceContext, replaced } from "./open-reference.ts";
import type { CompletionRequest } from "./request.ts";

interface Source {
  /** What stands in front of the name. */
  readonly form: string;
  readonly rank: number;
  readonly names: (request: CompletionRequest) => readonly { readonly name: string; readonly detail: string }[];
}

const named = ({ host, document }: CompletionRequest) => {
  const secrets = host.secrets(document.uri);
  const listed = new Set(secrets.map(({ name }) => name));
  const configuration = host.publicEnv(document.uri).filter((name) => !listed.has(name));
  return [
    ...secrets.map((secret) => ({ name: secret.name, detail: describe(secret) })),
    ...configuration.map((name) => ({ name, detail: "configuration for any host, not a secret" })),
  ];
};
const stored = ({ host, document }: CompletionRequest) =>
  host.secrets(document.uri).map(({ name, hosts }) => ({ name, detail: `stored secret for ${forHosts(hosts)}` }));
const inDotenv = ({ host, document }: CompletionRequest) =>
  host.dotenvNames(document.uri).map((name) => ({ name, detail: "from .env" }));

const sources: readonly Source[] = [
  { form: "$env.", rank: 50, names: named },
  { form: "$processEnv ", rank: 53, names: named },
  { form: "$dotenv ", rank: 51, names: inDotenv },
  { form: "$secret ", rank: 52, names: stored },
];

/**
 * Secrets by their names, never by a value. Behind one of the forms only the name is replaced; without one each whole
 * reference is offered, and the forms for names that are not known yet.
 */
export function environmentNames(
  form: string | undefined,
  context: ReferenceContext,
  request: CompletionRequest,
): CompletionItem[] {
  const { document } = request;
  if (form === undefined) {
    return sources.flatMap((source) =>
      source.form === "$processEnv " ? [] : wholeReferences(source, context, request),
    );
  }
  const from = /^\$(?:env\.|\w+[ \t]+%?)/.exec(context.written)?.[0].length ?? 0;
  const source = sources.find((candidate) => candidate.form.slice(1).trimEnd() === form.replace(/[ \t].*$/, ""));
  return (source?.names(request) ?? []).map(({ name, detail }) =>
    item(document, {
      label: name,
      kind: Kind.Constant,
      range: replaced(context, from),
      text: name + context.closing,
      detail,
      rank: 0,
    }),
  );
}

function wholeReferences(source: Source, context: ReferenceContext, request: CompletionRequest): CompletionItem[] {
  const { document } = request;
  const whole = source.names(request).map(({ name, detail }) =>
    item(document, {
      label: source.form + name,
      kind: Kind.Constant,
      range: replaced(context),
      text: source.form + name + context.closing,
      detail,
      rank: source.rank,
    }),
  );
  const start = item(document, {
    label: source.form,
    kind: Kind.Keyword,
    range: replaced(context),
    behind: context.closing,
    detail: starts[source.form],
    rank: source.rank + behindNames,
    goesOn: true,
  });
  return [...whole, start];
}

/** The forms alone stand behind all names that are known. */
const behindNames = 5;

const starts: Readonly<Record<string, string>> = {
  "$env.": "An environment variable",
  "$dotenv ": "An entry of .env",
  "$secret ": "A stored secret",
};

function describe({ hosts, isSet }: KnownSecret): string {
  return `secret for ${forHosts(hosts)}; ${isSet ? "set" : "not set"}`;
}

function forHosts(hosts: readonly string[]): string {
  return hosts.length === 0 ? "no host" : visible(hosts.join(", "));
}
