import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureCode } from "../../../src/common/failure.ts";
import type { CertificateReport, ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { trustCandidate } from "../../../src/protocol/trust-candidate.ts";
import { certificate, intermediate, leaf, root } from "../../panel/certificates.ts";
import { expired } from "../../panel/samples.ts";

/** An exchange that was refused with this code, and the chain that the server showed. */
function exchange(code: FailureCode, chain: readonly CertificateReport[]): ExchangeView {
  const { connection, failure } = expired;
  assert.ok(connection?.tls && failure);
  return {
    ...expired,
    failure: { ...failure, code },
    connection: { ...connection, tls: { ...connection.tls, chain } },
  };
}

const alone = certificate({ subjectName: "localhost", issuerName: "localhost", selfSigned: true });

const cases: readonly (readonly [what: string, FailureCode, readonly CertificateReport[], number | undefined])[] = [
  ["the root, where the server sent it", "tls.unknown-authority", [leaf, intermediate, root], 2],
  ["the server's own certificate that signed itself", "tls.self-signed", [alone], 0],
  ["the last intermediate, where the root is missing", "tls.unknown-authority", [leaf, intermediate], 1],
  ["none of a server's certificate alone", "tls.incomplete-chain", [leaf], undefined],
  ["none of an empty chain", "tls.unknown-authority", [], undefined],
  ["none where another reason refused it", "tls.expired", [leaf, intermediate, root], undefined],
  ["none where the name is wrong", "tls.hostname-mismatch", [alone], undefined],
  ["none where it was revoked", "tls.revoked", [leaf, intermediate, root], undefined],
];

for (const [what, code, chain, index] of cases) {
  test(`what can be trusted is ${what}`, () => assert.equal(trustCandidate(exchange(code, chain)), index));
}

test("an exchange without a connection, or with a response, offers none", () => {
  const view = exchange("tls.unknown-authority", [leaf, root]);
  assert.equal(trustCandidate({ ...view, connection: null }), undefined);
  assert.equal(trustCandidate({ ...view, failure: null }), undefined);
});
