import assert from "node:assert/strict";
import { it } from "node:test";
import { processEnvironment } from "../../../src/secrets/index.ts";

it("reads variables of the process, and nothing that an object inherits", (context) => {
  process.env["PADLOCK_TEST_VARIABLE"] = "value";
  context.after(() => delete process.env["PADLOCK_TEST_VARIABLE"]);
  const environment = processEnvironment();
  assert.equal(environment.get("PADLOCK_TEST_VARIABLE"), "value");
  for (const name of ["PADLOCK_TEST_UNSET", "toString", "__proto__", "constructor"]) {
    assert.equal(environment.get(name), undefined, name);
  }
});
