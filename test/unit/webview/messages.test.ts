import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isHostMessage, isPanelMessage, type PanelMessage } from "../../../src/protocol/messages.ts";
import { panelHtml } from "../../../src/protocol/panel-html.ts";
import * as inspections from "../../panel/inspections.ts";
import * as samples from "../../panel/samples.ts";

const exchanges = Object.values(samples).filter((sample) => typeof sample === "object");

/** One of each: the type makes sure that none is forgotten. */
const panelMessages: { readonly [K in PanelMessage["type"]]: Extract<PanelMessage, { readonly type: K }> } = {
  ready: { type: "ready" },
  cancel: { type: "cancel", id: "1" },
  sendAgain: { type: "sendAgain" },
  copy: { type: "copy", what: "report" },
  copyText: { type: "copyText", text: "x" },
  openBody: { type: "openBody" },
  saveBody: { type: "saveBody" },
  openCertificate: { type: "openCertificate", index: 0 },
  reveal: { type: "reveal", what: "request" },
  revealHeader: { type: "revealHeader", id: "1", part: "response", index: 0 },
  trustAuthority: { type: "trustAuthority", id: "1", index: 0 },
  inspect: { type: "inspect", id: "1" },
  openSettings: { type: "openSettings" },
  showCookies: { type: "showCookies" },
  rendered: { type: "rendered", id: "1", took: 12.5 },
  problem: { type: "problem", message: "x" },
};

describe("messages from the panel", () => {
  test("each kind is known", () => {
    for (const message of Object.values(panelMessages)) assert.ok(isPanelMessage(message), message.type);
  });

  test("anything else is refused: other kinds, missing, extra and wrong fields", () => {
    const wrong: readonly unknown[] = [
      null,
      undefined,
      "ready",
      1,
      [],
      {},
      { type: "format" },
      { type: "constructor" },
      { type: "__proto__" },
      { type: ["ready"] },
      { type: "ready", id: "1" },
      { type: "cancel" },
      { type: "cancel", id: 1 },
      { type: "cancel", id: "x".repeat(201) },
      { type: "copy", what: "password" },
      { type: "copyText", text: { toString: () => "x" } },
      { type: "openCertificate", index: -1 },
      { type: "openCertificate", index: 0.5 },
      { type: "openCertificate", index: 1e9 },
      { type: "openCertificate", index: "0" },
      { type: "inspect" },
      { type: "inspect", id: "1", host: "internal.test" },
      { type: "trustAuthority", id: "1" },
      { type: "trustAuthority", id: "1", index: 0, pem: "-----BEGIN CERTIFICATE-----" },
      { type: "trustAuthority", id: "1", index: 100 },
      { type: "revealHeader", id: "x".repeat(201), part: "request", index: 0 },
      { type: "revealHeader", id: "1", part: "constructor", index: 0 },
      { type: "revealHeader", id: "1", part: "request", index: -1 },
      { type: "revealHeader", id: "1", part: "request", index: 1e9 },
      { type: "revealHeader", id: "1", part: "request", index: 0, value: "x" },
      { type: "rendered", id: "1", took: Number.NaN },
      { type: "rendered", id: "1", took: -1 },
      { type: "problem", message: "x".repeat(5_001) },
      Object.create({ type: "ready" }),
    ];
    for (const message of wrong) assert.equal(isPanelMessage(message), false, JSON.stringify(message));
  });

  test("nothing makes the check throw", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => typeof isPanelMessage(value) === "boolean"),
    );
  });
});

