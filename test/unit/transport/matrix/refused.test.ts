import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { failureOf } from "../support.ts";
import { type Material, makeMaterial } from "./material.ts";
import { refusedCertificates } from "./refused-certificates.ts";
import { refusedHandshakes } from "./refused-handshakes.ts";
import { refusedRevocation } from "./refused-revocation.ts";
import { bothVersions, type RefusedRow, runRow, type Version } from "./row.ts";

const groups = {
  certificates: refusedCertificates,
  "revocation and pins": refusedRevocation,
  handshakes: refusedHandshakes,
};

describe("the matrix of servers that get no byte of the request", () => {
  let material: Material;
  before(async () => {
    material = await makeMaterial();
  });
  after(() => material.remove());

  for (const [group, rows] of Object.entries(groups)) {
    for (const row of rows) {
      for (const version of row.versions ?? bothVersions) {
        test(`${group}: ${row.name}, ${version}: ${row.code}`, () => check(row, version));
      }
    }
  }

  async function check(row: RefusedRow, version: Version): Promise<void> {
    const { result, server } = await runRow(row, material, version);
    const failure = failureOf(result);
    assert.equal(failure.code, row.code, `${failure.title}: ${failure.detail} ${String(failure.cause)}`);
    expectText(failure.title, row.title);
    expectText(failure.fix, row.fix);
    for (const part of row.detail ?? []) expectText(failure.detail, part);
    if (failure.code !== "timeout.handshake") expectText(failure.detail, `localhost:${server.port}`);
    assert.doesNotMatch(failure.title + failure.fix, /SSL routines|ERR_|UNABLE_TO|undefined|null/);
    assert.doesNotMatch(failure.detail, /SSL routines|UNABLE_TO|undefined|null/);
    assert.equal(server.applicationBytes, 0, "no byte of the request arrived");
    assert.equal(server.connections, 1, "the refused chain comes from the one connection");
    assert.equal(result.outcome.kind === "failure" && result.outcome.requestSent, false);

    const tls = result.connection?.tls;
    if (row.chain === undefined) return;
    assert.deepEqual(
      tls?.chain.map(({ subjectName }) => subjectName),
      row.chain,
    );
    assert.equal(tls?.chain[0]?.source, "server");
    assert.equal(tls?.verdict.verified, false);
    assert.equal(tls?.verdict.code, row.code);
    const about = tls?.chain.find(({ subjectName }) => subjectName === row.about);
    assert.ok(about, "the certificate that is to be named is in the chain");
    const dates = `valid ${about.notBefore.slice(0, 10)} to ${about.notAfter.slice(0, 10)}`;
    for (const part of [`“${about.subjectName}” (${about.subject}, issued by `, dates])
      expectText(failure.detail, part);
  }
});

function expectText(text: string, part: string | RegExp): void {
  if (typeof part === "string") assert.ok(text.includes(part), `"${text}" should say "${part}"`);
  else assert.match(text, part);
}
