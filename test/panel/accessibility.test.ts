import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import type { HostMessage } from "../../src/protocol/messages.ts";
import { type Harness, type PanelPage, showRevealed, startHarness } from "./harness.ts";
import * as inspections from "./inspections.ts";
import * as samples from "./samples.ts";
import { themes } from "./themes.ts";

let harness: Harness;
let axe: string;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  harness = await startHarness();
});
after(() => harness.close());

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe-core finds. The structure is the same in all themes, so that only one theme needs more than the colours. */
async function findings({ page }: PanelPage, rules: "all" | "colours"): Promise<string[]> {
  const only = rules === "all" ? {} : { runOnly: { type: "rule", values: ["color-contrast"] } };
  const options = JSON.stringify({ ...only, resultTypes: ["violations"] });
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>(
    `axe.run(document, ${options})`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`),
  );
}

const exchange = (view: (typeof samples)["mutualTls"]): HostMessage => ({ type: "exchange", exchange: view });
const views: readonly { readonly message: HostMessage; readonly tabs: readonly string[] }[] = [
  { message: { type: "empty" }, tabs: [] },
  { message: { type: "running", id: "1", method: "GET", url: "https://a.localhost/", elapsed: 10 }, tabs: [] },
  {
    message: { type: "running", id: "1", method: "GET", url: "https://a.localhost/", elapsed: 10, isAsking: true },
    tabs: [],
  },
  { message: exchange(samples.mutualTls), tabs: ["Body", "Headers", "Security", "Timing", "Request"] },
  { message: exchange(samples.reusedNotFound), tabs: ["Security", "Timing"] },
  { message: exchange(samples.plainHttp), tabs: ["Security"] },
  { message: exchange(samples.expired), tabs: [] },
  { message: exchange(samples.badSettings), tabs: [] },
  { message: exchange(samples.redirected), tabs: ["Timing"] },
  { message: exchange(samples.accepted), tabs: ["Security"] },
  { message: exchange(samples.fullReport), tabs: ["Security"] },
  { message: exchange(samples.redirectRefused), tabs: [] },
  { message: { type: "receiving", id: "1", exchange: samples.receiving }, tabs: ["Body", "Headers"] },
  { message: exchange(samples.partial), tabs: [] },
  { message: exchange(samples.withCookies), tabs: ["Cookies"] },
  ...Object.values(inspections).map((inspection) => ({
    message: { type: "inspection", inspection } satisfies HostMessage,
    tabs: [],
  })),
];

for (const theme of themes) {
  test(`axe-core finds nothing to complain about: ${theme.name}`, async () => {
    const panel = await harness.open(theme);
    const rules = theme === themes[0] ? "all" : "colours";
    await panel.page.evaluate(axe);
    for (const { message, tabs } of views) {
      await panel.send(message);
      assert.deepEqual(await findings(panel, rules), []);
      for (const name of tabs) {
        await panel.page.getByRole("tab", { name, exact: true }).click();
        assert.deepEqual(await findings(panel, rules), [], name);
      }
    }
    await showRevealed(panel);
    assert.deepEqual(await findings(panel, rules), [], "a revealed header");
    await panel.close();
  });
}

test("nothing is cut off or scrolls sideways in a column of 300 pixels, also with letters of double size", async () => {
  const panel = await harness.open(themes[0], { width: 300, height: 800 });
  for (const size of ["13px", "26px"]) {
    await panel.page.evaluate(`document.documentElement.style.setProperty("--vscode-font-size", "${size}")`);
    for (const { message, tabs } of views) {
      await panel.send(message);
      for (const name of tabs.length > 0 ? tabs : [null]) {
        if (name) await panel.page.getByRole("tab", { name, exact: true }).click();
        const width = await panel.page.evaluate("document.documentElement.scrollWidth");
        assert.ok(Number(width) <= 300, `${message.type} ${name ?? ""} at ${size} is ${width} pixels wide`);
      }
    }
  }
  await panel.close();
});

test("motion stops where the editor asks for less of it", async () => {
  const panel = await harness.open();
  await panel.page.emulateMedia({ reducedMotion: "no-preference" });
  await panel.send({ type: "running", id: "1", method: "GET", url: "https://a.localhost/", elapsed: 0 });
  const animations = () => panel.page.evaluate("document.getAnimations().length");
  assert.equal(await animations(), 2);
  await panel.page.evaluate("document.body.classList.add('vscode-reduce-motion')");
  assert.equal(await animations(), 0);
  await panel.close();
});
