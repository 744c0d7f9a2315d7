import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ShownExchange } from "../../../src/extension/history/shown-exchange.ts";
import { type Inspected, shownTarget } from "../../../src/extension/inspect/inspected.ts";
import { contentOf } from "../../../src/extension/panel/panel-content.ts";
import type { RunState } from "../../../src/extension/request-runner.ts";
import { verified } from "../../panel/inspections.ts";
import { exchange } from "./exchanges.ts";
import { target } from "./targets.ts";

const inspected: Inspected = {
  kind: "inspected",
  target: { host: "api.test", port: 8443, document: "file:///project" },
  inspection: verified,
};
const finished: RunState = { kind: "finished", target: target(), exchange: exchange() };

describe("the server of what the panel shows", () => {
  test("of a response or a failure it is that of the URL, with the document whose settings count", () => {
    const { document } = target();
    assert.deepEqual(shownTarget(finished, "1"), { host: "api.example.com", port: 8443, document });
  });

  test("of an inspection it is the same again", () => {
    assert.equal(shownTarget(inspected, verified.id), inspected.target);
  });

  test("nothing is inspected for a click on what is gone, nor where the host is not known", () => {
    for (const state of [finished, inspected, { kind: "idle" } as const]) {
      assert.match(String(shownTarget(state, "another")), /shows something else/);
    }
    for (const url of ["https://{{$env.HOST}}/", "http://api.example.com/", "/books"]) {
      const unknown = exchange({ request: { ...exchange().request, url } });
      assert.match(String(shownTarget({ ...finished, exchange: unknown }, "1")), /cannot tell the server/, url);
    }
  });
});

test("an inspection is shown until something else is chosen", () => {
  const shown = new ShownExchange({ state: finished }, (document) => document);
  shown.inspect(inspected);
  assert.equal(shown.state, inspected);
  assert.equal(shown.past, undefined);
  assert.deepEqual(contentOf(shown.state, 0).message, { type: "inspection", inspection: verified });
  shown.choose(undefined);
  assert.equal(shown.state, finished);
});
