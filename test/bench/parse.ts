import { diagnostics } from "../../src/language/index.ts";
import { parse } from "../../src/syntax/index.ts";

/** A request like those people write: title, directive, variables, headers and a JSON body. */
function titledRequest(index: number): string {
  return [
    `### Request ${index}`,
    `# @name request-${index}`,
    `@id${index} = ${index}`,
    `POST https://api.example.com/items/{{id${index}}}`,
    "  ?expand=owner",
    "Content-Type: application/json",
    "Authorization: Bearer {{$env.API_TOKEN}}",
    "",
    "{",
    `  "id": {{id${index}}},`,
    '  "name": "An item of the collection"',
    "}",
    "",
    "",
  ].join("\n");
}

function file(requests: number): string {
  return Array.from({ length: requests }, (_, index) => titledRequest(index)).join("");
}

function fileOfSize(characters: number): string {
  return file(Math.ceil(characters / titledRequest(10_000).length));
}

/** The median of several runs in milliseconds, after one that warms up. */
function median(work: () => void, runs = 7): number {
  work();
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}

function report(label: string, text: string, work: (text: string) => void): void {
  const milliseconds = median(() => work(text));
  const megabytes = Buffer.byteLength(text) / 1e6;
  const speed = (megabytes / milliseconds) * 1000;
  console.log(
    `${label.padEnd(34)} ${megabytes.toFixed(2).padStart(6)} MB ${milliseconds.toFixed(1).padStart(8)} ms ${speed.toFixed(0).padStart(6)} MB/s`,
  );
}

const small = file(2000);
report("parse: 2,000 titled requests", small, (text) => parse(text));
report("parse: a 10 MB file of requests", fileOfSize(10_000_000), (text) => parse(text));
report("parse: one 5 MB body", `POST https://api.example.com/\n\n${'  "key": "value",\n'.repeat(290_000)}`, (text) =>
  parse(text),
);
report("parse and check: 5,000 lines", file(360), (text) => diagnostics(parse(text)));
