/* Sends what `memory.test.ts` asks for, one after the other, and tells how much memory it has needed up to each. */
import { openBodyFile } from "../../../../src/resolve/body/body-file.ts";
import { BodyFiles } from "../../../../src/runner/body-store/body-files.ts";
import { createRedactor } from "../../../../src/secrets/index.ts";
import { createTransport } from "../../../../src/transport/index.ts";
import { fileReference, get, noProfile, responseOf } from "../support.ts";

export interface Asked {
  readonly url: string;
  readonly folder: string;
}

export interface Answered {
  /** In MB: peak RSS after a small request, a large upload and a large download. */
  readonly peaks: readonly number[];
  readonly received: number;
  /** In MB: the most that buffers took while the large ones were under way. */
  readonly buffers: number;
}

process.once("message", async ({ url, folder }: Asked) => {
  const transport = createTransport();
  const redactor = createRedactor();
  redactor.add("TOKEN", "a-secret-that-never-comes-1234");
  const files = new BodyFiles(folder);
  const profile = { ...noProfile, ca: [fileReference(`${folder}/ca.pem`, "ca")] };
  const send = async (path: string, changes: Parameters<typeof get>[1] = {}) => {
    const store = files.store(() => redactor);
    const result = await transport.send(get(url + path, { profile, store, ...changes }), new AbortController().signal);
    return responseOf(result).bodySize;
  };
  const peak = () => process.resourceUsage().maxRSS / 1024;
  await send("/small");
  const small = peak();
  let buffers = 0;
  const timer = setInterval(() => {
    buffers = Math.max(buffers, process.memoryUsage().arrayBuffers / 2 ** 20);
  }, 10);
  const wanted = { path: "up.bin", shown: "up.bin", location: { file: `${folder}/a.https`, line: 0, column: 0 } };
  const places = { requestFile: `${folder}/a.https`, root: folder, outsidePaths: [], keys: [] };
  await send("/up", { method: "PUT", body: await openBodyFile(wanted, places) });
  const upload = peak();
  const received = await send("/large");
  clearInterval(timer);
  const answer: Answered = { peaks: [small, upload, peak()], received, buffers };
  await files.close();
  await transport.close();
  process.send?.(answer, () => process.disconnect());
});
