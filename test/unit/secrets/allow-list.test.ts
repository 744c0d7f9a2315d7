import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkSecret } from "../../../src/secrets/index.ts";
import { settingsFrom } from "../settings/given.ts";

const settings = settingsFrom(`{
  "padlock.secrets": {
    "TOKEN": ["api.example.com", "*.dev.example.com:8443"],
    "NEVER": [],
  },
}`);
const check = (name: string, url: string) => checkSecret(settings, name, new URL(url));

describe("checkSecret", () => {
  it("allows the listed hosts and ports", () => {
    for (const url of ["https://api.example.com/x", "https://a.b.dev.example.com:8443"])
      assert.ok(check("TOKEN", url).ok);
  });

  it("denies every other host, port and name", () => {
    const denied = [
      ["TOKEN", "https://api.example.com:8443"],
      ["TOKEN", "https://api.example.com.evil.test"],
      ["TOKEN", "https://evil.test/api.example.com"],
      ["TOKEN", "https://dev.example.com:8443"],
      ["token", "https://api.example.com"],
      ["NEVER", "https://api.example.com"],
      ["OTHER", "https://api.example.com"],
      ["__proto__", "https://api.example.com"],
    ] as const;
    for (const [name, url] of denied) assert.ok(!check(name, url).ok, `${name} ${url}`);
  });

  it("names the secret, the host, the file and line, and the exact setting to write", () => {
    const checked = check("TOKEN", "https://other.test:8443/x");
    assert.ok(!checked.ok);
    const { code, title, detail, fix, setting } = checked.error;
    assert.deepEqual([code, setting], ["policy.secret-not-allowed", "padlock.secrets › TOKEN"]);
    assert.equal(title, "The secret TOKEN may not go to other.test:8443");
    assert.match(detail, /\.vscode\/settings\.json:3 allows it only for api\.example\.com, \*\.dev\.example\.com:8443/);
    assert.match(fix, /add "other\.test:8443" to the list of TOKEN in "padlock\.secrets" of \.vscode\/settings\.json/);
  });

  it("prints a setting that then allows it, where there is none yet", () => {
    const none = settingsFrom("{}");
    const url = new URL("https://[::1]:8443/x");
    const checked = checkSecret(none, "OTHER", url);
    assert.ok(!checked.ok);
    const written = /"padlock\.secrets": .*\}/.exec(checked.error.fix)?.[0] ?? "";
    assert.ok(checkSecret(settingsFrom(`{ ${written} }`), "OTHER", url).ok);
  });
});
