import assert from "node:assert/strict";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Harness, screenshots, showRevealed, startHarness } from "./harness.ts";
import * as samples from "./samples.ts";
import { themes } from "./themes.ts";

let harness: Harness;
before(async () => {
  await mkdir(screenshots, { recursive: true });
  harness = await startHarness();
});
after(() => harness.close());

const size = { width: 640, height: 820 };
const views = [
  { name: "body", exchange: samples.mutualTls, tab: "Body" },
  { name: "headers", exchange: samples.mutualTls, tab: "Headers" },
  { name: "security", exchange: samples.mutualTls, tab: "Security" },
  { name: "report", exchange: samples.fullReport, tab: "Security" },
  { name: "timing", exchange: samples.mutualTls, tab: "Timing" },
  { name: "request", exchange: samples.plainHttp, tab: "Request" },
  { name: "request-masked", exchange: samples.mutualTls, tab: "Request" },
  { name: "failure", exchange: samples.expired, tab: null },
  { name: "settings", exchange: samples.badSettings, tab: null },
  { name: "redirected", exchange: samples.redirected, tab: "Timing" },
  { name: "accepted", exchange: samples.accepted, tab: "Security" },
  { name: "partial", exchange: samples.partial, tab: null },
  { name: "cookies", exchange: samples.withCookies, tab: "Cookies" },
] as const;

for (const theme of themes) {
  test(`pictures for a person to look at: ${theme.name}`, async () => {
    const panel = await harness.open(theme, size);
    for (const { name, exchange, tab } of views) {
      await panel.send({ type: "exchange", exchange });
      if (tab) await panel.page.getByRole("tab", { name: tab }).click();
      const path = join(screenshots, `panel-${theme.name}-${name}.png`);
      await panel.page.screenshot({ path, fullPage: true });
      assert.ok((await stat(path)).size > 10_000, `${path} shows something`);
    }
    for (const exchange of [samples.receiving, samples.receivedMore]) {
      await panel.send({ type: "receiving", id: "run-1", exchange });
    }
    await panel.page.screenshot({ path: join(screenshots, `panel-${theme.name}-receiving.png`), fullPage: true });
    await showRevealed(panel);
    await panel.page.screenshot({ path: join(screenshots, `panel-${theme.name}-revealed.png`), fullPage: true });
    await panel.close();
  });
}

test("pictures of a narrow column, of waiting and of hostile text", async () => {
  const panel = await harness.open(themes[1], { width: 300, height: 900 });
  for (const [name, message] of [
    ["empty", { type: "empty" }],
    ["running", { type: "running", id: "1", method: "GET", url: samples.mutualTls.request.url, elapsed: 1_400 }],
    ["narrow", { type: "exchange", exchange: samples.mutualTls }],
    ["hostile", { type: "exchange", exchange: samples.hostileServer }],
    ["not-found", { type: "exchange", exchange: samples.reusedNotFound }],
    ["narrow-report", { type: "exchange", exchange: samples.fullReport }],
    ["narrow-failure", { type: "exchange", exchange: samples.expired }],
  ] as const) {
    await panel.send(message);
    if (name === "narrow" || name === "narrow-report") await panel.page.getByRole("tab", { name: "Security" }).click();
    if (name === "hostile") await panel.page.setViewportSize({ width: 640, height: 820 });
    if (name.startsWith("narrow-")) await panel.page.setViewportSize({ width: 300, height: 820 });
    const path = join(screenshots, `panel-${name}.png`);
    await panel.page.screenshot({ path, fullPage: name.startsWith("narrow") });
    assert.ok((await stat(path)).size > 5_000, `${path} shows something`);
  }
  await panel.close();
});
