import type { Failure } from "../../../../src/common/failure.ts";
import { type Material, makeMaterial } from "./material.ts";
import { refusedCertificates } from "./refused-certificates.ts";
import { refusedHandshakes } from "./refused-handshakes.ts";
import { refusedRevocation } from "./refused-revocation.ts";
import { bothVersions, type RefusedRow, runRow } from "./row.ts";

/* Prints what the matrix gets, as a table: `node test/unit/transport/matrix/case-table.ts [--full]`. */

async function lineOf(row: RefusedRow, material: Material): Promise<string> {
  const [version = "TLSv1.3"] = row.versions ?? bothVersions;
  const { result } = await runRow(row, material, version);
  if (result.outcome.kind === "response") return `| ${row.name} | sent | – |`;
  const { failure } = result.outcome;
  return `| ${row.name} | \`${failure.code}\` | ${textOf(failure)} |`;
}

function textOf({ title, detail, fix }: Failure): string {
  const text = process.argv.includes("--full") ? `**${title}** ${detail} *${fix}*` : title;
  return text.replaceAll("|", "\\|").replace(/localhost:\d+/g, "localhost:8443");
}

const material = await makeMaterial();
const lines = ["| case | code | text |", "| --- | --- | --- |"];
for (const row of [...refusedCertificates, ...refusedRevocation, ...refusedHandshakes]) {
  lines.push(await lineOf(row, material));
}
await material.remove();
console.log(lines.join("\n"));
