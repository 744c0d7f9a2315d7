import type { CompletionItem } from "vscode-languageserver-types";
import { headerFields } from "../facts/header-fields.ts";
import { headerValues } from "../facts/header-values.ts";
import { item, Kind } from "./items.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";

/** What most requests need, first. */
const usual = ["Accept", "Authorization", "Content-Type", "Cookie", "If-None-Match", "User-Agent"];

const ofParts = new Set(["Content-Disposition", "Content-Type", "Content-Encoding", "Content-Language"]);

/** Header names; those that the request already has come last. */
export function headerNames(
  { range, after, ofPart }: ContextOf<"header-name">,
  { document, place }: CompletionRequest,
): CompletionItem[] {
  const present = new Set(
    (ofPart ? [] : (place.block?.request?.headers ?? []))
      .filter(({ name }) => name.range.start !== range.start)
      .map(({ name }) => name.text.toLowerCase()),
  );
  const hasColon = /^[ \t]*:/.test(after);
  const fields = ofPart ? headerFields.filter(({ name }) => ofParts.has(name)) : headerFields;
  return fields.map(({ name, documentation, link }) =>
    item(document, {
      label: name,
      kind: Kind.Field,
      range,
      text: hasColon ? name : `${name}: `,
      documentation: `${documentation}\n\n[Documentation](${link})`,
      rank: rankOf(name, present),
      goesOn: !hasColon && headerValues.has(name.toLowerCase()),
    }),
  );
}

function rankOf(name: string, present: ReadonlySet<string>): number {
  if (present.has(name.toLowerCase())) return 200;
  const index = usual.indexOf(name);
  return index < 0 ? 100 : index;
}
