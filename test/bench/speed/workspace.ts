import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchServer } from "./server.ts";

export interface BenchPaths {
  /** A request file of one request, of 200, and those as httpYac reads them. */
  readonly one: string;
  readonly many: string;
  readonly manyHttp: string;
  /** Scripts that send the same with node:https and print the same. */
  readonly bareOne: string;
  readonly bareMany: string;
}

const count = 200;

export async function makeBenchWorkspace(folder: string, { port, ca }: BenchServer): Promise<BenchPaths> {
  const url = `https://localhost:${port}`;
  const path = (name: string) => join(folder, name);
  const request = (index: number) => `### r${index}\nGET ${url}/${index}\nAccept: application/json\n`;
  const many = Array.from({ length: count }, (_, index) => request(index)).join("\n");
  const settings = { "padlock.hosts": { [`localhost:${port}`]: { ca: ["ca.pem"] } } };
  await mkdir(path(".vscode"));
  await Promise.all([
    writeFile(path("ca.pem"), ca),
    writeFile(path(".vscode/settings.json"), JSON.stringify(settings)),
    writeFile(path("one.https"), request(0)),
    writeFile(path("many.https"), many),
    // httpYac knows no authority of a host.
    writeFile(path("many.http"), many.replaceAll("Accept:", "# @noRejectUnauthorized\nAccept:")),
    writeFile(path("one.cjs"), script(url, 1)),
    writeFile(path("many.cjs"), script(url, count)),
  ]);
  return {
    one: path("one.https"),
    many: path("many.https"),
    manyHttp: path("many.http"),
    bareOne: path("one.cjs"),
    bareMany: path("many.cjs"),
  };
}

function script(url: string, requests: number): string {
  return `const https = require("node:https");
const ca = require("node:fs").readFileSync(require("node:path").join(__dirname, "ca.pem"));
const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
const get = (index) => new Promise((resolve, reject) => {
  https.get("${url}/" + index, { ca, agent, headers: { accept: "application/json" } }, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (chunk) => { text += chunk; });
    response.on("end", () => resolve(console.log(response.statusCode, text)));
  }).on("error", reject);
});
(async () => {
  for (let index = 0; index < ${requests}; index++) await get(index);
  agent.destroy();
})();
`;
}
