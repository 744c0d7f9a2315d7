import type { SemanticTokens } from "vscode-languageserver-types";
import {
  type Directive,
  directiveFacts,
  type ImportNode,
  type RequestBlock,
  type RequestNode,
} from "../../syntax/index.ts";
import { Source } from "../../syntax/source.ts";
import type { LanguageDocument } from "../document.ts";
import { headerFields } from "../facts/header-fields.ts";
import { referenceSites } from "../reference-sites.ts";
import { curlTokens } from "./curl-tokens.ts";
import { encodeTokens } from "./encode.ts";
import { referenceTokens } from "./reference-tokens.ts";
import { type Token, token } from "./token.ts";

const knownHeaders = new Set(headerFields.map(({ name }) => name.toLowerCase()));

/** What the parser knows of the file's words. Of bodies only the references: they have grammars of their own. */
export function semanticTokens(document: LanguageDocument): SemanticTokens {
  const { file, lines } = document;
  let source: Source | undefined;
  const tokens: Token[] = [];
  const add = (found: readonly Token[]) => {
    for (const one of found) tokens.push(one);
  };
  for (const block of file.blocks) {
    add(annotationTokens(block));
    const { request } = block;
    if (request?.dialect === "curl") {
      source ??= new Source(file.text);
      add(curlTokens(source, request));
    } else if (request) {
      add(headTokens(request));
    }
  }
  for (const site of referenceSites(file)) add(referenceTokens(site));
  return encodeTokens(tokens, lines);
}

function headTokens({ method, version, headers }: RequestNode): readonly Token[] {
  const words = [method, version].flatMap((span) => (span && !span.text.includes("{{") ? span.range : []));
  const names = headers.map(({ name }) => name).filter(({ text }) => !text.includes("{{"));
  return [
    ...words.map((range) => token(range, "keyword")),
    ...names.map(({ range, text }) =>
      knownHeaders.has(text.toLowerCase()) ? token(range, "property", "defaultLibrary") : token(range, "property"),
    ),
  ];
}

function annotationTokens({ directives, variables, imports, runs }: RequestBlock): readonly Token[] {
  const directiveStarts = new Set(directives.map(({ range }) => range.start));
  const isLine = ({ range }: ImportNode) => !directiveStarts.has(range.start);
  return [
    ...directives.flatMap(directiveTokens),
    ...variables.map(({ name }) => token(name.range, "variable", "declaration")),
    ...imports
      .filter(isLine)
      .flatMap(({ range, path }) => [keywordAt(range.start, "import"), token(path.range, "string")]),
    ...runs.flatMap(({ range, path, name, variables: given }) => [
      keywordAt(range.start, "run"),
      ...(path ? [token(path.range, "string")] : []),
      ...(name ? [token(name.range, "function")] : []),
      ...given.map((definition) => token(definition.name.range, "parameter")),
    ]),
  ];
}

function keywordAt(start: number, word: string): Token {
  return token({ start, end: start + word.length }, "keyword");
}

/** A directive that is not known is a comment, and stays one. */
function directiveTokens({ name, value }: Directive): readonly Token[] {
  const fact = directiveFacts.get(name.text);
  if (!fact) return [];
  const tokens = [token({ start: name.range.start - 1, end: name.range.end }, "decorator")];
  if (value.text === "") return tokens;
  if (name.text === "name") return [...tokens, token(value.range, "function", "declaration")];
  switch (fact.form) {
    case "name":
      return [...tokens, token(value.range, "function")];
    case "file":
      return [...tokens, token(value.range, "string")];
    case "duration":
      return [...tokens, token(value.range, "number")];
    case "prompt": {
      const [variable = ""] = value.text.split(/[ \t]/, 1);
      const range = { start: value.range.start, end: value.range.start + variable.length };
      return [...tokens, token(range, "variable", "declaration")];
    }
    default:
      return tokens;
  }
}
