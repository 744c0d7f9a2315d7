import { availableParallelism } from "node:os";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import fc from "fast-check";
import { format } from "../../src/language/format/format.ts";
import { diagnoseFile, LanguageDocument } from "../../src/language/index.ts";
import { parse, scanReferences } from "../../src/syntax/index.ts";
import { assertProblems, assertTree } from "../support/request-file-invariants.ts";
import { applyEdits } from "../unit/language/apply-edits.ts";
import { careless } from "../unit/language/layouts.ts";
import { anyText } from "../unit/syntax/generators.ts";

/*
 * Request files, mutated at random: each is read and checked, one in ten is also formatted twice. Nothing may throw, the
 * tree has to cover the text, and formatting once more may change nothing. `node test/bench/fuzz.ts [INPUTS] [SEED] [WORKERS]`
 */

const mutationsOfEach = 100;

/** mulberry32: quick, and the same everywhere, so that a seed brings an input back. Nothing here is a secret. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pieces = [
  "###",
  "\n",
  "\r\n",
  "\r",
  "{{",
  "}}",
  "# @",
  "@a = ",
  "< ",
  "<@ ",
  "> {%",
  "%}",
  "curl ",
  "'",
  '"',
  "\\",
  ": ",
  "HTTP/",
  "?? ",
  "run #",
  "import ",
  "\uFEFF",
  "\0",
  "é",
  "\uD800",
  "--",
  "&",
  "GET ",
  "//",
];

type Mutation = (text: string, at: number, next: (below: number) => number) => string;
const mutations: readonly Mutation[] = [
  (text, at, next) => text.slice(0, at) + text.slice(at + next(20)),
  (text, at, next) => text.slice(0, at) + (pieces[next(pieces.length)] ?? "") + text.slice(at),
  (text, at, next) => text.slice(0, at) + String.fromCharCode(next(0x250)) + text.slice(at + 1),
  (text, at, next) => text.slice(0, at) + text.slice(at, at + next(60)) + text.slice(at),
  (text, at, next) => text.slice(at) + text.slice(0, next(at + 1)),
  (text) => swapLines(text),
];

function swapLines(text: string): string {
  const lines = text.split("\n");
  const middle = lines.length >> 1;
  return [...lines.slice(middle), ...lines.slice(0, middle)].join("\n");
}

function check(text: string, alsoFormat: boolean): void {
  const file = parse(text);
  assertTree(file);
  assertProblems(file);
  scanReferences(text);
  diagnoseFile(file, "file:///fuzz.https");
  if (!alsoFormat) return;
  const document = new LanguageDocument("file:///fuzz.https", 1, text);
  const once = applyEdits(document, format(document));
  if (once === text) return;
  if (format(new LanguageDocument("file:///fuzz.https", 2, once)).length > 0)
    throw new Error("formatting is not done once");
}

function fuzz(inputs: number, seed: number): void {
  const next = numbers(seed);
  let done = 0;
  while (done < inputs) {
    const [start = ""] = fc.sample(fc.oneof(anyText, careless), { numRuns: 1, seed: next(2 ** 31) });
    let text = start;
    for (let time = 0; time < mutationsOfEach && done < inputs; time++, done++) {
      // Mutations pile up for a while, then it starts again from the text as it was made.
      if (time % 10 === 0) text = start;
      text = mutations[next(mutations.length)]?.(text, next(text.length + 1), next) ?? text;
      try {
        check(text, done % 10 === 0);
      } catch (error) {
        throw new Error(`seed ${seed}, input ${done}: ${JSON.stringify(text)}`, { cause: error });
      }
    }
  }
}

async function run(inputs: number, seed: number, workers: number): Promise<void> {
  const started = performance.now();
  const each = Math.ceil(inputs / workers);
  await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { inputs: each, seed: seed + index } });
      return new Promise<void>((resolve, reject) => {
        worker.on("error", reject);
        worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
      });
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${(each * workers).toLocaleString("en")} inputs from seed ${seed} in ${seconds.toFixed(0)} s: nothing threw, every tree covers its text, formatting is done once`,
  );
}

if (isMainThread) {
  const [inputs = "1000000", seed = String(Date.now() % 1_000_000), workers = String(availableParallelism())] =
    process.argv.slice(2);
  await run(Number(inputs), Number(seed), Number(workers));
} else {
  const { inputs, seed } = workerData as { inputs: number; seed: number };
  fuzz(inputs, seed);
}
