import type { Range, TextEdit } from "vscode-languageserver-types";
import type { TextRange } from "../../../common/range.ts";
import type { VariableDefinition } from "../../../syntax/index.ts";
import type { LanguageDocument } from "../../document.ts";
import type { LanguageHost } from "../../host.ts";
import { toRange } from "../../lsp-range.ts";
import { asksForVariable, RuleContext } from "../context.ts";
import { factsOfHost } from "../known-facts.ts";
import type { Credential, Move } from "./credential.ts";
import { credentialsInFile } from "./in-file.ts";
import { variableName } from "./variable-name.ts";

/** A credential of a file that can move into a variable, with every other place of the file that has the same value. */
export interface CredentialMove {
  /** What it is: "a bearer token". */
  readonly what: string;
  readonly value: string;
  /** Nothing that is known has it. */
  readonly proposedName: string;
  /** The patterns of the hosts that its requests go to; empty where they are not known. */
  readonly hosts: readonly string[];
  /** `expression`: what stands between braces instead, `$env.NAME` or `NAME`. */
  edits(expression: string): TextEdit[];
}

/** Enough for any file a person writes. */
const mostSteps = 100_000;

/** The credential that stands at exactly this range; undefined for none, and for one that no reference can replace. */
export function credentialMove(
  document: LanguageDocument,
  range: Range,
  host: LanguageHost,
): CredentialMove | undefined {
  const { file, lines, uri } = document;
  const place = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  const all = credentialsInFile(file).filter(canMove);
  const chosen = all.find((one) => one.range.start === place.start && one.range.end === place.end);
  if (!chosen) return undefined;
  const { value } = chosen.move;
  const same = all.filter(({ move }) => move.value === value);
  const context = new RuleContext(file, factsOfHost(host, uri, undefined));
  const hosts = [...new Set(same.flatMap((one) => hostsOf(one.range, context)))];
  const taken = takenNames(context, host, uri);
  return {
    what: chosen.what,
    value,
    proposedName: variableName(chosen, hosts[0], (name) => taken.has(name)),
    hosts,
    edits: (expression) =>
      same.map(({ move }) => ({ range: toRange(document, move.range), newText: move.write(expression) })),
  };
}

function canMove(credential: Credential): credential is Credential & { readonly move: Move } {
  return credential.move !== undefined;
}

/** Where the requests go that send what stands at a place, also through variables. */
function hostsOf(place: TextRange, context: RuleContext): string[] {
  const holds = ({ start, end }: TextRange) => start <= place.start && place.end <= end;
  const definition = context.definitions.all.find(({ range }) => holds(range));
  const requests = context.requests.filter(({ node }) => (definition ? true : holds(node.range)));
  const users = definition ? requests.filter((request) => uses(request, definition, context)) : requests;
  return users.flatMap(({ target }) => (target ? [target.pattern] : []));
}

function uses({ sites }: RuleContext["requests"][number], wanted: VariableDefinition, context: RuleContext): boolean {
  const visited = new Set<object>();
  const open = [...sites];
  for (let steps = 0; steps < mostSteps; steps++) {
    const site = open.pop();
    if (!site) return false;
    if (!asksForVariable(site.reference)) continue;
    const definition = context.definitions.nearest(site.reference.name.text, site.from);
    if (definition === wanted) return true;
    if (!definition || visited.has(definition)) continue;
    visited.add(definition);
    open.push(...context.sitesOf(definition));
  }
  return false;
}

/** Names that mean something already: in the settings, the file or the environment files. */
function takenNames(context: RuleContext, host: LanguageHost, uri: string): ReadonlySet<string> {
  return new Set([
    ...host.secrets(uri).map(({ name }) => name),
    ...host.publicEnv(uri),
    ...host.environment(uri).variables.map(({ name }) => name),
    ...context.definitions.names,
    ...context.references.map(({ reference }) => reference.name.text),
  ]);
}
