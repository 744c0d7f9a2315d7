import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { contentOf } from "../../../src/extension/panel/panel-content.ts";
import {
  exchangeHeading,
  inspectionHeading,
  type PanelIcon,
  runningHeading,
} from "../../../src/extension/panel/panel-title.ts";
import * as inspections from "../../panel/inspections.ts";
import { exchange, failed, response } from "./exchanges.ts";
import { target } from "./targets.ts";

test("the tab says status, method and path", () => {
  assert.deepEqual(exchangeHeading(exchange()), { title: "200 GET /users/42", icon: "ok" });
});

test("an error status and a response that was not verified are no success", () => {
  assert.equal(exchangeHeading(exchange({ response: response({ status: 404 }) })).icon, "warning");
  assert.equal(exchangeHeading(exchange({ verdict: { kind: "not-encrypted", text: "" } })).icon, "warning");
});

test("a failure says whether the request left", () => {
  assert.deepEqual(exchangeHeading(failed("tls.expired", false)), { title: "Not sent: GET /users/42", icon: "failed" });
  assert.equal(exchangeHeading(failed("timeout.response", true)).title, "Failed: GET /users/42");
  assert.equal(exchangeHeading(failed("canceled", true)).title, "Canceled: GET /users/42");
});

test("a URL without a path shows its host; a long or hostile one stays one short line", () => {
  assert.equal(runningHeading("GET", "https://api.example.com").title, "Sending GET api.example.com");
  assert.equal(runningHeading("GET", "{{base}}/users?x").title, "Sending GET /users");
  assert.equal(runningHeading("GET", "{{base}}/users?x", true).title, "Waiting: GET /users");
  const { title } = runningHeading("GET", `https://h/\u202egnp${"a".repeat(200)}`);
  assert.match(title, /^Sending GET \/\\u\{202e\}gnpa+…$/);
  assert.equal(title.length, 60);
});

test("an inspection says which server, and whether it is verified", () => {
  const { verified, refused, notConnected } = inspections;
  assert.deepEqual(inspectionHeading(verified), { title: "TLS api.bank.localhost:8443", icon: "ok" });
  assert.equal(inspectionHeading(refused).icon, "failed");
  assert.equal(inspectionHeading(notConnected).title, "TLS [::1]:443");
  const accepted = { ...verified, verdict: { kind: "not-verified", text: "" } } as const;
  assert.equal(inspectionHeading(accepted).icon, "warning");
});

test("each state of the tab has its icon", () => {
  const icons: Readonly<Record<PanelIcon, true>> = { idle: true, running: true, ok: true, warning: true, failed: true };
  for (const icon of Object.keys(icons)) {
    const path = new URL(`../../../media/panel-${icon}.svg`, import.meta.url);
    assert.ok(existsSync(path), icon);
    assert.match(readFileSync(path, "utf8"), /^<svg [^>]*viewBox="0 0 16 16"/);
  }
});

test("a page that starts anew is told the state again, with the time that has passed by then", () => {
  const state = { kind: "running", id: "7", target: target(), startedAt: 1000 } as const;
  assert.deepEqual(contentOf(state, 1250).message, {
    type: "running",
    id: "7",
    method: "GET",
    url: "https://api.example.com/users",
    elapsed: 250,
    isAsking: false,
  });
  const asking = contentOf({ ...state, isAsking: true }, 1250);
  assert.ok(asking.message.type === "running" && asking.message.isAsking);
  assert.equal(asking.heading.title, "Waiting: GET /users");
  assert.deepEqual(contentOf({ kind: "idle" }, 0).message, { type: "empty" });
});
