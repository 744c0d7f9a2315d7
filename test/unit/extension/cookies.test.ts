import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cookieGroups } from "../../../src/extension/cookies/cookie-items.ts";
import { keptCookie } from "../../support/cookie-views.ts";

const nameOf = (root: string) => root.slice(1);

describe("the list of cookies", () => {
  test("by host and environment, in order, without a value", () => {
    const groups = cookieGroups(
      [
        keptCookie({ name: "b", domain: "b.test" }),
        keptCookie({ name: "z" }),
        keptCookie({ name: "a", path: "/x" }),
        keptCookie({ name: "a" }),
        keptCookie({ name: "none", environment: "" }),
      ],
      nameOf,
    );
    assert.deepEqual(
      groups.map(({ title, items }) => [title, items.map(({ label, description }) => `${label} ${description}`)]),
      [
        ["api.example.com · no environment", ["none /"]],
        ["api.example.com · dev", ["a /", "z /", "a /x"]],
        ["b.test · dev", ["b /"]],
      ],
    );
  });

  test("what is known of one", () => {
    const [group] = cookieGroups([keptCookie({ secrets: ["API_TOKEN"], partitioned: true })], nameOf);
    assert.equal(
      group?.items[0]?.detail,
      "session cookie · this host only · Secure · HttpOnly · SameSite=Lax · Partitioned · 35 bytes · holds API_TOKEN",
    );
  });

  test("workspace folders are named where there are several", () => {
    const groups = cookieGroups([keptCookie({ root: "/one" }), keptCookie({ root: "/two" })], nameOf);
    assert.deepEqual(
      groups.map(({ title }) => title),
      ["api.example.com · dev · one", "api.example.com · dev · two"],
    );
  });

  test("names of servers are text: no icon, no control, no length", () => {
    const hostile = `$(trash)\u202e\n${"x".repeat(5000)}`;
    const [group] = cookieGroups([keptCookie({ name: hostile, path: hostile, domain: hostile })], nameOf);
    const [item] = group?.items ?? [];
    for (const text of [group?.title, item?.label, item?.description]) {
      assert.match(text ?? "", /^\$ \(trash\)\\u\{202e\}\\u\{a\}x+…/);
      assert.ok((text ?? "").length <= 130);
    }
  });
});
