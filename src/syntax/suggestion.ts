import { didYouMean } from "../common/near-name.ts";

/** Names are short; comparing takes time with the product of the lengths. */
const longest = 40;

/** ` Did you mean "x"?`, or an empty text. */
export function suggestion(written: string, candidates: Iterable<string>): string {
  return written.length > longest ? "" : didYouMean(written, candidates);
}
