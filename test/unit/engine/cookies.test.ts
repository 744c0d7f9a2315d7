import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Harness, startHarness } from "./harness.ts";

let harness: Harness;
const seen: (string | undefined)[] = [];
before(async () => {
  harness = await startHarness((request, response) => {
    seen.push(request.headers.cookie);
    if (request.url !== "/broken") return response.end();
    response.writeHead(200, { "set-cookie": "sid=chocolate; Path=/", "content-length": "1000" });
    response.write("0123456789", () => request.socket.destroy());
    return undefined;
  });
});
after(() => harness.stop());

test("a response that broke off has set its cookies all the same", async () => {
  const { view } = await harness.send("a.https", "GET https://HOST/broken\n");
  assert.equal(view.failure?.requestSent, true);
  assert.deepEqual(
    view.cookies?.received.map(({ name, outcome }) => [name, outcome]),
    [["sid", "kept"]],
  );
  await harness.send("a.https", "GET https://HOST/next\n");
  assert.deepEqual(seen, [undefined, "sid=chocolate"]);
});

test("a cURL command has the cookies too, beside its own", async () => {
  await harness.send("a.https", "curl -b own=1 https://HOST/next\n");
  assert.equal(seen.at(-1), "own=1; sid=chocolate");
});

test("the jar says what it keeps without values", () => {
  const kept = harness.engine.cookies(harness.workspace.root);
  assert.deepEqual(
    kept.map(({ name, domain, hostOnly, environment, root }) => [name, domain, hostOnly, environment, root]),
    [["sid", "localhost", true, "", harness.workspace.root]],
  );
  assert.doesNotMatch(JSON.stringify(kept), /chocolate/);
});
