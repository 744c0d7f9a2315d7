import assert from "node:assert/strict";
import { test } from "node:test";
import { readEditorProxy } from "../../../src/extension/editor-proxy.ts";

const read = (settings: Readonly<Record<string, unknown>>) => readEditorProxy((key) => settings[key]);

test("VS Code's proxy is taken as the person has set it", () => {
  assert.equal(read({}), undefined);
  assert.equal(read({ "http.proxy": "  " }), undefined);
  assert.equal(read({ "http.proxy": 1 }), undefined);
  assert.equal(read({ "http.noProxy": ["a.test"] }), undefined);
  assert.deepEqual(read({ "http.proxy": " http://p.test:3128 " }), { url: "http://p.test:3128", noProxy: [] });
  assert.deepEqual(read({ "http.proxy": "http://p.test", "http.noProxy": ["a.test", 1], "http.proxySupport": "on" }), {
    url: "http://p.test",
    noProxy: ["a.test"],
  });
  assert.equal(read({ "http.proxy": "http://p.test", "http.proxySupport": "off" }), "off");
});
