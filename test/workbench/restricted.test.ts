import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sendAndRead } from "../../src/tools/vscode/panel.ts";
import { patient, requestLine, useVsCode } from "./support.ts";

describe("Restricted Mode", patient, () => {
  const stage = useVsCode({ trust: "restricted" });

  test("in a folder that is not trusted nothing is sent", patient, async () => {
    const file = "1-first-request.https";
    const window = await stage().open(file);
    await window.waitForCodeLens("Send");
    const shown = await sendAndRead(window, await requestLine(stage().path(file), "Say hello"));
    assert.equal(shown.failureCode, "policy.untrusted-workspace");
    assert.equal(stage().demo.servers.api.requests, 0);
    await window.close();
  });
});
