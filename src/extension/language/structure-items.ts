import {
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  FoldingRangeKind,
  SelectionRange,
  type SymbolKind,
  type SymbolTag,
  Uri,
} from "vscode";
import type * as lsp from "vscode-languageserver-types";
import { editorRange } from "./places.ts";

const foldKinds: Readonly<Record<string, FoldingRangeKind>> = {
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
  region: FoldingRangeKind.Region,
};

export function editorSymbol(symbol: lsp.DocumentSymbol): DocumentSymbol {
  const { name, detail = "", kind, range, selectionRange, tags, children = [] } = symbol;
  // The protocol counts kinds from 1, VS Code from 0; names and order are the same.
  const editorKind = (kind - 1) as SymbolKind;
  const made = new DocumentSymbol(name, detail, editorKind, editorRange(range), editorRange(selectionRange));
  if (tags) made.tags = tags as readonly SymbolTag[];
  made.children = children.map(editorSymbol);
  return made;
}

export function editorFold({ startLine, endLine, kind }: lsp.FoldingRange): FoldingRange {
  return new FoldingRange(startLine, endLine, kind === undefined ? undefined : foldKinds[kind]);
}

export function editorLink({ range, target, tooltip }: lsp.DocumentLink): DocumentLink {
  const made = new DocumentLink(editorRange(range), target === undefined ? undefined : Uri.parse(target));
  if (tooltip !== undefined) made.tooltip = tooltip;
  return made;
}

export function editorSelection({ range, parent }: lsp.SelectionRange): SelectionRange {
  return new SelectionRange(editorRange(range), parent && editorSelection(parent));
}
