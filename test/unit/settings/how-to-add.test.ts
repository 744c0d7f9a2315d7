import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkListed } from "../../../src/secrets/index.ts";
import { type RawSettings, readSettings, type Settings } from "../../../src/settings/index.ts";
import { SettingsDocument } from "../../../src/settings/settings-document.ts";

const root = "/projectspace";
const url = new URL("https://api.example.com:8443/x");

function read(text: string | undefined, name: string): Settings {
  const where: Omit<RawSettings, "values"> = { root, file: `${root}/${name}`, text };
  const settings = readSettings({ ...where, values: new SettingsDocument(where).values() });
  assert.ok(settings.ok, settings.ok ? "" : settings.error.map(({ detail }) => detail).join("\n"));
  return settings.value;
}

/** Does to the text what the words say, as a person would: pastes behind the opening bracket of the place they name. */
function paste(words: string, text = ""): string {
  const into = (opening: RegExp, entry: string): string => {
    assert.match(text, opening, words);
    return text.replace(opening, (found) => `${found} ${entry}, `);
  };
  const [, place, setting = ""] = /write this into (?:("settings") of )?[^:]+: (.*)$/.exec(words) ?? [];
  if (place) return into(/"settings": \{/, setting);
  if (setting.startsWith("{")) return setting;
  if (setting) return into(/^[^{]*\{/, setting);
  const [, grown = "", key = ""] = /add (.*) to "([\w.]+)" in /.exec(words) ?? [];
  if (key) return into(new RegExp(`"${key}": [[{]`), grown);
  const [, host = "", name = ""] = /add (.*) to the list of (\w+) in "padlock\.secrets" of /.exec(words) ?? [];
  return into(new RegExp(`"${name}": \\[`), host);
}

const own = ".vscode/settings.json";
const team = "team.code-workspace";
const cases: readonly (readonly [what: string, file: string, text: string | undefined])[] = [
  ["no file", own, undefined],
  ["an empty file", own, "\n"],
  ["an empty object", own, "{}"],
  ["other settings and comments", own, '// ours\n{\n  "editor.tabSize": 2, // two\n}'],
  ["other secrets", own, '{ "padlock.secrets": { "OTHER": ["a.test"] } }'],
  ["the secret, for another host", own, '{ "padlock.secrets": { "T": ["a.test"] } }'],
  ["the secret, for none", own, '{ "padlock.secrets": { "T": [] } }'],
  ["an empty list of secrets", own, '{ "padlock.secrets": {} }'],
  ["public variables", own, '{ "padlock.publicEnv": ["OTHER"] }'],
  ["a workspace file", team, '{ "folders": [{ "path": "." }], "settings": { "a": 1 } }'],
  ["a workspace file with secrets", team, '{ "settings": { "padlock.secrets": { "OTHER": ["a.test"] } } }'],
  ["a workspace file without settings", team, '{ "folders": [{ "path": "." }] }'],
];

describe("what a refused secret asks for, pasted as it says,", () => {
  for (const [what, file, text] of cases) {
    it(`opens the host where there is ${what}`, () => {
      const refused = checkListed(read(text, file), "T", url, { mayBePublic: true });
      assert.ok(!refused.ok);
      const [asSecret = "", , asPublic] = refused.error.fix.slice(0, -1).split("; ");
      assert.ok(asSecret.includes(file), asSecret);
      assert.ok(checkListed(read(paste(asSecret, text), file), "T", url).ok, asSecret);
      if (asPublic === undefined)
        assert.equal(refused.error.wanted?.kind === "secret" && refused.error.wanted.mayBePublic, false);
      else assert.ok(read(paste(asPublic, text), file).publicEnv.has("T"), asPublic);
    });
  }

  it("says first that a path of the settings may be configuration", () => {
    const refused = checkListed(read("{}", own), "CA_FILE", url, { mayBePublic: true, likelyPublic: true });
    assert.ok(!refused.ok);
    assert.match(
      refused.error.fix,
      /^If it is configuration, not a secret, write this into .*: "padlock\.publicEnv": \["CA_FILE"\]; if you trust/,
    );
  });
});
