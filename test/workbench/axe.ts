import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What the axe accessibility checker finds wrong in a frame, contrast of the theme's colours included; one line each. */
export async function accessibilityProblems(frame: Frame): Promise<string[]> {
  await frame.evaluate(source);
  const results = await frame.evaluate<AxeResults>("axe.run(document, { iframes: false })");
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ""}`),
  );
}
