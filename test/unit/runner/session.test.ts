import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nothingCarried, type PreparedRequest } from "../../../src/resolve/prepared-request.ts";
import type { Exchange } from "../../../src/runner/index.ts";
import { Session } from "../../../src/runner/index.ts";
import { createRedactor } from "../../../src/secrets/index.ts";

const key = (name: string, environment = "") => ({ environment, file: "/w/a.https", name });

/** An answered exchange; a negative size is one that failed. */
function exchange(size: number, status = 200): Exchange {
  const redactor = createRedactor();
  const timings = {
    blocked: null,
    dns: null,
    connect: null,
    ssl: null,
    send: null,
    wait: null,
    receive: null,
    total: 1,
  };
  const request: PreparedRequest = {
    method: "GET",
    url: new URL("https://localhost/"),
    headers: [],
    body: undefined,
    profile: {
      pattern: undefined,
      cert: undefined,
      key: undefined,
      pfx: undefined,
      passphrase: undefined,
      ca: undefined,
      minVersion: undefined,
      unverified: false,
    },
    timeouts: { connect: 1, handshake: 1, response: 1, idle: 1, total: 1 },
    name: undefined,
    location: { file: "a.https", line: 1, column: 1 },
    redactor,
    secretNames: [],
    headerSecrets: [],
    outputs: [],
    bodySecrets: nothingCarried,
    urlSecrets: nothingCarried,
    profileFor: async () => assert.fail(),
    notes: [],
  };
  const response = {
    httpVersion: "1.1",
    status,
    statusText: "",
    headers: [],
    body: new Uint8Array(Math.max(0, size)),
    informational: [],
    trailers: [],
    bodySize: size,
    bodyFile: undefined,
    encodedBodySize: size,
  } as const;
  return {
    id: "1",
    startedAt: "2026-01-01T00:00:00Z",
    redactor,
    request: size < 0 ? undefined : request,
    sentHeaders: [],
    source: { name: "x", method: "GET", url: "https://localhost/", file: "a.https", line: 1 },
    outcome: { kind: "response", response },
    connection: undefined,
    timings,
    redirects: [],
    notes: [],
  };
}

describe("Session", () => {
  test("keeps the last exchange of each file, name and environment", () => {
    const session = new Session();
    session.remember(key("login"), "a", exchange(1, 200));
    session.remember(key("login"), "b", exchange(1, 201));
    session.remember(key("login", "dev"), "c", exchange(1, 202));
    assert.equal(session.find(key("login"))?.known.response.status, 201);
    assert.equal(session.find(key("login"))?.source, "b");
    assert.equal(session.find(key("login", "dev"))?.known.response.status, 202);
    assert.equal(session.find(key("login", "prod")), undefined);
    assert.equal(session.find({ ...key("login"), file: "/w/b.https" }), undefined);
  });

  test("keeps what was answered when a later request was not", () => {
    const session = new Session();
    session.remember(key("login"), "a", exchange(1));
    session.remember(key("login"), "a", exchange(-1));
    assert.ok(session.find(key("login")));
  });

  test("lets the oldest go, by number and by size", () => {
    const few = new Session({ entries: 2, bytes: 1000 });
    for (const name of ["a", "b", "a", "c"]) few.remember(key(name), "", exchange(1));
    assert.deepEqual(
      ["a", "b", "c"].map((name) => few.find(key(name)) !== undefined),
      [true, false, true],
    );
    const small = new Session({ entries: 10, bytes: 1000 });
    for (const name of ["a", "b", "c"]) small.remember(key(name), "", exchange(400));
    assert.deepEqual(
      ["a", "b", "c"].map((name) => small.find(key(name)) !== undefined),
      [false, true, true],
    );
    // What takes the place of another is not counted twice.
    for (let time = 0; time < 10; time++) small.remember(key("c"), "", exchange(400));
    assert.ok(small.find(key("b")));
  });

  test("a body above 5 MB takes no room, and says so when it is asked for", () => {
    const session = new Session({ entries: 10, bytes: 1000 });
    session.remember(key("large"), "", exchange(6 * 1024 * 1024));
    session.remember(key("small"), "", exchange(400));
    const known = session.find(key("large"))?.known;
    assert.equal(known?.response.status, 200);
    assert.throws(() => known?.response.body, { code: "response.too-large" });
    assert.equal(known?.request.body.length, 0);
  });

  test("finds the last exchange of what a file can reach", () => {
    const session = new Session();
    session.remember(key("login"), "", exchange(1, 200));
    session.remember(key("login", "dev"), "", exchange(1, 201));
    assert.equal(session.latest("/w/a.https", "login")?.known.response.status, 201);
    assert.equal(session.latest("/w/b.https", "login"), undefined);
    session.noteReach("/w/b.https", ["/w/b.https", "/w/a.https"]);
    assert.equal(session.latest("/w/b.https", "login")?.known.response.status, 201);
  });
});
