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
const tab = () => panel.page.getByRole("tab", { name: "Cookies" });
const rowsOf = async (label: string) => {
  const rows = await panel.page.getByRole("table", { name: label }).locator("tbody tr").all();
  return Promise.all(rows.map(async (row) => (await textOf(row)).replace(/\s+/g, " ").trim()));
};

describe("the Cookies tab", () => {
  test("is there where there are cookies", async () => {
    await show(samples.mutualTls);
    assert.equal(await tab().count(), 0);
    await show(samples.withCookies);
    await tab().click();
    assert.equal(await tab().locator(".count").textContent(), "7");
    // Another exchange without cookies falls back to the first tab.
    await show(samples.mutualTls);
    assert.equal(await panel.page.getByRole("tab", { selected: true }).getAttribute("id"), "tab-body");
  });

  test("lists what was set, with what became of it, what was sent and what was not", async () => {
    await show(samples.withCookies);
    await tab().click();
    const tables = panel.page.locator("#panel-cookies table");
    assert.equal(await tables.count(), 4);
    const facts = "api.example.com only · / · session cookie · Secure · HttpOnly · SameSite=Lax";
    const [theme, old, ad, hostile] = await rowsOf("Set by the response");
    assert.equal(theme, `theme •••••• Reveal ${facts} Kept for later requests`);
    assert.equal(old, `old (empty) ${facts} Deleted: the server let it expire`);
    assert.equal(ad, `ad •••••• ${facts} Refused: com is a public suffix`);
    assert.match(hostile ?? "", /Refused: it has no name$/);
    assert.match((await rowsOf("Sent with the request"))[0] ?? "", /^sid •••••• .*bank\.localhost and below/);
    assert.deepEqual(await rowsOf("Not sent"), ["key It holds API_TOKEN, which may not go to this host"]);
    assert.notEqual(await panel.page.title(), "owned");
  });

  test("shows a value only where a person asks for it, and hides it again", async () => {
    await show(samples.withCookies);
    await tab().click();
    await panel.page.getByRole("button", { name: "Reveal cookie theme" }).click();
    const asked = (await panel.posted()).findLast(({ type }) => type === "revealHeader");
    assert.ok(asked?.type === "revealHeader" && asked.part === "response");
    await panel.send({ ...asked, type: "revealed", value: "theme=d4rk-m0de; Path=/; Secure" });
    assert.match((await rowsOf("Set by the response"))[0] ?? "", /^theme d4rk-m0de Hide /);
    await panel.page.getByRole("button", { name: "Hide cookie theme" }).click();
    assert.doesNotMatch(await panel.page.content(), /d4rk/);
  });

  test("leads to all kept cookies", async () => {
    await panel.page.getByRole("button", { name: "Show all kept cookies" }).click();
    assert.deepEqual((await panel.posted()).at(-1), { type: "showCookies" });
  });

  test("the list of redirects names the cookies of each hop", async () => {
    const items = panel.page.getByTestId("redirects").getByRole("listitem");
    assert.match(await textOf(items.first()), /Cookies kept: hop/);
    assert.match(await textOf(items.last()), /Cookies sent: sid · not sent: key · kept: theme/);
  });
});
