import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
before(async () => {
  harness = await startHarness((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ pin: request.headers["x-pin"], text: `order 47110, ${request.headers["x-pin"]}1` }));
  });
});
after(() => harness.stop());

it("a short secret is hidden as a whole field, and the exchange says why not elsewhere", async () => {
  await harness.restart({ PASSWORD: "4711" });
  const { view } = await harness.send("a.https", "GET https://HOST/\nX-Pin: {{$env.PASSWORD}}\n");
  const rawHeaders = harness.server.recorded.at(-1)?.rawHeaders ?? [];
  assert.equal(rawHeaders[rawHeaders.indexOf("X-Pin") + 1], "4711");
  assert.deepEqual(JSON.parse(view.response?.body.text ?? ""), {
    pin: "{{$env.PASSWORD}}",
    text: "order 47110, 47111",
  });
  assert.deepEqual(
    view.notes.filter(({ text }) => text.includes("{{$env.PASSWORD}}")).map(({ level }) => level),
    ["warning"],
  );
});

it("a long one has no warning", async () => {
  await harness.restart({ PASSWORD: "a-long-and-varied-one" });
  const { view } = await harness.send("a.https", "GET https://HOST/\nX-Pin: {{$env.PASSWORD}}\n");
  assert.deepEqual(view.notes, []);
});
