import type { RequestBlock, RequestNode } from "../../syntax/index.ts";
import { definitionsOf } from "../definitions.ts";
import type { LanguageDocument } from "../document.ts";
import type { OffsetEdit } from "./fix.ts";
import { insertAbove, lineEndOf } from "./lines.ts";

/** `@base = https://host` on top of the file, and `{{base}}` in every URL that starts so; for two of them or more. */
export function extractBase(
  document: LanguageDocument,
  _block: RequestBlock,
  request: RequestNode,
): readonly OffsetEdit[] | undefined {
  const origin = originOf(request);
  if (origin === undefined) return undefined;
  const requests = document.file.blocks.flatMap((block) => block.request ?? []);
  const places = requests.filter((other) => originOf(other) === origin).map(({ url }) => url.range.start);
  if (places.length < 2) return undefined;
  const name = freeName(new Set(definitionsOf(document.file).names));
  const isAmongDefinitions = /^\uFEFF?@/.test(document.text);
  const definition = insertAbove(document, 0, [`@${name} = ${origin}`]);
  return [
    isAmongDefinitions ? definition : { ...definition, newText: definition.newText + lineEndOf(document) },
    ...places.map((start) => ({ range: { start, end: start + origin.length }, newText: `{{${name}}}` })),
  ];
}

/** Scheme, host and port as written, where no reference takes part. */
function originOf({ dialect, url }: RequestNode): string | undefined {
  if (dialect === "curl") return undefined;
  return /^https?:\/\/[^/?#\\{}\s]+(?=[/?#]|$)/i.exec(url.pieces[0]?.text ?? "")?.[0];
}

function freeName(taken: ReadonlySet<string>): string {
  let name = "base";
  for (let number = 2; taken.has(name); number++) name = `base${number}`;
  return name;
}
