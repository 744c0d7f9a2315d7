import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { InspectionView } from "../../src/protocol/inspection-view.ts";
import { type Harness, type PanelPage, screenshots, startHarness, textOf } from "./harness.ts";
import { hostileInspection, notConnected, refused, verified } from "./inspections.ts";
import { expired, mutualTls, redirectRefused } from "./samples.ts";
import { themes } from "./themes.ts";

let harness: Harness;
let panel: PanelPage;
before(async () => {
  await mkdir(screenshots, { recursive: true });
  harness = await startHarness();
  panel = await harness.open();
});
after(() => harness.close());

const show = (inspection: InspectionView) => panel.send({ type: "inspection", inspection });
const text = (testId: string) => textOf(panel.page.getByTestId(testId).first());
const visibleText = () => textOf(panel.page.locator("#panel"));
const posted = async () => (await panel.posted()).at(-1);
const versions = async () => {
  const rows = await panel.page.getByTestId("versions").locator("tr").all();
  return Promise.all(rows.map(async (row) => (await textOf(row)).replace(/\s+/g, " ").trim()));
};

describe("the inspection of a server", () => {
  test("verified: the server, the verdict, the versions and the whole report on one page", async () => {
    await show(verified);
    assert.equal(await panel.page.locator("#panel").getAttribute("data-state"), "inspection");
    assert.equal(await text("status"), "api.bank.localhost:8443");
    assert.equal(await text("verdict"), verified.verdict.text);
    assert.match(await visibleText(), /Handshake only, no request sent\s+11 ms/);
    assert.deepEqual(await versions(), [
      "TLS 1.0 refused",
      "TLS 1.1 accepted, obsolete TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
      "TLS 1.2 accepted TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS 1.3 accepted TLS_AES_256_GCM_SHA384",
    ]);
    assert.equal(await panel.page.getByTestId("versions").locator(".level-warning").count(), 1);
    for (const heading of ["Connection", "Certificate chain", "Client certificate"]) {
      assert.equal(await panel.page.getByRole("heading", { name: heading, exact: true }).count(), 1, heading);
    }
    assert.match(await text("notes"), /expires in 3 days/);
    assert.equal(await panel.page.getByRole("tab").count(), 0);
    assert.equal(
      await panel.page.locator("#live").textContent(),
      "api.bank.localhost:8443, Verified · TLS 1.3 · client certificate sent",
    );
  });

  test("its buttons inspect again, copy the report and open a certificate", async () => {
    await show(verified);
    await panel.page.getByTestId("inspect-again").click();
    assert.deepEqual(await posted(), { type: "inspect", id: verified.id });
    await panel.page.getByRole("button", { name: "Copy report as JSON" }).click();
    assert.deepEqual(await posted(), { type: "copy", what: "report" });
    const root = panel.page.getByTestId("certificate").last();
    await root.locator("summary").click();
    await root.getByRole("button", { name: "Open PEM" }).click();
    assert.deepEqual(await posted(), { type: "openCertificate", index: 2 });
  });

  test("refused: why, what to change, whom to trust, and the refused chain", async () => {
    await show(refused);
    assert.equal(await text("verdict"), refused.verdict.text);
    assert.equal(await text("failure-code"), "tls.unknown-authority");
    assert.match(await visibleText(), /Only the handshake was tried: no request was sent\./);
    assert.deepEqual(await versions(), [
      "TLS 1.0 not known (not available on this runtime)",
      "TLS 1.1 not known (no answer in time)",
      "TLS 1.2 accepted TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS 1.3 refused",
    ]);
    assert.ok((await panel.page.getByTestId("certificate").count()) > 1);
    await panel.page.getByTestId("trust").click();
    assert.deepEqual(await posted(), { type: "trustAuthority", id: refused.id, index: 2 });
    // There is no request to go on with.
    assert.equal(await panel.page.getByTestId("send-again").count(), 0);
  });

  test("not connected: no versions, no chain, and nothing that claims there were", async () => {
    await show(notConnected);
    assert.equal(await text("status"), "[::1]:443");
    assert.equal(await text("failure-code"), "network.refused");
    assert.match(await visibleText(), /No connection was made\./);
    assert.equal(await panel.page.getByTestId("versions").count(), 0);
    assert.equal(await panel.page.getByRole("heading", { name: "Certificate chain" }).count(), 0);
    await panel.send({ type: "exchange", exchange: mutualTls });
    assert.equal(await panel.page.getByTestId("inspect-again").count(), 0);
  });

  test("the focus stays on the button that inspects again", async () => {
    await show(verified);
    await panel.page.getByTestId("inspect-again").focus();
    await show(refused);
    assert.equal(await panel.page.evaluate("document.activeElement.dataset.testid"), "inspect-again");
  });

  test("hostile text is shown as text, and cut where it is too long", async () => {
    await show(hostileInspection);
    assert.equal(await panel.page.title(), "Padlock");
    assert.equal(await panel.page.locator("img, iframe, script:not([nonce]), [onerror], [style]:not(html)").count(), 0);
    const shown = await visibleText();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what must not be there.
    assert.doesNotMatch(shown, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
    assert.match((await versions())[0] ?? "", /\\u202E/);
    assert.doesNotMatch(shown, /C{300}/);
  });

  test("a failed handshake of a request offers to inspect its server; other failures do not", async () => {
    await panel.send({ type: "exchange", exchange: expired });
    await panel.page.getByTestId("inspect").click();
    assert.deepEqual(await posted(), { type: "inspect", id: expired.id });
    await panel.send({ type: "exchange", exchange: redirectRefused });
    assert.equal(await panel.page.getByTestId("inspect").count(), 0);
  });
});

for (const theme of themes) {
  test(`pictures of inspections for a person to look at: ${theme.name}`, async () => {
    const page = await harness.open(theme, { width: 640, height: 820 });
    for (const [name, inspection] of Object.entries({ verified, refused, notConnected })) {
      await page.send({ type: "inspection", inspection });
      const path = join(screenshots, `inspection-${theme.name}-${name}.png`);
      assert.ok((await page.page.screenshot({ path, fullPage: true })).length > 10_000, path);
    }
    await page.close();
  });
}
