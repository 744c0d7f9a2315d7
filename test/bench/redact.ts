import { randomBytes, randomInt } from "node:crypto";
import { createRedactingStream, createRedactor, type Redactor } from "../../src/secrets/index.ts";

/*
 * Redaction of 50 MB with 100 secrets, beside `String.replaceAll` of nothing but the 100 plain values in this run.
 * Each line is the median of several interleaved rounds, so that a busy moment of the machine hits all.
 */

const secretCount = 100;
const megabytes = 50;
const rounds = 5;

function randomSecret(index: number): string {
  const length = randomInt(16, 40);
  return index % 4 === 0 ? `sk_live_${randomBytes(length).toString("hex")}` : randomBytes(length).toString("base64");
}

const levels = ["debug", "info", "info", "info", "warning"] as const;
const words = "order customer payment shipped address retry queue invoice item total pending complete region".split(
  " ",
);
const anyOf = <T>(choices: readonly T[]) => choices[randomInt(choices.length)] as T;
const someWords = (count: number) => Array.from({ length: count }, () => anyOf(words)).join(" ");

/** As APIs and services write: compact and indented JSON, log lines with URLs, ids and escapes. */
const writers: readonly (() => string)[] = [
  () =>
    `2026-11-20T10:${randomInt(10, 59)}:07.${randomInt(100, 999)}Z ${anyOf(levels)} api[${randomInt(9999)}]: GET /v2/${anyOf(words)}s/${randomInt(1e6)}?q=${anyOf(words)}%20${anyOf(words)}&page=${randomInt(99)} 200 ${randomInt(900)}ms trace=${randomBytes(16).toString("hex")}\n`,
  () =>
    `${JSON.stringify({ id: randomInt(1e9), name: someWords(3), note: `"${someWords(8)}"\n${someWords(4)}`, tags: [anyOf(words), anyOf(words)], active: true, ratio: Math.random() })}\n`,
  () =>
    `${JSON.stringify({ orders: [{ id: randomBytes(12).toString("base64"), total: randomInt(1e5) / 100, url: `https://shop.example/${anyOf(words)}/${randomInt(999)}` }], message: someWords(12) }, null, 2)}\n`,
  () =>
    `${JSON.stringify({ level: anyOf(levels), event: JSON.stringify({ kind: anyOf(words), text: someWords(6) }) })}\n`,
];

function makeText(bytes: number, secrets: readonly string[]): string {
  const parts: string[] = [];
  for (let size = 0; size < bytes; ) {
    const part = parts.length % 20_000 === 0 ? `token=${anyOf(secrets)}\n` : anyOf(writers)();
    parts.push(part);
    size += part.length;
  }
  return parts.join("");
}

function redactorOf(secrets: readonly string[]): Redactor {
  const redactor = createRedactor();
  for (const [index, value] of secrets.entries()) redactor.add(`SECRET_${index}`, value);
  redactor.redact("ready");
  return redactor;
}

function replacePlain(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const [index, value] of secrets.entries()) result = result.replaceAll(value, `{{$env.SECRET_${index}}}`);
  return result;
}

function inChunks(redactor: Redactor, bytes: Uint8Array, size: number): void {
  const stream = createRedactingStream(redactor);
  for (let at = 0; at < bytes.length; at += size) stream.push(bytes.subarray(at, at + size));
  stream.end();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function time(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function measure(
  cases: readonly (readonly [name: string, work: () => unknown])[],
  count: number,
): ReadonlyMap<string, number> {
  const times = new Map(cases.map(([name]) => [name, [] as number[]]));
  for (const [, work] of cases) work();
  for (let round = 0; round < count; round++) for (const [name, work] of cases) times.get(name)?.push(time(work));
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

const right = (text: string, width: number) => text.padStart(width);
const secrets = Array.from({ length: secretCount }, (_, index) => randomSecret(index));
// Before there are large texts: what is freed of them would count.
globalThis.gc?.();
const before = process.memoryUsage();
const kept = redactorOf(secrets);
globalThis.gc?.();
const after = process.memoryUsage();
const kilobytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1024;
const text = makeText(megabytes * 1e6, secrets);
const bytes = Buffer.from(text, "utf8");
const [many, one] = [redactorOf(secrets), redactorOf(secrets.slice(0, 1))];

const baseline = "replaceAll, plain values only";
const results = measure(
  [
    [baseline, () => replacePlain(text, secrets)],
    ["redact(text)", () => many.redact(text)],
    ["redactBytes(bytes)", () => many.redactBytes(bytes)],
    ["stream, 16 KB chunks", () => inChunks(many, bytes, 16 * 1024)],
    ["redact(text), 1 secret", () => one.redact(text)],
  ],
  rounds,
);
console.log(`${megabytes} MB of JSON and logs, ${secretCount} secrets, median of ${rounds}`);
const base = results.get(baseline) ?? Number.NaN;
for (const [name, milliseconds] of results) {
  const speed = `${((bytes.length / 1e6 / milliseconds) * 1000).toFixed(0)} MB/s`;
  console.log(
    `${name.padEnd(32)}${right(`${milliseconds.toFixed(0)} ms`, 10)}${right(speed, 12)}${right(`${(base / milliseconds).toFixed(1)} ×`, 9)}`,
  );
}

const small = text.slice(0, 2000);
const built = measure(
  [
    ["100 secrets, built and first used", () => redactorOf(secrets)],
    ["1 secret, built and first used", () => redactorOf(secrets.slice(0, 1))],
    ["2 KB with 100 secrets", () => many.redact(small)],
    ["2 KB with 1 secret", () => one.redact(small)],
  ],
  50,
);
console.log();
for (const [name, milliseconds] of built)
  console.log(`${name.padEnd(36)}${right(`${milliseconds.toFixed(3)} ms`, 12)}`);
if (!kept.isEmpty) console.log(`memory of a redactor of ${secretCount} secrets: ${kilobytes.toFixed(0)} KB`);
