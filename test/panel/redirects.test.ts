import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ExchangeView } from "../../src/protocol/exchange-view.ts";
import { type Harness, type PanelPage, startHarness, textOf } from "./harness.ts";
import * as samples from "./samples.ts";

let harness: Harness;
let panel: PanelPage;
before(async () => {
  harness = await startHarness();
  panel = await harness.open();
});
after(() => harness.close());

const show = (exchange: ExchangeView) => panel.send({ type: "exchange", exchange });
const redirects = () => panel.page.getByTestId("redirects");

describe("redirects and warnings", () => {
  test("an exchange without any shows neither", async () => {
    await show(samples.mutualTls);
    assert.equal(await panel.page.locator(".remarks").count(), 0);
  });

  test("each redirect has its status, target, verdict and what was withheld", async () => {
    await show(samples.redirected);
    const items = await redirects().getByRole("listitem").all();
    const texts = await Promise.all(items.map((item) => textOf(item)));
    assert.equal(texts.length, 3);
    const [from, first, second] = texts.map((text) => text.replace(/\s+/g, " "));
    assert.equal(from, "From POST https://api.bank.localhost:8443/v1/accounts/42 Verified 96 ms");
    assert.equal(first, "303 GET https://api.bank.localhost:8443/v1/reports/2026-11 Not verified 19 ms");
    assert.equal(
      second,
      "302 GET https://files.bank.localhost:8443/reports/2026-11.pdf?download=1 Verified 143 ms Not sent there: Authorization (API_TOKEN)",
    );
    assert.match((await items[1]?.locator(".level-error").textContent()) ?? "", /Not verified/);
  });

  test("warnings stand as lines of their own, said to be warnings", async () => {
    await show(samples.redirected);
    const lines = panel.page.getByTestId("notes").getByRole("listitem");
    assert.deepEqual(await lines.allTextContents(), [
      "Warning: Authorization was not sent on to files.bank.localhost:8443, because padlock.secrets does not allow API_TOKEN there.",
      "Note: A remark that is no warning.",
    ]);
  });

  test("more than three are folded, and unfold by keyboard", async () => {
    await show(samples.redirectRefused);
    assert.equal(await redirects().getByRole("listitem").first().isVisible(), false);
    await redirects().locator("summary").focus();
    await panel.page.keyboard.press("Enter");
    assert.equal(await redirects().getByRole("listitem").count(), 11);
    assert.equal(await redirects().getByRole("listitem").last().isVisible(), true);
  });

  test("the timing begins with them", async () => {
    await show(samples.redirected);
    await panel.page.getByRole("tab", { name: "Timing" }).click();
    const rows = await panel.page.locator(".timing tbody tr").allInnerTexts();
    assert.match(rows[0] ?? "", /^Redirects\s.*115 ms/s);
    assert.match(await textOf(panel.page.locator(".timing tfoot")), /258 ms/);
  });

  test("text of a server stays text there", async () => {
    const { redirects: hops, notes } = samples.redirected;
    const mark = samples.hostileMark;
    await show({
      ...samples.redirected,
      redirects: hops.map((hop) => ({
        ...hop,
        location: `https://a.test/${mark}\u202e`,
        withheld: [{ part: "header", name: mark, secrets: [mark] }],
      })),
      notes: [{ level: "warning", text: `${mark}\u202e` }, ...notes],
    });
    assert.equal(await panel.page.locator(".remarks img, .remarks script").count(), 0);
    assert.match(await textOf(panel.page.locator(".remarks")), /\\u202E/);
    assert.notEqual(await panel.page.title(), "owned");
  });

  test("an accepted certificate is loud and red, and says whose settings accept it", async () => {
    await show(samples.accepted);
    const badge = panel.page.getByTestId("verdict").first();
    assert.equal(await textOf(badge), "Not verified · accepted by your settings");
    assert.match((await badge.getAttribute("class")) ?? "", /level-error loud/);
    await badge.click();
    assert.match(
      await textOf(panel.page.locator(".verdict-card")),
      /could not be verified[\s\S]*padlock\.unverifiedHosts/,
    );
    assert.doesNotMatch(await textOf(panel.page.getByRole("tabpanel")), /Refused/);
  });
});
