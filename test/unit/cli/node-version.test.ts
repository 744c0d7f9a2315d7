import assert from "node:assert/strict";
import { test } from "node:test";
import { isNodeSupported } from "../../../src/cli/node-version.ts";

test("only versions of Node.js that can run the engine are taken", () => {
  for (const version of ["22.19.0", "22.20.1", "24.0.0", "100.1.0"]) assert.ok(isNodeSupported(version), version);
  for (const version of ["20.20.2", "22.18.9", "9.30.0"]) assert.ok(!isNodeSupported(version), version);
});
