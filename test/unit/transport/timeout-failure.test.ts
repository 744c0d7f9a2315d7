import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TimeoutOrigin } from "../../../src/settings/timeout-origins.ts";
import { timeoutFailure } from "../../../src/transport/timeout-failure.ts";
import { PhaseTimeout } from "../../../src/transport/timeouts.ts";

const place = { file: "api.https", line: 12, column: 1 };

function failureOf(phase: "connect" | "handshake" | "total", origin?: TimeoutOrigin) {
  return timeoutFailure(new PhaseTimeout(phase, 2000), { at: "a.test:443", through: "", origin });
}

describe("a timeout says who set its limit, and what to change", () => {
  test("a directive", () => {
    const { title, detail, fix, setting } = failureOf("total", { name: "@timeout", location: place, kind: "request" });
    assert.equal(title, "Timeout: the exchange with a.test:443 did not end within 2.00 s");
    assert.equal(
      detail,
      "The total timeout is 2.00 s here: @timeout in api.https:12 says so. The connection was closed when it had passed.",
    );
    assert.equal(fix, "Check the server, or give it more time: change @timeout in api.https:12.");
    assert.equal(setting, undefined);
  });

  test("a setting of the workspace, and one of the person", () => {
    const name = "padlock.hosts › a.test › timeout › connect";
    const file = { ...place, file: ".vscode/settings.json" };
    const shared = failureOf("connect", { name, location: file, kind: "setting" });
    assert.equal(shared.fix, `Check the server, or give it more time: change ${name} in .vscode/settings.json:12.`);
    assert.equal(shared.setting, name);
    const own = failureOf("connect", { name: "padlock.timeout › connect", location: undefined, kind: "setting" });
    assert.match(own.detail, /: padlock\.timeout › connect of your own settings says so\./);
  });

  test("nobody: the default, with what would change it", () => {
    assert.match(failureOf("connect").detail, /: nothing sets it, so the default holds\./);
    assert.equal(
      failureOf("connect").fix,
      'Check the server, or give it more time: write "# @connection-timeout 5m" above the request, or set "timeout": { "connect": "5m" } in the host\'s entry of padlock.hosts, or "padlock.timeout": { "connect": "5m" }.',
    );
    assert.doesNotMatch(failureOf("handshake").fix, /@/);
  });
});
