import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { TextRange } from "../../common/range.ts";
import type { RequestBlock, VariableDefinition } from "../../syntax/index.ts";
import type { LanguageDocument } from "../document.ts";
import { toRange } from "../lsp-range.ts";
import { blockSummary, blockTitle } from "../request-title.ts";

/** The outline: requests and titles, with the variables that their blocks define. */
export function documentSymbols(document: LanguageDocument): DocumentSymbol[] {
  return document.file.blocks.flatMap((block) => {
    const variables = block.variables.map((variable) => variableSymbol(variable, document));
    const name = blockTitle(block);
    return name === undefined ? variables : [blockSymbol(block, name, variables, document)];
  });
}

/** A title without anything to send is a section. */
function blockSymbol(
  block: RequestBlock,
  name: string,
  children: DocumentSymbol[],
  document: LanguageDocument,
): DocumentSymbol {
  const summary = blockSummary(block);
  const target = block.request?.lineRange ?? block.runs[0]?.range;
  return {
    name,
    detail: summary !== undefined && block.name ? summary : "",
    kind: summary === undefined ? SymbolKind.Namespace : SymbolKind.Function,
    range: toRange(document, withoutBlankEnd(document.text, block.range)),
    selectionRange: toRange(document, block.name?.range ?? target ?? block.range),
    children,
  };
}

function variableSymbol({ name, value, range }: VariableDefinition, document: LanguageDocument): DocumentSymbol {
  return {
    name: name.text,
    detail: value.text,
    kind: SymbolKind.Variable,
    range: toRange(document, range),
    selectionRange: toRange(document, name.range),
    children: [],
  };
}

function withoutBlankEnd(text: string, { start, end }: TextRange): TextRange {
  let last = end;
  while (last > start && " \t\r\n".includes(text.charAt(last - 1))) last--;
  return { start, end: last };
}
