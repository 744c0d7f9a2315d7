import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  Position,
  Range,
  SelectionRange,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import { codeActions } from "./code-actions/code-actions.ts";
import { completion } from "./completion/completion.ts";
import { diagnose } from "./diagnostics.ts";
import type { LanguageDocument } from "./document.ts";
import { format } from "./format/format.ts";
import type { LanguageHost } from "./host.ts";
import { hover } from "./hover/hover.ts";
import { Imports } from "./imports.ts";
import { definition } from "./navigation/definition.ts";
import { documentLinks } from "./navigation/document-links.ts";
import { documentSymbols } from "./navigation/document-symbols.ts";
import { foldingRanges } from "./navigation/folding-ranges.ts";
import { references } from "./navigation/references.ts";
import { prepareRename, rename } from "./navigation/rename.ts";
import { selectionRanges } from "./navigation/selection-ranges.ts";
import { semanticTokens } from "./semantic-tokens/semantic-tokens.ts";

/**
 * Editor intelligence for request files in the types of the Language Server Protocol 3.18, without an editor. Never
 * throws on any text; positions outside the text are clamped into it. Nothing it returns holds a secret's value.
 */
export interface LanguageService {
  /** Says nothing of names that an imported file may define until that was read: see `onDidReadImports`. */
  diagnostics(document: LanguageDocument): Diagnostic[];
  completion(document: LanguageDocument, position: Position): Promise<CompletionList>;
  hover(document: LanguageDocument, position: Position): Promise<Hover | undefined>;
  definition(document: LanguageDocument, position: Position): Promise<Location[]>;
  references(document: LanguageDocument, position: Position, includeDeclaration: boolean): Promise<Location[]>;
  /** The range of the name under the cursor; undefined where nothing can be renamed. */
  prepareRename(document: LanguageDocument, position: Position): { range: Range; placeholder: string } | undefined;
  /** Undefined where nothing can be renamed or the new name is no name. */
  rename(document: LanguageDocument, position: Position, newName: string): WorkspaceEdit | undefined;
  documentSymbols(document: LanguageDocument): DocumentSymbol[];
  foldingRanges(document: LanguageDocument): FoldingRange[];
  documentLinks(document: LanguageDocument): DocumentLink[];
  /** In the encoding of LSP, with the names of `semanticTokensLegend`. */
  semanticTokens(document: LanguageDocument): SemanticTokens;
  /** Lays out the file without changing what is sent. Formatting twice changes nothing more. */
  format(document: LanguageDocument): TextEdit[];
  codeActions(document: LanguageDocument, range: Range, diagnostics: readonly Diagnostic[]): CodeAction[];
  selectionRanges(document: LanguageDocument, positions: readonly Position[]): SelectionRange[];
}

export interface LanguageServiceOptions {
  /** Milliseconds since 1970: what the dates of tokens are compared with. */
  readonly now?: () => number;
  /** The names that a document imports were read, or are others than before: its diagnostics may have changed. */
  readonly onDidReadImports?: (uri: string) => void;
}

export function createLanguageService(host: LanguageHost, options: LanguageServiceOptions = {}): LanguageService {
  const { now = Date.now, onDidReadImports = () => {} } = options;
  const imports = new Imports(host, onDidReadImports);
  return {
    diagnostics: (document) => diagnose(document, host, imports.namesOf(document)),
    completion: (document, position) => completion(document, position, host),
    hover: (document, position) => hover(document, position, host, now()),
    definition: (document, position) => definition(document, position, host),
    references: (document, position, includeDeclaration) => references(document, position, includeDeclaration, host),
    prepareRename,
    rename,
    documentSymbols,
    foldingRanges,
    documentLinks: (document) => documentLinks(document, host),
    semanticTokens,
    format,
    codeActions,
    selectionRanges,
  };
}
