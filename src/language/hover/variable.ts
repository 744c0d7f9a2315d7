import type { RequestFile } from "../../syntax/index.ts";
import { definitionsOf } from "../definitions.ts";
import { isHidden } from "../hidden-values.ts";
import { fileName, type KnownFile } from "../known-names.ts";
import { lineMapOf } from "../line-map-of.ts";
import { codeSpan } from "../markdown.ts";
import type { FoundDefinition, FoundVariable, Variables } from "../variables.ts";
import type { HoverRequest } from "./hover-text.ts";
import { describeToken } from "./token.ts";

/** What is known of a variable: its value as far as it is, where it comes from, and what else defines it. */
export function describeVariable(
  name: string,
  found: FoundVariable,
  variables: Variables,
  request: HoverRequest,
): readonly string[] {
  switch (found.kind) {
    case "definition":
      return describeDefinition(found, variables, request);
    case "prompt":
      return [
        codeSpan(name),
        found.isSecret ? "Asked for, masked, when the request is sent." : "Asked for when the request is sent.",
      ];
    case "capture":
      return [codeSpan(name), `Captured from the response to ${codeSpan(found.request)}.`];
    case "environment": {
      const { value, environment, location } = found.variable;
      const source = `Environment ${codeSpan(environment)}: ${codeSpan(location.file)} line ${location.line}.`;
      if (value === undefined) return [codeSpan(name), `Private: its value is not shown. ${source}`];
      return [...withValue(name, value, expandInDocument(value, variables, request)), source];
    }
  }
}

export function describeDefinition(
  { definition, uri, file }: FoundDefinition,
  variables: Variables,
  { document, now }: HoverRequest,
): readonly string[] {
  const { name, value, range } = definition;
  const place = `line ${lineOf(file, range.start)}`;
  if (uri !== document.uri && isHidden(name.text, value.text)) {
    return [
      codeSpan(name.text),
      `A credential: its value is not shown. Defined in ${codeSpan(fileName(uri))}, ${place}.`,
    ];
  }
  const text = variables.expand(value.text, file, range.start);
  const where = uri === document.uri ? "Defined in" : `Defined in ${codeSpan(fileName(uri))},`;
  return [
    ...withValue(name.text, value.text, text),
    `${where} ${place}.${redefinitions({ uri, file }, name.text, range.start)}`,
    ...describeToken(text, now),
  ];
}

function withValue(name: string, written: string, value: string): string[] {
  const known = `${codeSpan(name)} = ${codeSpan(value)}`;
  return value === written ? [known] : [known, `Written as ${codeSpan(written)}.`];
}

function expandInDocument(value: string, variables: Variables, { document }: HoverRequest): string {
  return variables.expand(value, document.file, document.text.length);
}

/** The other definitions of the name in the same file. */
function redefinitions({ file }: KnownFile, name: string, start: number): string {
  const others = definitionsOf(file).all.filter((other) => other.name.text === name && other.range.start !== start);
  const lines = (of: typeof others) => of.map(({ range }) => lineOf(file, range.start)).join(", ");
  const above = others.filter(({ range }) => range.start < start);
  const below = others.filter(({ range }) => range.start > start);
  const parts = [
    ...(above.length > 0 ? [` It takes the place of the definition above, in line ${lines(above)}.`] : []),
    ...(below.length > 0 ? [` It is redefined below, in line ${lines(below)}.`] : []),
  ];
  return parts.join("");
}

function lineOf(file: RequestFile, offset: number): number {
  return lineMapOf(file).positionAt(offset).line + 1;
}
