import assert from "node:assert/strict";
import type { Failure } from "../../../src/common/failure.ts";
import { type RawSettings, readSettings, type Settings } from "../../../src/settings/index.ts";
import { SettingsDocument } from "../../../src/settings/settings-document.ts";

/** Settings as the command line would load them from this text. */
export function rawSettings(text: string): RawSettings {
  const where = { root: "/projectspace", file: "/projectspace/.vscode/settings.json", text };
  return { ...where, values: new SettingsDocument(where).values() };
}

export function settingsFrom(text: string): Settings {
  const read = readSettings(rawSettings(text));
  assert.ok(read.ok, read.ok ? "" : read.error.map((failure) => `${failure.detail} ${failure.fix}`).join("\n"));
  return read.value;
}

export function failuresOf(text: string): readonly Failure[] {
  const read = readSettings(rawSettings(text));
  assert.equal(read.ok, false, "the settings should have been refused");
  return read.ok ? [] : read.error;
}

/** `code line:column-endColumn` of each problem: what a person sees underlined. */
export function placesOf(failures: readonly Failure[]): string[] {
  return failures.map(({ code, location }) =>
    location ? `${code} ${location.line}:${location.column}-${location.endColumn}` : code,
  );
}
