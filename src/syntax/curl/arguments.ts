import type { Span } from "../nodes.ts";
import type { ProblemLog } from "../problems.ts";
import { type CurlOption, curlOptions, type OptionFact } from "./options.ts";

/** An option with its value; of one without a value the option itself, so that there is always a place to point at. */
export interface Argument {
  readonly option: CurlOption;
  /** As written: `-H`, `--data`. */
  readonly name: string;
  readonly value: Span;
}

/**
 * Tells options from URLs, as curl does: `-XPUT` and `-sSL` hold several, a value is glued on or the next word, and only an
 * option that takes a value takes the next word.
 */
export function readArguments(words: readonly Span[], problems: ProblemLog): readonly Argument[] {
  const found: Argument[] = [];
  let optionsEnd = false;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!word) break;
    const { text } = word;
    if (optionsEnd || text === "-" || !text.startsWith("-")) {
      found.push({ option: "url", name: "--url", value: word });
    } else if (text === "--") {
      optionsEnd = true;
    } else {
      const { needsValue, read } = readWord(word, problems);
      found.push(...read);
      if (!needsValue) continue;
      const value = words[++index];
      if (value) found.push({ option: needsValue.fact.option, name: needsValue.name, value });
      else problems.add("curlOption", word.range, needsValue.name, "needs a value behind it.");
    }
  }
  return found.filter(({ option, name, value }) => !reportUseless(option, name, value, problems));
}

interface WordRead {
  readonly read: readonly Argument[];
  /** The last option of the word, if its value is the next word. */
  readonly needsValue: { readonly name: string; readonly fact: OptionFact } | undefined;
}

function readWord(word: Span, problems: ProblemLog): WordRead {
  return word.text.startsWith("--") ? readLong(word, problems) : readShort(word, problems);
}

function readLong(word: Span, problems: ProblemLog): WordRead {
  const name = word.text;
  const fact = curlOptions.get(name);
  if (!fact) return unknown(word, name, problems);
  if (fact.takesValue) return { read: [], needsValue: { name, fact } };
  return { read: [{ option: fact.option, name, value: word }], needsValue: undefined };
}

/** One hyphen and letters: the first that takes a value takes the rest of the word, or the next one. */
function readShort(word: Span, problems: ProblemLog): WordRead {
  const read: Argument[] = [];
  for (let at = 1; at < word.text.length; at++) {
    const name = `-${word.text[at]}`;
    const fact = curlOptions.get(name);
    if (!fact) return { read, needsValue: unknown(word, name, problems).needsValue };
    if (!fact.takesValue) {
      read.push({ option: fact.option, name, value: word });
      continue;
    }
    const text = word.text.slice(at + 1);
    if (text === "") return { read, needsValue: { name, fact } };
    read.push({ option: fact.option, name, value: { text, range: word.range } });
    break;
  }
  return { read, needsValue: undefined };
}

function unknown(word: Span, name: string, problems: ProblemLog): WordRead {
  problems.add("curlOption", word.range, name, "is not known here, so the request is not sent. Remove it.");
  return { read: [], needsValue: undefined };
}

/** Reports options that have no effect or cannot have one; true for those. */
function reportUseless(option: CurlOption, name: string, value: Span, problems: ProblemLog): boolean {
  if (option === "ignored") problems.add("curlIgnored", value.range, name);
  else if (option === "insecure") problems.add("curlInsecure", value.range, name);
  else if (option === "refused") {
    problems.add("curlOption", value.range, name, "is not supported, so the request is not sent. Remove it.");
  } else return false;
  return true;
}
