import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exitCodeOf, worstExitCode } from "../../../src/cli/exit-code.ts";
import { Tally } from "../../../src/cli/summary.ts";
import { failureCodes } from "../../../src/common/failure.ts";
import { makeExchange, makeFailedExchange, makeResponse } from "./views.ts";

describe("exitCodeOf", () => {
  it("knows every failure code", () => {
    for (const code of failureCodes) assert.ok([2, 3, 4, 70, 130].includes(exitCodeOf(code)), code);
  });

  it("goes by the family", () => {
    assert.equal(exitCodeOf("network.dns"), 2);
    assert.equal(exitCodeOf("tls.expired"), 2);
    assert.equal(exitCodeOf("timeout.total"), 2);
    assert.equal(exitCodeOf("response.malformed"), 2);
    assert.equal(exitCodeOf("parse.error"), 3);
    assert.equal(exitCodeOf("settings.unknown-key"), 3);
    assert.equal(exitCodeOf("variable.unset"), 3);
    assert.equal(exitCodeOf("value.header-injection"), 3);
    assert.equal(exitCodeOf("identity.key-mismatch"), 3);
    assert.equal(exitCodeOf("policy.secret-not-allowed"), 4);
    assert.equal(exitCodeOf("canceled"), 130);
  });

  it("takes the worst of several", () => {
    assert.equal(worstExitCode([]), 0);
    assert.equal(worstExitCode([0, 3, 2]), 3);
    assert.equal(worstExitCode([4, 130, 0]), 130);
  });
});

describe("Tally", () => {
  it("counts a response of any status as an answer", () => {
    const tally = new Tally(2, 0);
    tally.add(makeExchange());
    tally.add(makeExchange({ response: makeResponse({ status: 500 }) }));
    assert.deepEqual(tally.summary(), {
      requests: 2,
      answered: 2,
      failed: 0,
      canceled: 0,
      notSent: 0,
      skipped: 0,
      problems: 0,
      exitCode: 0,
    });
  });

  it("tells failed, canceled and not sent apart", () => {
    const tally = new Tally(4, 0);
    tally.add(makeExchange());
    tally.add(makeFailedExchange({ code: "policy.plain-http" }));
    tally.add(makeFailedExchange({ code: "canceled" }));
    assert.deepEqual(tally.summary(), {
      requests: 4,
      answered: 1,
      failed: 1,
      canceled: 1,
      notSent: 1,
      skipped: 0,
      problems: 0,
      exitCode: 130,
    });
  });

  it("adds the requests that others needed, and takes away those that were sent already", () => {
    const tally = new Tally(2, 0, 1);
    tally.addBefore(makeExchange());
    tally.addBefore(makeFailedExchange({ code: "network.dns" }));
    tally.add(makeFailedExchange({ code: "network.dns" }));
    tally.passOver();
    const { requests, answered, failed, notSent, skipped, exitCode } = tally.summary();
    assert.deepEqual([requests, answered, failed, notSent, skipped, exitCode], [3, 1, 2, 0, 1, 2]);
  });

  it("is wrong input when something outside the requests is", () => {
    const tally = new Tally(1, 2);
    tally.add(makeExchange());
    const { answered, failed, notSent, problems, exitCode } = tally.summary();
    assert.deepEqual([answered, failed, notSent, problems, exitCode], [1, 0, 0, 2, 3]);
  });

  it("is interrupted when a request was left out, even if all others were answered", () => {
    const tally = new Tally(2, 0);
    tally.add(makeExchange());
    assert.equal(tally.summary().exitCode, 130);
  });
});
