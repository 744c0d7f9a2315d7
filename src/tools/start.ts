import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Demo, type ExpectedOutcome, readExpectations, startDemo } from "../demo/index.ts";
import { differences } from "./expectation.ts";
import { root, run } from "./steps.ts";
import { type OnceReport, once, type SentRequest } from "./vscode/once.ts";
import { openForPerson } from "./vscode/start.ts";

const withNobody = process.argv.includes("--once");

if ((await run(process.execPath, ["src/tools/bundle.ts"])) !== 0) process.exit(1);
const demo = await startDemo();
const files = await requestFiles(demo);
try {
  process.exitCode = withNobody ? await withoutPerson() : await withPerson();
} finally {
  await demo.close();
}
// A server of the demo may still wait for a browser's keep-alive connection.
process.exit();

async function requestFiles({ workspace }: Demo): Promise<string[]> {
  const names = (await readdir(workspace)).filter((name) => name.endsWith(".https"));
  return names.sort().map((name) => join(workspace, name));
}

async function withPerson(): Promise<number> {
  const vscode = await openForPerson({
    workspace: demo.workspace,
    extensionPath: root,
    files: files.slice(0, 1),
    env: demo.environment,
  });
  const where =
    vscode.url === null ? "VS Code is opening the demo." : `Open this address in your browser:\n\n  ${vscode.url}\n`;
  process.stdout.write(`
Padlock's demo runs: its own TLS servers on this machine, and a workspace of request files.

${where}
1. Open 1-first-request.https in the Explorer and click "Send" above the first request.
2. Look at the tab "Security" of the panel that opens: the verdict, the protocol, the certificate chain.
3. Go on with 2-mutual-tls.https; 6-must-fail.https shows what a refused server looks like.

Stop with Ctrl+C.
`);
  const interrupted = new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => done());
  });
  await Promise.race([interrupted, vscode.ended]);
  await vscode.close();
  return 0;
}

async function withoutPerson(): Promise<number> {
  process.stdout.write("Clicking Send on every request of the demo in VS Code …\n\n");
  const expectations = await readAll();
  let wrong = 0;
  const report = await once({
    workspace: demo.workspace,
    extensionPath: root,
    files,
    env: demo.environment,
    onResult: (sent) => {
      const problems = differences(sent, expectations.get(key(sent.file, sent.title)));
      if (problems.length > 0) wrong++;
      process.stdout.write(line(sent, problems));
    },
  });
  return summary(report, expectations.size, wrong);
}

async function readAll(): Promise<Map<string, ExpectedOutcome>> {
  const all = new Map<string, ExpectedOutcome>();
  for (const path of files) {
    const name = path.slice(demo.workspace.length + 1);
    for (const { title, expected } of readExpectations(await readFile(path, "utf8")))
      all.set(key(name, title), expected);
  }
  return all;
}

function key(file: string, title: string): string {
  return `${file} › ${title}`;
}

function line(sent: SentRequest, problems: readonly string[]): string {
  const shown = [sent.failureCode ?? sent.status, sent.verdict, sent.protocol, sent.leafSubject, `${sent.took} ms`];
  const mark = problems.length === 0 ? "ok " : "BAD";
  const facts = shown.filter((fact) => fact !== null && fact !== "").join(" | ");
  return [`${mark} ${key(sent.file, sent.title)}\n      ${facts}\n`, ...problems.map((text) => `      ${text}\n`)].join(
    "",
  );
}

function summary({ requests, problems }: OnceReport, expected: number, wrong: number): number {
  for (const problem of problems) process.stdout.write(`BAD the page reported: ${JSON.stringify(problem)}\n`);
  const times = requests.map(({ took }) => took).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const missing = expected - requests.length;
  if (missing !== 0)
    process.stdout.write(`BAD ${expected} requests have an expectation, ${requests.length} were sent\n`);
  process.stdout.write(
    `\n${requests.length} requests, ${requests.length - wrong} as their comments say. From click to rendered panel: ${median} ms (median).\n`,
  );
  return wrong === 0 && missing === 0 && problems.length === 0 && requests.length > 0 ? 0 : 1;
}
