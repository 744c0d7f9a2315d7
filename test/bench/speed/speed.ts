import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { httpYacProgram } from "../httpyac.ts";
import { compareRates } from "./rates.ts";
import { startBenchServer } from "./server-process.ts";
import { makeBenchWorkspace } from "./workspace.ts";

/*
 * What a request costs beside doing the same with nothing around it, in one run against one server:
 * requests one after the other on one connection against undici's own client, 200 requests of one file against a bare
 * script and httpYac, and the start of the command line against a bare script. Needs `npm run build`.
 */

const rounds = { start: 11, file: 5, httpYac: 1 };
const program = resolve(import.meta.dirname, "../../../dist/cli.js");

const folder = await mkdtemp(join(tmpdir(), "padlock-speed-"));
const server = await startBenchServer();
try {
  const paths = await makeBenchWorkspace(folder, server);
  const command = (...args: readonly string[]) => timeOf(args, folder);

  const { padlock, undici, handshakes } = await compareRates(server);
  row("requests a second, one connection", `${padlock.toFixed(0)} of undici's ${undici.toFixed(0)}`, padlock / undici);
  row("handshakes of all these requests", String(handshakes));

  const start = interleaved(rounds.start, {
    bare: () => command(paths.bareOne),
    padlock: () => command(program, "run", paths.one),
  });
  compare("start, one request", start, "bare", "a bare script");

  const before = await server.handshakes();
  const file = interleaved(rounds.file, {
    bare: () => command(paths.bareMany),
    padlock: () => command(program, "run", paths.many),
  });
  compare("200 requests of one file", file, "bare", "a bare script");
  row("handshakes of each such run", String(((await server.handshakes()) - before) / (2 * (rounds.file + 1))));

  const httpYac = await httpYacProgram();
  const others = interleaved(rounds.httpYac, {
    httpYac: () => command(httpYac, "send", paths.manyHttp, "--all", "--silent"),
  });
  row(
    "httpYac's command line, the same 200",
    ms(others.httpYac),
    median(others.httpYac) / median(file.padlock),
    "times as long",
  );
} finally {
  server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Of a program of its own, from its start to its end; milliseconds. */
function timeOf(args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return performance.now() - start;
}

/** Interleaved, so that a busy moment of the machine hits all alike. The first round fills caches and does not count. */
function interleaved<Name extends string>(
  count: number,
  programs: Readonly<Record<Name, () => number>>,
): Readonly<Record<Name, readonly number[]>> {
  const entries = Object.entries<() => number>(programs);
  const times: Record<string, number[]> = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (let round = 0; round <= count; round++) {
    for (const [name, run] of entries) {
      const time = run();
      if (round > 0) times[name]?.push(time);
    }
  }
  return times as Record<Name, number[]>;
}

function compare(
  what: string,
  times: Readonly<Record<"bare" | "padlock", readonly number[]>>,
  base: "bare",
  of: string,
) {
  row(
    what,
    `${ms(times.padlock)}, ${of} ${ms(times[base])}`,
    median(times.padlock) / median(times[base]),
    "times as long",
  );
}

function row(what: string, value: string, ratio?: number, unit = ""): void {
  const shown = ratio === undefined ? "" : `${ratio.toFixed(2)} ${unit}`;
  process.stdout.write(`${what.padEnd(38)}${value.padEnd(44)}${shown}\n`);
}

function ms(times: readonly number[]): string {
  return `${median(times).toFixed(0)} ms`;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
