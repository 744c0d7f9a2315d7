import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, suiteSetup, suiteTeardown, teardown, test } from "mocha";
import { commands, env } from "vscode";
import { type Demo, startDemo } from "../../../src/demo/index.ts";
import { closeEverything, configure, openText, panelSays, takeOffered } from "./support.ts";

let demo: Demo;

/** “Show Cookies” and “Clear Cookies”, with what each list offers first. */
export function cookies(): void {
  suite("cookies", () => {
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

    test("a cookie is kept, its value shown to who asks for it, and forgotten with Clear Cookies", async () => {
      const { url } = demo.servers.api;
      await send(`POST ${url}/login\n`);
      await panelSays("200 GET /account");
      await takeOffered("padlock.showCookies");
      assert.match(await env.clipboard.readText(), /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/);
      await openText(`GET ${url}/account\n`, "GET");
      await takeOffered("padlock.clearCookies");
      await commands.executeCommand("padlock.send");
      await panelSays("401 GET /account");
    });
  });
}

async function send(text: string): Promise<void> {
  await openText(text, text.split(" ", 1)[0]);
  await commands.executeCommand("padlock.send");
}
