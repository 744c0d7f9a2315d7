import assert from "node:assert/strict";
import { test } from "node:test";
import { CredentialMasks } from "../../../../src/protocol/masking/credential-masks.ts";
import { mask } from "../../../../src/protocol/masking/mask.ts";
import { createRedactor } from "../../../../src/secrets/index.ts";

const sent = [["Authorization", `Basic ${Buffer.from("ada:hunter2-QWXZ").toString("base64")}`]] as const;

test("what is masked in a header is masked in texts and other headers, also decoded", () => {
  const masks = new CredentialMasks(createRedactor());
  masks.headers(sent);
  const received = masks.headers([["X-Debug", "password hunter2-QWXZ is wrong"]]);
  assert.deepEqual(masks.withoutEchoes(received), [
    { name: "X-Debug", value: `password ${mask} is wrong`, masked: true },
  ]);
  assert.equal(masks.text("The header holds hunter2-QWXZ."), `The header holds ${mask}.`);
  assert.equal(masks.text("See https://ada:pass@host/?token=abc"), `See https://${mask}:${mask}@host/?token=${mask}`);
});

test("thousands of cookies cost little time, and do not let the request's credentials through", () => {
  const cookies = Array.from({ length: 4000 }, (_, index) => ["Set-Cookie", `c${index}=value-${index}`] as const);
  const masks = new CredentialMasks(createRedactor());
  const start = performance.now();
  masks.headers(sent);
  const headers = masks.withoutEchoes(masks.headers([...cookies, ["X-Debug", "hunter2-QWXZ"]]));
  const took = performance.now() - start;
  assert.ok(took < 3_000, `${took} ms`);
  assert.equal(headers.at(-1)?.value, mask);
  assert.ok(headers.slice(0, -1).every(({ value }) => value.endsWith(`=${mask}`)));
});
