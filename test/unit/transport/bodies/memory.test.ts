import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { truncate } from "node:fs/promises";
import { test } from "node:test";
import { startHttpsServer } from "../../../../src/demo/https-server.ts";
import { createTestPki } from "../../../support/pki.ts";
import { serverIdentity } from "../../../support/servers.ts";
import { makeWorkspace } from "../../../support/temp.ts";
import type { Answered } from "./memory-child.ts";

const size = 80 * 1024 * 1024;

test("large bodies need little memory, in a process of their own", async () => {
  const pki = await createTestPki();
  const piece = Buffer.alloc(1024 * 1024, "some text that is not searched for\n");
  let uploaded = 0;
  const server = await startHttpsServer(serverIdentity(pki.server), (request, response) => {
    request.on("data", (chunk: Buffer) => {
      uploaded += chunk.length;
    });
    request.on("end", () => {
      let left = request.url === "/large" ? size : 0;
      const write = () => {
        while (left > 0) {
          left -= piece.length;
          if (!response.write(piece)) return void response.once("drain", write);
        }
        response.end();
      };
      write();
    });
  });
  await using workspace = await makeWorkspace({ "ca.pem": pki.root.certificatePem, "up.bin": "" });
  await truncate(workspace.path("up.bin"), size);
  const child = fork(new URL("memory-child.ts", import.meta.url), { execArgv: ["--no-warnings"] });
  try {
    child.send({ url: server.url, folder: workspace.path(".") });
    const [{ peaks, received, buffers }] = (await once(child, "message")) as [Answered];
    const [small = 0, upload = 0, download = 0] = peaks;
    assert.deepEqual([received, uploaded], [size, size]);
    assert.ok(upload - small < 16, `an upload took ${upload - small} MB`);
    // The parser of undici alone takes a dozen when it is compiled for speed.
    assert.ok(download - upload < 45, `a download took ${download - upload} MB`);
    assert.ok(buffers < 24, `${buffers} MB of buffers were left to V8`);
  } finally {
    child.kill();
    await server.close();
  }
});
