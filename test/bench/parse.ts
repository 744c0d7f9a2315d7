import { diagnoseFile } from "../../src/language/index.ts";
import { parse } from "../../src/syntax/index.ts";
import { loadHttpYac } from "./httpyac.ts";

/*
 * Reading request files, beside httpYac doing the same in this run: text in, all requests with their parts out. Each
 * line is the median of several interleaved rounds, so that a busy moment of the machine hits both.
 */

/** A request like those people write: title, directive, variable, continuation line, headers and a JSON body. */
function titledRequest(index: number): string {
  return [
    `### Request ${index}`,
    `# @name request-${index}`,
    `@id${index} = ${index}`,
    `POST https://api.example.com/items/{{id${index}}}`,
    "  ?expand=owner",
    "Content-Type: application/json",
    "Authorization: Bearer {{token}}",
    "",
    "{",
    `  "id": {{id${index}}},`,
    '  "name": "An item of the collection"',
    "}",
    "",
    "",
  ].join("\n");
}

/** About a hundred bytes, so that 100,000 of them are 10 MB. */
const shortRequest = (index: number) =>
  `### ${index}\nGET https://api.example.com/items/${index}?expand=owner&fields=id,name\nAccept: application/json\n\n`;

function repeated(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join("");
}

interface Case {
  readonly name: string;
  readonly text: string;
  readonly rounds: number;
  /** What httpYac reads, where the whole would take it minutes; its time is then scaled up in proportion. */
  readonly baseline: { readonly text: string; readonly scale: number };
}

const body = (lines: number) => `POST https://api.example.com/\n\n${'  "key": "value",\n'.repeat(lines)}`;
const whole = (text: string) => ({ text, scale: 1 });

const cases: readonly Case[] = [
  {
    name: "2,000 titled requests",
    text: repeated(2000, titledRequest),
    rounds: 7,
    baseline: whole(repeated(2000, titledRequest)),
  },
  {
    name: "100,000 requests",
    text: repeated(100_000, (index) => shortRequest(index)),
    rounds: 3,
    baseline: { text: repeated(10_000, shortRequest), scale: 10 },
  },
  // A tenth of the body takes httpYac seconds, and its time grows faster than the text: in proportion is in its favour.
  { name: "one 5 MB body", text: body(290_000), rounds: 3, baseline: { text: body(29_000), scale: 10 } },
];

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function time(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const count = (text: string) => parse(text).blocks.filter(({ request }) => request !== undefined).length;
const right = (text: string | number, width: number) => String(text).padStart(width);

const readWithHttpYac = await loadHttpYac();
console.log(
  `${"".padEnd(28)}${right("size", 10)}${right("Padlock", 12)}${right("", 11)}${right("httpYac", 12)}${right("ratio", 9)}`,
);
for (const { name, text, rounds, baseline } of cases) {
  const ours: number[] = [];
  const theirs: number[] = [];
  const requests = count(baseline.text);
  const found = await readWithHttpYac(baseline.text);
  // As long as httpYac's first reading: both are compiled before the clock starts.
  for (const until = performance.now() + 1000; performance.now() < until; ) parse(text);
  if (found !== requests) throw new Error(`${name}: Padlock found ${requests} requests, httpYac ${found}`);
  for (let round = 0; round < rounds; round++) {
    // Several of ours for one of theirs: a pause of the collector would be most of a single short one.
    for (let again = 0; again < 5; again++) ours.push(await time(() => parse(text)));
    theirs.push((await time(() => readWithHttpYac(baseline.text))) * baseline.scale);
  }
  const megabytes = Buffer.byteLength(text) / 1e6;
  const [mine, other] = [median(ours), median(theirs)];
  console.log(
    `${name.padEnd(28)}${right(`${megabytes.toFixed(2)} MB`, 10)}${right(`${mine.toFixed(1)} ms`, 12)}${right(`${((megabytes / mine) * 1000).toFixed(0)} MB/s`, 11)}${right(`${other.toFixed(0)} ms`, 12)}${right(`${(other / mine).toFixed(0)} ×`, 9)}`,
  );
}

/** Twice the text should take twice the time. */
for (const requests of [2000, 4000, 8000, 16_000]) {
  const text = repeated(requests, titledRequest);
  const times: number[] = [];
  for (let round = 0; round < 9; round++) times.push(await time(() => parse(text)));
  console.log(
    `${`${requests.toLocaleString("en")} titled requests`.padEnd(28)}${right("", 10)}${right(`${median(times).toFixed(1)} ms`, 12)}${right(`${((median(times) * 1000) / requests).toFixed(1)} µs/request`, 20)}`,
  );
}

const edited = repeated(360, titledRequest);
const lines = edited.split("\n").length;
const keystrokes: number[] = [];
for (let round = 0; round < 60; round++) {
  const at = (round * 7919) % edited.length;
  const text = `${edited.slice(0, at)}x${edited.slice(at)}`;
  keystrokes.push(await time(() => diagnoseFile(parse(text), "file:///bench.https")));
}
console.log(
  `\na keystroke in ${lines.toLocaleString("en")} lines: parse and all diagnostics ${median(keystrokes.slice(20)).toFixed(1)} ms (median of 40)`,
);
