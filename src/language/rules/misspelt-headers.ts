import { headerFields } from "../facts/header-fields.ts";
import { memo } from "../memo.ts";
import type { RuleContext } from "./context.ts";
import { isOneEditAway } from "./one-edit.ts";
import type { Report } from "./rule.ts";

/** Shorter names are too near to each other: "Data" may well be meant. */
const shortestName = 6;

const knownNames = headerFields.map(({ name }) => ({ name, key: plain(name) }));
const knownKeys = new Set(headerFields.map(({ name }) => name.toLowerCase()));

/** Header names one slip away from a well-known one: servers ignore such a header without a word. */
export function checkMisspeltHeaders({ requests }: RuleContext, report: Report): void {
  const meant = memo(meantName);
  for (const { fields } of requests) {
    for (const { key, node } of fields) {
      const near = knownKeys.has(key) ? undefined : meant(key);
      if (near === undefined) continue;
      const { name } = node;
      report(name.range, `"${name.text}" is not a header that servers know. Did you mean "${near}"?`, {
        near: { range: name.range, written: name.text, text: near },
      });
    }
  }
}

function meantName(written: string): string | undefined {
  const key = plain(written);
  if (key.length < shortestName) return undefined;
  return knownNames.find((known) => known.key === key || isOneEditAway(known.key, key))?.name;
}

/** `Content_Type` and `ContentType` are `Content-Type`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, "");
}