describe("messages to the panel", () => {
  test("every sample passes, also after it went through JSON", () => {
    assert.ok(isHostMessage({ type: "empty" }));
    assert.ok(isHostMessage({ type: "exchange", exchange: samples.mutualTls, isPast: true }));
    assert.equal(isHostMessage({ type: "exchange", exchange: samples.mutualTls, isPast: "yes" }), false);
    assert.ok(isHostMessage({ type: "running", id: "1", method: "GET", url: "https://a/", elapsed: 0 }));
    for (const exchange of exchanges) {
      assert.ok(isHostMessage(JSON.parse(JSON.stringify({ type: "exchange", exchange }))), exchange.id);
    }
  });

  test("an inspection passes as it was made, and not with one wrong value in it", () => {
    for (const inspection of Object.values(inspections)) {
      assert.ok(isHostMessage(JSON.parse(JSON.stringify({ type: "inspection", inspection }))), inspection.id);
      for (const path of leaves(inspection)) {
        const changed = structuredClone(inspection);
        set(changed, path, Symbol.for);
        assert.equal(isHostMessage({ type: "inspection", inspection: changed }), false, path.join("."));
      }
    }
    assert.equal(isHostMessage({ type: "inspection", inspection: samples.mutualTls }), false);
    const [probe] = inspections.verified.versions;
    const versions = [{ ...probe, protocol: "SSLv3" }];
    assert.equal(isHostMessage({ type: "inspection", inspection: { ...inspections.verified, versions } }), false);
  });

  test("a revealed value is a text, or null where it is no longer kept", () => {
    const revealed = { type: "revealed", id: "1", part: "request", index: 0 };
    assert.ok(isHostMessage({ ...revealed, value: "Bearer x" }) && isHostMessage({ ...revealed, value: null }));
    assert.equal(isHostMessage(revealed), false);
    assert.equal(isHostMessage({ ...revealed, value: ["x"] }), false);
  });

  test("an exchange has a response or a failure, never both, never neither", () => {
    const { response } = samples.mutualTls;
    const { failure } = samples.expired;
    assert.equal(isHostMessage({ type: "exchange", exchange: { ...samples.mutualTls, failure } }), false);
    assert.equal(isHostMessage({ type: "exchange", exchange: { ...samples.mutualTls, response: null } }), false);
    assert.equal(isHostMessage({ type: "exchange", exchange: { ...samples.expired, response } }), false);
  });

  test("one wrong value anywhere in it is enough to refuse it", () => {
    const paths = leaves(samples.mutualTls);
    assert.ok(paths.length > 100);
    for (const path of paths) {
      const changed = structuredClone(samples.mutualTls);
      set(changed, path, Symbol.for);
      assert.equal(isHostMessage({ type: "exchange", exchange: changed }), false, path.join("."));
    }
  });
});

describe("the page of the panel", () => {
  const page = {
    cspSource: "https://cdn.example",
    scriptUri: "https://cdn.example/a.js",
    styleUri: "https://cdn.example/a.css",
    nonce: "abcdefghijklmnop",
    title: "Padlock",
  };

  test("allows its own script and style, and nothing else", () => {
    const html = panelHtml(page);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy,
      "default-src &#39;none&#39;; script-src &#39;nonce-abcdefghijklmnop&#39;; style-src https://cdn.example; base-uri &#39;none&#39;; form-action &#39;none&#39;",
    );
    assert.doesNotMatch(html, /unsafe|style=|<style| on[a-z]+=/);
  });

  test("escapes what it is given, and refuses a nonce that is short or could end the attribute", () => {
    const html = panelHtml({ ...page, title: "</title><script>\"&'", scriptUri: 'x"><script>' });
    assert.ok(html.includes("<title>&lt;/title&gt;&lt;script&gt;&quot;&amp;&#39;</title>"));
    assert.equal(html.match(/<script/g)?.length, 1);
    for (const nonce of ["", "short", 'abcdefghijklmnop"', "abcdefghijklmnop' 'unsafe-inline"]) {
      assert.throws(() => panelHtml({ ...page, nonce }), TypeError);
    }
  });
});

type Path = readonly (string | number)[];

function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, child]) => leaves(child, [...path, name]));
}

function set(target: object, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce<unknown>((object, name) => Reflect.get(object as object, name), target);
  Reflect.set(parent as object, path.at(-1) ?? "", value);
}
