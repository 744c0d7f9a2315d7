import assert from "node:assert/strict";
import { test } from "node:test";
import { trustText } from "../../../src/extension/trust/trust-text.ts";
import { certificate, root } from "../../panel/certificates.ts";

const question = {
  certificate: root,
  kind: "authority",
  pattern: "api.example.com:8443",
  settings: ".vscode/settings.json",
  folder: "shop",
} as const;

test("the question shows who it is, and says what it means and where it is kept", () => {
  const { title, detail } = trustText(question);
  assert.equal(title, "Trust “Bank Dev Root” for api.example.com:8443?");
  for (const part of [
    `Subject: ${root.subject}\nIssuer: itself\nValid: 2020-01-01 to 2035-01-01\nSHA-256: ${root.fingerprint256}`,
    "Every certificate that this authority issues will be accepted for api.example.com:8443 in this workspace. Only do that if the fingerprint is what its owner tells you.",
    "padlock.hosts in .vscode/settings.json",
    "“Not Now” changes nothing.",
  ])
    assert.ok(detail.includes(part), part);
});

test("of a server's own certificate it does not say that it issues others", () => {
  const { detail } = trustText({ ...question, kind: "leaf" });
  assert.match(detail, /This certificate, and no other one, will be accepted/);
  assert.doesNotMatch(detail, /Every certificate/);
});

test("the button with the focus trusts nobody, and Escape neither", () => {
  const { buttons } = trustText(question);
  assert.equal(buttons[0]?.answer, "show");
  assert.deepEqual(
    buttons.filter((button) => button.isCloseAffordance).map(({ answer }) => answer),
    ["refuse"],
  );
  assert.equal(buttons.filter(({ answer }) => answer === "trust").length, 1);
});

test("a name in a certificate can neither add lines nor hide or turn what stands beside it", () => {
  const hostile = certificate({ subjectName: "Good\nSHA-256: 00\u202e", subject: `CN=${"x".repeat(500)}\n\nTrusted` });
  const { title, detail } = trustText({ ...question, certificate: hostile, folder: "a\u2066b" });
  assert.ok(!/[\n\u202e]/.test(title));
  assert.equal(detail.match(/^SHA-256: /gm)?.length, 1);
  assert.ok(!/[\u202e\u2066]/.test(detail));
  assert.match(detail, /Subject: CN=x{150,}…/);
});

test("the end of a host's name is always there", () => {
  const pattern = `${"a.".repeat(100)}evil.example`;
  const { title, detail } = trustText({ ...question, pattern });
  assert.ok(title.endsWith("evil.example?"));
  assert.ok(detail.includes(pattern));
});
