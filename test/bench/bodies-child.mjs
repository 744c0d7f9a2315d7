/* One request with the built engine, for `bodies.ts`; plain JavaScript, since stripping types takes memory of its own. */
import { createRequire } from "node:module";

const { createEngine } = createRequire(import.meta.url)("../../dist/engine.js");

process.once("message", async ({ text, file }) => {
  const engine = createEngine({
    environment: { get: (name) => process.env[name] },
    secret: async () => undefined,
    prompt: async () => undefined,
  });
  const started = performance.now();
  const settings = await engine.findSettings(file);
  const { signal } = new AbortController();
  const view = await engine.run({ text, file, block: 0, settings, trusted: true, environmentName: "", signal });
  if (view.failure) throw new Error(`${view.failure.title}: ${view.failure.detail}`);
  const seconds = (performance.now() - started) / 1000;
  await engine.close();
  const rss = process.resourceUsage().maxRSS / 1024;
  process.send({ rss, seconds, received: view.response.body.size }, () => process.exit());
});
