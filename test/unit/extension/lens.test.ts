import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelTitle, sendTitle } from "../../../src/extension/lens-title.ts";
import { Outcomes } from "../../../src/extension/outcomes.ts";
import { exchange, failed } from "./exchanges.ts";
import { target } from "./targets.ts";

test("a request says Send, and once it was sent what came of it", () => {
  const outcomes = new Outcomes();
  const { document, key } = target();
  assert.equal(sendTitle(outcomes.get(document, key)), "$(play) Send");
  outcomes.set(document, key, exchange());
  assert.equal(sendTitle(outcomes.get(document, key)), "$(play) Send again · 200 · 43 ms");
  outcomes.set(document, key, failed("tls.expired", false));
  assert.equal(sendTitle(outcomes.get(document, key)), "$(play) Send again · tls.expired");
});

test("an edited request and one of another file have no outcome", () => {
  const outcomes = new Outcomes();
  const { document, key } = target();
  outcomes.set(document, key, exchange());
  assert.equal(outcomes.get(document, { ...key, digest: "edited" }), undefined);
  assert.equal(outcomes.get("file:///other.https", key), undefined);
});

test("the oldest outcomes are forgotten", () => {
  const outcomes = new Outcomes();
  const { document, key } = target();
  for (let index = 0; index <= 1000; index++) outcomes.set(document, { ...key, digest: String(index) }, exchange());
  assert.equal(outcomes.get(document, { ...key, digest: "0" }), undefined);
  assert.notEqual(outcomes.get(document, { ...key, digest: "1" }), undefined);
});

test("a running request counts in tenths of a second", () => {
  assert.equal(cancelTitle(320), "$(debug-stop) Cancel (0.3 s)");
  assert.equal(cancelTitle(61_240), "$(debug-stop) Cancel (61.2 s)");
});
