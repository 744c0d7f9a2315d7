import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
before(async () => {
  harness = await startHarness(({ url }, response) => {
    if (url === "/start") response.writeHead(302, { location: "/never" }).end();
  });
});
after(() => harness.stop());

async function failureOf(text: string, ownHost: Readonly<Record<string, unknown>> = {}) {
  const { view } = await harness.send("slow.https", text, undefined, { ownHost });
  return view.failure ?? assert.fail("it was answered");
}

describe("which limit ended an exchange", () => {
  test("@timeout, with its line", async () => {
    const { code, detail, fix } = await failureOf("### a\n# @timeout 150ms\nGET https://HOST/never\n");
    assert.equal(code, "timeout.total");
    assert.match(detail, /@timeout in slow\.https:2 says so/);
    assert.match(fix, /change @timeout in slow\.https:2\.$/);
  });

  test("cURL's option", async () => {
    const { detail } = await failureOf("curl --max-time 0.15 https://HOST/never\n");
    assert.match(detail, /--max-time in slow\.https:1 says so/);
  });

  test("the entry of the host", async () => {
    const { code, detail, setting } = await failureOf("GET https://HOST/never\n", { timeout: { response: "150ms" } });
    assert.equal(code, "timeout.response");
    assert.match(detail, new RegExp(`padlock\\.hosts › ${harness.host} › timeout › response `));
    assert.equal(setting, `padlock.hosts › ${harness.host} › timeout › response`);
  });

  test("a redirect keeps to the @timeout of the request", async () => {
    const { code, detail } = await failureOf("# @timeout 300ms\nGET https://HOST/start\n");
    assert.equal(code, "timeout.total");
    assert.match(detail, /@timeout in slow\.https:1 says so/);
  });
});
