import { fork } from "node:child_process";
import { open } from "node:fs/promises";
import { startHttpsServer } from "../../src/demo/https-server.ts";
import { createTestPki } from "../support/pki.ts";
import { serverIdentity } from "../support/servers.ts";
import { makeWorkspace } from "../support/temp.ts";

/*
 * The most memory (peak RSS) that a process needs for a body of 1 GiB, each case in a process of its own with the built
 * engine. `npm run bench:bodies`, with another size in MiB as its argument.
 */

const megabyte = 1024 * 1024;
const size = Number(process.argv[2] ?? 1024) * megabyte;
const target = 120;
const piece = Buffer.alloc(megabyte, "0123456789abcdef\n");

const pki = await createTestPki();
let uploaded = 0;
const server = await startHttpsServer(serverIdentity(pki.server), (request, response) => {
  if (request.method === "PUT") {
    request.on("data", (chunk: Buffer) => {
      uploaded += chunk.length;
    });
    request.on("end", () => response.end("{}"));
    return;
  }
  let left = size;
  const write = () => {
    while (left > 0) {
      left -= piece.length;
      if (!response.write(piece)) return void response.once("drain", write);
    }
    response.end();
  };
  response.setHeader("content-length", size);
  write();
});
const host = server.url.replace("https://", "");
await using workspace = await makeWorkspace({
  "ca.pem": pki.root.certificatePem,
  ".vscode/settings.json": JSON.stringify({
    "padlock.hosts": { [host]: { ca: ["ca.pem"] } },
    "padlock.secrets": { TOKEN: [host] },
    "padlock.timeout": { total: "20m" },
  }),
});
const file = await open(workspace.path("upload.bin"), "w");
for (let left = size; left > 0; left -= piece.length) await file.write(piece);
await file.close();

const cases = [
  ["a request without a body", `HEAD ${server.url}/`],
  ["download", `GET ${server.url}/`],
  ["download, with a secret to look for", `GET ${server.url}/\nX-Token: {{$env.TOKEN}}`],
  ["upload by < file", `PUT ${server.url}/\n\n< upload.bin`],
] as const;
process.stdout.write(`${size / megabyte} MiB over TLS; target: less than ${target} MB\n`);
let worst = 0;
for (const [name, text] of cases) {
  const { rss, seconds, received } = await measure(`${text}\n`);
  worst = Math.max(worst, rss);
  process.stdout.write(
    `${name.padEnd(38)}${rss.toFixed(0).padStart(5)} MB${seconds.toFixed(1).padStart(8)} s${String(received).padStart(14)} bytes\n`,
  );
}
process.stdout.write(`uploaded ${uploaded} bytes\n`);
await server.close();
process.exitCode = worst < target ? 0 : 1;

interface Measured {
  readonly rss: number;
  readonly seconds: number;
  readonly received: number;
}

function measure(text: string): Promise<Measured> {
  const child = fork(new URL("bodies-child.mjs", import.meta.url), {
    env: { PATH: process.env["PATH"], TOKEN: "a-secret-that-never-comes-1234" },
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as Measured));
    child.once("exit", (code) => reject(new Error(`the child ended with ${code}`)));
    child.send({ text, file: workspace.path("bench.https") });
  });
}
