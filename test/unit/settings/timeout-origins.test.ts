import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSettings, resolveTimeoutOrigins } from "../../../src/settings/index.ts";

function originsFor(values: Readonly<Record<string, unknown>>, host: string, environment = "", isOfFile = true) {
  const text = isOfFile ? JSON.stringify(values, null, 2) : undefined;
  const read = readSettings({ root: "/project", values, file: "/project/.vscode/settings.json", text });
  if (!read.ok) assert.fail(JSON.stringify(read.error));
  const origins = resolveTimeoutOrigins(read.value, new URL(`https://${host}/`), environment);
  return Object.fromEntries(
    Object.entries(origins).map(([phase, origin]) => [
      phase,
      origin && `${origin.name} ${origin.location?.line ?? "-"}`,
    ]),
  );
}

describe("where a time limit comes from", () => {
  const values = {
    "padlock.timeout": { connect: "3s", idle: "30s" },
    "padlock.hosts": {
      "a.test": { timeout: { total: "9s" } },
      "b.test": [{ environment: "dev", timeout: { total: "8s" } }, { timeout: { total: "7s" } }],
    },
  };

  test("the host's entry, padlock.timeout, or nothing: also where a setting says what is the default", () => {
    assert.deepEqual(originsFor(values, "a.test"), {
      connect: "padlock.timeout › connect 3",
      handshake: undefined,
      response: undefined,
      idle: "padlock.timeout › idle 4",
      total: "padlock.hosts › a.test › timeout › total 9",
    });
    assert.equal(originsFor(values, "other.test")["total"], undefined);
  });

  test("the entry of the environment", () => {
    assert.match(originsFor(values, "b.test", "dev")["total"] ?? "", /^padlock\.hosts › b\.test › .*total 16$/);
    assert.match(originsFor(values, "b.test")["total"] ?? "", /^padlock\.hosts › b\.test › .*total 21$/);
  });

  test("the person's own settings have no line", () => {
    assert.equal(originsFor(values, "a.test", "", false)["connect"], "padlock.timeout › connect -");
  });
});
