import type { CompletionItem } from "vscode-languageserver-types";
import type { RequestFile, VariableDefinition } from "../../syntax/index.ts";
import { definitionsOf } from "../definitions.ts";
import { isHidden } from "../hidden-values.ts";
import type { KnownVariable } from "../host.ts";
import { answeredNames, answersOf, fileName, type KnownFile, type VariableSource } from "../known-names.ts";
import { lineMapOf } from "../line-map-of.ts";
import { codeSpan, visible } from "../markdown.ts";
import { Variables } from "../variables.ts";
import { item, Kind } from "./items.ts";
import { type ReferenceContext, replaced } from "./open-reference.ts";
import type { CompletionRequest } from "./request.ts";

interface Candidate {
  readonly name: string;
  readonly detail: string;
  readonly documentation: string;
  readonly rank: number;
}

/**
 * The variables that a reference at the cursor can name, each once: of this file, of questions and captures, of
 * imported files, of the active environment.
 */
export function variableItems(
  context: ReferenceContext,
  { document, host, place }: CompletionRequest,
  files: readonly KnownFile[],
  from: number,
): CompletionItem[] {
  const candidates = new Map<string, Candidate>();
  const add = (candidate: Candidate) => {
    if (!candidates.has(candidate.name)) candidates.set(candidate.name, candidate);
  };
  const [, ...imported] = files;
  const own = place.block && answersOf(place.block);
  // The value of a definition cannot be made of the definition itself.
  const within = place.block?.variables.find(({ range }) => range.start <= place.offset && place.offset <= range.end);
  defined(document.file, within?.range.start ?? context.start, thisFile, 0, within).forEach(add);
  for (const [name, source] of answeredNames(document.file)) {
    // Another block's question gives nothing to this request; a definition may serve that block, too.
    const isElsewhere = source.kind === "prompt" && place.zone !== "above" && !own?.has(name);
    if (!isElsewhere) add(answered(name, source));
  }
  for (const { uri, file } of imported) defined(file, file.text.length, codeSpan(fileName(uri)), 20).forEach(add);
  const variables = new Variables([], host.environment(document.uri));
  for (const variable of variables.environment) add(ofEnvironment(variable));
  return [...candidates.values()]
    .filter(({ name }) => /^[^\s{}()"'=$%]+$/u.test(name))
    .map(({ name, detail, documentation, rank }) =>
      item(document, {
        label: name,
        kind: Kind.Variable,
        range: replaced(context, from),
        text: name + context.closing,
        detail,
        documentation,
        rank,
      }),
    );
}

const thisFile = "This file";

function defined(
  file: RequestFile,
  offset: number,
  shownFile: string,
  rank: number,
  except?: VariableDefinition,
): Candidate[] {
  const definitions = definitionsOf(file);
  return [...definitions.names].flatMap((name) => {
    const definition = definitions.nearest(name, offset);
    if (!definition || definition === except) return [];
    const line = lineMapOf(file).positionAt(definition.range.start).line + 1;
    const { text } = definition.value;
    const isShown = shownFile === thisFile || !isHidden(name, text);
    return { name, detail: isShown ? visible(text) : "not shown", documentation: `${shownFile}, line ${line}`, rank };
  });
}

function answered(name: string, source: VariableSource): Candidate {
  const isPrompt = source.kind === "prompt";
  const documentation = isPrompt ? "A question when the request is sent" : "A part of a response, kept by `@capture`";
  return { name, detail: isPrompt ? "asked for" : "captured", documentation, rank: 10 };
}

function ofEnvironment({ name, value, environment, location }: KnownVariable): Candidate {
  return {
    name,
    detail: value === undefined ? "private" : visible(value),
    documentation: `Environment ${codeSpan(environment)}, ${codeSpan(location.file)} line ${location.line}`,
    rank: 30,
  };
}
