import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isCookiesView } from "../../../src/protocol/cookie-shape.ts";
import { CredentialMasks } from "../../../src/protocol/masking/credential-masks.ts";
import { viewCookies } from "../../../src/protocol/to-cookie-view.ts";
import type { Cookie } from "../../../src/runner/cookies/cookie.ts";
import { createRedactor } from "../../../src/secrets/index.ts";

const token = "tok-8f3a/9+zz";
const cookie: Cookie = {
  name: "sid",
  value: "chocolate-chip",
  domain: "a.test",
  hostOnly: true,
  path: "/",
  expires: Date.parse("2026-11-22T10:00:00Z"),
  secure: true,
  httpOnly: false,
  sameSite: undefined,
  partitioned: false,
};

function view(...cookies: readonly Cookie[]) {
  const redactor = createRedactor();
  redactor.add("API_TOKEN", token);
  const received = cookies.map((one, header) => {
    return { header, name: one.name, cookie: one, outcome: "kept", reason: undefined } as const;
  });
  const masks = new CredentialMasks(redactor);
  const shown = viewCookies({ sent: cookies, withheld: [{ name: "k", secrets: ["API_TOKEN"] }], received }, masks);
  return shown.cookies ?? assert.fail("nothing is shown");
}

describe("cookies in a view", () => {
  test("values are masked; everything else is there; it has the shape that the panel accepts", () => {
    const shown = view(cookie, { ...cookie, value: "", expires: undefined, sameSite: "strict" });
    assert.deepEqual(
      shown.sent,
      shown.received.map((one) => one.cookie),
    );
    assert.deepEqual(shown.sent[0], {
      ...cookie,
      value: "••••••",
      expires: "2026-11-22T10:00:00.000Z",
      sameSite: null,
      size: 17,
    });
    assert.deepEqual([shown.sent[1]?.value, shown.sent[1]?.expires, shown.sent[1]?.sameSite], ["", null, "strict"]);
    assert.ok(isCookiesView(JSON.parse(JSON.stringify(shown))));
    assert.ok(!isCookiesView({ ...shown, extra: 1 }));
    assert.ok(!isCookiesView({ ...shown, received: [{ ...shown.received[0], outcome: "stored" }] }));
  });

  test("a secret shows by name, wherever the server has put it", () => {
    const shown = view({ ...cookie, value: `x${token}y`, name: `n-${token}`, path: `/${encodeURIComponent(token)}` });
    assert.doesNotMatch(JSON.stringify(shown), /tok-8f3a/);
    assert.equal(shown.sent[0]?.value, "••••••{{$env.API_TOKEN}}••••••");
    assert.equal(shown.sent[0]?.path, "/{{$env.API_TOKEN}}");
  });

  test("none: nothing is added", () => {
    assert.deepEqual(viewCookies(undefined, new CredentialMasks(createRedactor())), {});
  });
});
