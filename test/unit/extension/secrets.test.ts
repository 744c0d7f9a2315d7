import assert from "node:assert/strict";
import { test } from "node:test";
import type { SecretStorage } from "vscode";
import { isAllowRequest } from "../../../src/extension/secrets/allow-request.ts";
import { consentText } from "../../../src/extension/secrets/consent-text.ts";
import { withAllowedHost, withOutsideFolder, withPublicName } from "../../../src/extension/secrets/rules.ts";
import { isSecretName } from "../../../src/extension/secrets/secret-name.ts";
import { SecretStore } from "../../../src/extension/secrets/secret-store.ts";
import { parseHostPattern } from "../../../src/settings/host-pattern.ts";

test("a host is added to what the folder's own settings hold", () => {
  const folder = { TOKEN: ["a.test"], OTHER: ["o.test"] };
  const added = withAllowedHost({ folder, workspace: undefined }, { name: "TOKEN", host: "b.test" });
  assert.deepEqual(added, { TOKEN: ["a.test", "b.test"], OTHER: ["o.test"] });
  assert.deepEqual(withAllowedHost({ folder, workspace: {} }, { name: "TOKEN", host: "a.test" }), folder);
});

test("hosts that the workspace file allows stay allowed, and nothing else is copied", () => {
  const workspace = { TOKEN: ["team.test"], MORE: ["more.test"] };
  const added = withAllowedHost({ folder: undefined, workspace }, { name: "TOKEN", host: "b.test" });
  assert.deepEqual(added, { TOKEN: ["team.test", "b.test"] });
});

test("a secret called like a part of every object is a secret like others", () => {
  const added = withAllowedHost({ folder: {}, workspace: {} }, { name: "toString", host: "a.test" });
  assert.deepEqual(added, { toString: ["a.test"] });
});

test("a name is made public beside those that are, once", () => {
  assert.deepEqual(withPublicName({ folder: ["A"], workspace: ["B"] }, "C"), ["A", "C"]);
  assert.deepEqual(withPublicName({ folder: undefined, workspace: ["B"] }, "C"), ["B", "C"]);
  assert.deepEqual(withPublicName({ folder: ["C"], workspace: undefined }, "C"), ["C"]);
  assert.deepEqual(withPublicName({ folder: "wrong", workspace: undefined }, "C"), ["C"]);
});

test("a folder is added to a person's own list", () => {
  assert.deepEqual(withOutsideFolder(undefined, "/etc/ssl"), ["/etc/ssl"]);
  assert.deepEqual(withOutsideFolder(["/a"], "/etc/ssl"), ["/a", "/etc/ssl"]);
});

test("what calls the command may hand in anything; only a name and a host pattern pass", () => {
  for (const host of ["a.test", "*.a.test:8443", "localhost:*", "[::1]:443", "127.0.0.1"]) {
    assert.ok(isAllowRequest({ name: "TOKEN", host }), host);
    assert.ok(parseHostPattern(host).ok, host);
  }
  for (const host of ["https://a.test", "a.test/path", "me@a.test", "*", "*.*.test", "", "a b", 7, undefined]) {
    assert.ok(!isAllowRequest({ name: "TOKEN", host }), String(host));
  }
  for (const name of ["", "a b", "a=b", "{{x}}", 1]) assert.ok(!isAllowRequest({ name, host: "a.test" }), String(name));
  assert.ok(!isAllowRequest(null));
});

test("the name of a stored secret fits into a reference", () => {
  for (const name of ["TOKEN", "my-token.2"]) assert.ok(isSecretName(name));
  for (const name of ["", "a b", "a}}", "x".repeat(101), undefined]) assert.ok(!isSecretName(name));
});

const place = { file: "requests/a.https", line: 12 };
const secret = {
  kind: "secret",
  name: "API_TOKEN",
  host: "api.example.com:8443",
  mayBePublic: true,
  ...place,
} as const;

test("the question names secret, host, file and line, and says what each answer does", () => {
  const { title, detail, buttons } = consentText(secret, "shop");
  assert.equal(title, "Send the secret API_TOKEN to api.example.com:8443?");
  for (const part of ["requests/a.https, line 12", "padlock.secrets", "padlock.publicEnv", "“shop”"])
    assert.ok(detail.includes(part), part);
  for (const button of buttons.slice(1)) assert.ok(detail.includes(`“${button.title}”`), button.title);
  assert.deepEqual(
    buttons.map((button) => button.title),
    ["Show the Line", "Allow for This Host", "It Is Not a Secret", "Not Now"],
  );
});

test("neither Enter nor Escape allows anything: the first button and the closing one are harmless", () => {
  const path = { kind: "path", path: "/etc/ssl/team/ca.pem", folder: "/etc/ssl/team", ...place } as const;
  for (const question of [secret, { ...secret, mayBePublic: false }, path]) {
    const { buttons } = consentText(question, "shop");
    const isHarmless = (button: (typeof buttons)[number] | undefined) =>
      button?.answer === "show" || button?.answer === "refuse";
    assert.ok(isHarmless(buttons[0]));
    const closing = buttons.filter((button) => button.isCloseAffordance);
    assert.equal(closing.length, 1);
    assert.ok(isHarmless(closing[0]));
  }
});

test("what can only be a secret is not offered as anything else", () => {
  const { detail, buttons } = consentText({ ...secret, mayBePublic: false }, "shop");
  assert.ok(!buttons.some(({ answer }) => answer === "public"));
  assert.doesNotMatch(detail, /publicEnv/);
});

test("the question for a file names it, its folder and the setting of the person", () => {
  const { title, detail } = consentText(
    { kind: "path", path: "/etc/ssl/ca.pem", folder: "/etc/ssl", ...place },
    "shop",
  );
  assert.equal(title, "Use the file /etc/ssl/ca.pem outside of this workspace?");
  assert.match(detail, /adds \/etc\/ssl to padlock\.outsidePaths in your own user settings/);
});

test("words of a file can neither move nor hide what stands beside them; a host is never cut", () => {
  const host = `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.evil.test`;
  const { title, detail } = consentText({ ...secret, name: "A\u202eB\nC", host, file: "x".repeat(1000) }, "shop\u2028");
  assert.ok(title.endsWith(`${host}?`));
  assert.ok(title.includes("A\\u{202e}B\\u{a}C"));
  assert.doesNotMatch(detail, /[\u2028\u202e]|x{301}/);
});

test("in Restricted Mode the store of secrets is not looked into, and not written", async () => {
  const calls: string[] = [];
  const storage = new Proxy({} as SecretStorage, {
    get:
      (_, method) =>
      (...args: unknown[]) => {
        calls.push([String(method), ...args].join(" "));
        return Promise.resolve(method === "keys" ? ["padlock.secret.B", "other", "padlock.secret.A"] : "value");
      },
  });
  const closed = new SecretStore(storage, () => false);
  assert.equal(await closed.get("TOKEN"), undefined);
  assert.deepEqual(await closed.names(), []);
  await assert.rejects(closed.set("TOKEN", "v"));
  await assert.rejects(closed.delete("TOKEN"));
  assert.deepEqual(calls, []);
  const open = new SecretStore(storage, () => true);
  assert.equal(await open.get("TOKEN"), "value");
  assert.deepEqual(await open.names(), ["A", "B"]);
  await open.set("TOKEN", "v");
  await open.delete("TOKEN");
  assert.deepEqual(calls, [
    "get padlock.secret.TOKEN",
    "keys",
    "store padlock.secret.TOKEN v",
    "delete padlock.secret.TOKEN",
  ]);
});
