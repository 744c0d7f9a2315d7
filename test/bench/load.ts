import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join, resolve } from "node:path";

/* What opening a request file and the first send cost: each bundle loaded in a process of its own, medians of 15. */

const dist = resolve(import.meta.dirname, "../../dist");
const rounds = 15;

/** `vscode` exists only in the extension host; a stand-in lets the bundle's own top level run. */
const standIn = `const m=require("module"),l=m._load;m._load=(r,...a)=>r==="vscode"?new Proxy({},{get:()=>class{}}):l(r,...a);`;

function load(code: string): number {
  const script = `${standIn}const t=performance.now();${code};process.stdout.write(String(performance.now()-t))`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const measured = [
  { name: "baseline: node:https", code: 'require("node:https")', file: undefined },
  ...["extension", "language", "engine", "cli"].map((name) => {
    const file = join(dist, `${name}.js`);
    // The command line runs when it is loaded: only its text is compiled.
    const code =
      name === "cli"
        ? `new (require("vm").Script)(require("fs").readFileSync(${JSON.stringify(file)},"utf8"))`
        : `require(${JSON.stringify(file)})`;
    return { name: `${name}.js`, code, file };
  }),
];
// Interleaved, so that a busy moment of the machine hits all alike.
const times = measured.map((): number[] => []);
for (let round = 0; round < rounds; round++) {
  for (const [index, { code }] of measured.entries()) times[index]?.push(load(code));
}
for (const [index, { name, file }] of measured.entries()) {
  const size = file ? `${(statSync(file).size / 1000).toFixed(0)} KB` : "";
  process.stdout.write(
    `${name.padEnd(24)}${size.padStart(8)}${median(times[index] ?? [])
      .toFixed(1)
      .padStart(8)} ms\n`,
  );
}
