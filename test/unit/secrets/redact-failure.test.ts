import assert from "node:assert/strict";
import { it } from "node:test";
import { Failure } from "../../../src/common/failure.ts";
import { createRedactor, redactFailure } from "../../../src/secrets/index.ts";

it("keeps a failure as it is but for values, and drops its cause", () => {
  const redactor = createRedactor();
  redactor.add("T", "token-1");
  const location = { file: "a.https", line: 1, column: 2, lineText: "GET token-1" };
  const texts = { title: "no token-1", detail: "token-1 is bad", fix: "change token-1" };
  const failure = new Failure({ code: "value.bad-url", ...texts, location, cause: new Error("token-1"), setting: "s" });
  const redacted = redactFailure(failure, redactor);
  assert.deepEqual(
    [redacted.code, redacted.title, redacted.detail, redacted.fix, redacted.setting, redacted.location],
    [
      "value.bad-url",
      "no {{$env.T}}",
      "{{$env.T}} is bad",
      "change {{$env.T}}",
      "s",
      { file: "a.https", line: 1, column: 2 },
    ],
  );
  assert.equal(redacted.cause, undefined);
  assert.doesNotMatch(redacted.message + redacted.stack, /token-1/);
});
