import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
before(async () => {
  harness = await startHarness((_request, response) => response.end("{}"));
});
after(() => harness.stop());

const lastBody = () => harness.server.recorded.at(-1)?.body.toString("utf8");

describe("a value that is given from outside", () => {
  const secretPrompt = "# @name login\n# @secret-prompt pin\nPOST HOST/\n\n{{pin}}\n";

  for (const value of ["{{{$env.PASSWORD}}}", "C:\\new\\temp", "{{$uuid}}", "a\\{\\{b"]) {
    test(`is put in as it is: ${value}`, async () => {
      await harness.restart({ PASSWORD: "s3cr3t-passw0rd" });
      const variables = new Map([["x", value]]);
      const { view } = await harness.send("a.https", "POST HOST/\n\n{{x}}", undefined, { variables });
      assert.equal(view.failure, null, view.failure?.detail);
      assert.equal(lastBody(), value);
    });

    test(`answers a secret question as it is: ${value}`, async () => {
      const variables = new Map([["pin", value]]);
      const { view } = await harness.send("a.https", secretPrompt.trimEnd(), undefined, { variables });
      assert.equal(view.failure, null, view.failure?.detail);
      assert.equal(lastBody(), value);
      assert.ok(!JSON.stringify(view).includes(JSON.stringify(value).slice(1, -1)));
    });
  }

  test("by run for a secret question has its references replaced", async () => {
    await harness.restart({ PASSWORD: "s3cr3t-passw0rd" });
    const text = `${secretPrompt}\n### all\nrun #login (@pin={{$env.PASSWORD}})\n`;
    const { view } = await harness.send("a.https", text);
    assert.equal(view.failure, null, view.failure?.detail);
    assert.equal(lastBody()?.trim(), "s3cr3t-passw0rd");
    assert.ok(!JSON.stringify(view).includes("s3cr3t-passw0rd"));
  });
});

describe("a file of secrets", () => {
  test("is no request file", async () => {
    await harness.write(".env", "# @name x\nGET HOST/from-env\nKEY=v4lue-of-the-key\n");
    for (const text of ["run .env\n", "import ./.env\n\n### a\nGET HOST/\n"]) {
      const { view, arrived } = await harness.send("a.https", text);
      assert.deepEqual([view.failure?.code, arrived], ["value.unreadable-file", []]);
      assert.ok(!JSON.stringify(view).includes("v4lue"));
    }
  });
});
