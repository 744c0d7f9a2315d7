import type { TextRange } from "../common/range.ts";
import type { RequestBlock, RequestFile, VariableDefinition } from "../syntax/index.ts";
import { blockTitle, requestSummary } from "./request-title.ts";

export interface DocumentSymbol {
  readonly name: string;
  /** What stands beside the name, such as `GET https://example.com/`; may be "". */
  readonly detail: string;
  /** A `section` is a title without a request. */
  readonly kind: "request" | "section" | "variable";
  readonly range: TextRange;
  /** What to select when the symbol is chosen; inside `range`. */
  readonly selectionRange: TextRange;
  readonly children: readonly DocumentSymbol[];
}

/** The outline: requests and titles, with the variables that their blocks define. */
export function documentSymbols(file: RequestFile): DocumentSymbol[] {
  return file.blocks.flatMap((block) => {
    const variables = block.variables.map(variableSymbol);
    const name = blockTitle(block);
    return name === undefined ? variables : [blockSymbol(file, block, name, variables)];
  });
}

function blockSymbol(
  file: RequestFile,
  block: RequestBlock,
  name: string,
  children: readonly DocumentSymbol[],
): DocumentSymbol {
  const { request, range } = block;
  return {
    name,
    detail: request && block.name ? requestSummary(request) : "",
    kind: request ? "request" : "section",
    range: { start: range.start, end: endOfText(file.text, range) },
    selectionRange: block.name?.range ?? request?.lineRange ?? range,
    children,
  };
}

function variableSymbol({ name, value, range }: VariableDefinition): DocumentSymbol {
  return { name: name.text, detail: value.text, kind: "variable", range, selectionRange: name.range, children: [] };
}

/** Without the blank lines at the end of a block. */
function endOfText(text: string, { start, end }: TextRange): number {
  let last = end;
  while (last > start && " \t\r\n".includes(text.charAt(last - 1))) last--;
  return last;
}
