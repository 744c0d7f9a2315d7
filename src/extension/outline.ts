import {
  type Disposable,
  DocumentSymbol,
  FoldingRange,
  FoldingRangeKind,
  languages,
  SymbolKind,
  type TextDocument,
} from "vscode";
import {
  documentSymbols,
  foldingRanges,
  type FoldingRange as RequestFold,
  type DocumentSymbol as RequestSymbol,
} from "../language/index.ts";
import { anyRequestFile, type Documents, editorRange } from "./documents.ts";

const symbolKinds: Readonly<Record<RequestSymbol["kind"], SymbolKind>> = {
  request: SymbolKind.Function,
  section: SymbolKind.Namespace,
  variable: SymbolKind.Variable,
};

/** Undefined: VS Code has no kind of its own for it. */
const foldKinds: Readonly<Record<RequestFold["kind"], FoldingRangeKind | undefined>> = {
  block: FoldingRangeKind.Region,
  body: undefined,
  comment: FoldingRangeKind.Comment,
};

/** Outline, breadcrumbs, "Go to Symbol" and folding. */
export function registerOutline(documents: Documents): Disposable[] {
  const provideDocumentSymbols = (document: TextDocument) =>
    documentSymbols(documents.parse(document)).map((symbol) => editorSymbol(document, symbol));
  const provideFoldingRanges = (document: TextDocument) =>
    foldingRanges(documents.parse(document)).map(
      ({ startLine, endLine, kind }) => new FoldingRange(startLine, endLine, foldKinds[kind]),
    );
  return [
    languages.registerDocumentSymbolProvider(anyRequestFile, { provideDocumentSymbols }),
    languages.registerFoldingRangeProvider(anyRequestFile, { provideFoldingRanges }),
  ];
}

function editorSymbol(document: TextDocument, symbol: RequestSymbol): DocumentSymbol {
  const { name, detail, kind, range, selectionRange, children } = symbol;
  const made = new DocumentSymbol(
    name,
    detail,
    symbolKinds[kind],
    editorRange(document, range),
    editorRange(document, selectionRange),
  );
  made.children = children.map((child) => editorSymbol(document, child));
  return made;
}
