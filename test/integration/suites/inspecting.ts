import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, suiteSetup, suiteTeardown, teardown, test } from "mocha";
import { commands, env } from "vscode";
import { type Demo, startDemo } from "../../../src/demo/index.ts";
import { closeEverything, configure, openText, panelSays, takeOffered } from "./support.ts";

let demo: Demo;

/** “Inspect TLS”, with the server of the request at the cursor. */
export function inspecting(): void {
  suite("inspecting", () => {
    suiteSetup(async () => {
      demo = await startDemo();
      await configure("hosts", { "localhost:*": { ca: [join(demo.workspace, "certs", "demo-ca.pem")] } });
      await configure("outsidePaths", [demo.workspace]);
    });

    teardown(closeEverything);

    suiteTeardown(async () => {
      await configure("hosts", undefined);
      await configure("outsidePaths", undefined);
      await demo.close();
    });

    test("suggests the server of the request, uses its settings, and sends nothing", async () => {
      const { api } = demo.servers;
      const { requests } = api;
      await openText(`@base = ${api.url}\n\n### Books\nGET {{base}}/books\n`, "GET");
      await takeOffered("padlock.inspect");
      await panelSays(`TLS localhost:${api.port}`);
      await commands.executeCommand("padlock.copyReport");
      const report = JSON.parse(await env.clipboard.readText());
      assert.equal(report.failure, null);
      assert.equal(report.verdict.kind, "verified");
      assert.equal(report.versions.at(-1).accepted, true);
      assert.equal(api.requests, requests);
    });

    test("a response takes its place in the panel", async () => {
      const { api } = demo.servers;
      await openText(`GET ${api.url}/books\n`, "GET");
      await takeOffered("padlock.inspect");
      await panelSays(`TLS localhost:${api.port}`);
      await commands.executeCommand("padlock.send");
      await panelSays("200 GET /books");
    });
  });
}
