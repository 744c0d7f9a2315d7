import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/common/failure.ts";
import { excerptOf } from "../../../src/protocol/excerpt.ts";
import { toView } from "../../../src/protocol/to-view.ts";
import { nothingCarried } from "../../../src/resolve/prepared-request.ts";
import type { Exchange } from "../../../src/runner/exchange.ts";
import { createRedactor } from "../../../src/secrets/index.ts";
import { defaultTimeouts } from "../../../src/settings/model.ts";
import type { ConnectionReport } from "../../../src/transport/report.ts";
import { noProfile } from "../transport/support.ts";

const secret = 's3cr3t/va+lue"of many';
const timings = { blocked: 1, dns: null, connect: null, ssl: null, send: 1, wait: 2, receive: 3, total: 7 };

function exchangeWith(outcome: Exchange["outcome"], connection?: ConnectionReport): Exchange {
  const redactor = createRedactor();
  redactor.add("TOKEN", secret);
  const headers = [
    ["Authorization", `Bearer ${secret}`],
    ["X-Basic", Buffer.from(`user:${secret}`).toString("base64")],
  ] as const;
  return {
    id: "1",
    sentHeaders: headers,
    startedAt: "2026-01-01T00:00:00.000Z",
    redactor,
    source: { name: "Send it", method: "POST", url: "https://localhost/{{$env.TOKEN}}", file: "a.https", line: 3 },
    request: {
      method: "POST",
      url: new URL(`https://localhost/${encodeURIComponent(secret)}?q=${encodeURIComponent(secret)}`),
      headers,
      body: new TextEncoder().encode(JSON.stringify({ token: secret })),
      profile: noProfile,
      timeouts: defaultTimeouts,
      name: "Send it",
      location: { file: "a.https", line: 3, column: 1 },
      redactor,
      secretNames: ["TOKEN"],
      headerSecrets: [],
      outputs: [],
      bodySecrets: nothingCarried,
      urlSecrets: nothingCarried,
      profileFor: async () => ({ profile: noProfile, timeouts: defaultTimeouts }),
      notes: [],
    },
    outcome,
    connection,
    timings,
    redirects: [],
    notes: [],
  };
}

function respond(body: string | Uint8Array, contentType = "application/json"): Exchange["outcome"] {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const headers = [
    ["Content-Type", contentType],
    ["X-Echo", secret],
  ] as const;
  const response = {
    httpVersion: "1.1",
    status: 200,
    statusText: secret,
    headers,
    body: bytes,
    informational: [],
    trailers: [],
    bodySize: bytes.length,
    bodyFile: undefined,
    encodedBodySize: bytes.length,
  } as const;
  return { kind: "response", response };
}

describe("no value of a secret gets into a view", () => {
  const leaks = (view: unknown) => {
    const text = JSON.stringify(view);
    const forms = [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(`user:${secret}`).toString("base64"),
    ];
    return forms.filter((form) => text.includes(form) || text.includes(JSON.stringify(form).slice(1, -1)));
  };

  const outcomes: readonly [string, Exchange["outcome"]][] = [
    ["a JSON body that echoes it", respond(JSON.stringify({ you: { sent: secret } }))],
    ["a text body", respond(`you sent ${secret}`, "text/plain")],
    [
      "a binary body",
      respond(Buffer.concat([Buffer.from([0, 1, 255]), Buffer.from(secret)]), "application/octet-stream"),
    ],
    ["a header and the reason phrase", respond("")],
    [
      "a failure's texts",
      {
        kind: "failure",
        requestSent: true,
        failure: new Failure({ code: "network.reset", title: secret, detail: secret, fix: secret, setting: secret }),
      },
    ],
  ];
  for (const [name, outcome] of outcomes) {
    test(name, () => {
      const view = toView(exchangeWith(outcome));
      assert.deepEqual(leaks(view), []);
      assert.match(JSON.stringify(view), /\{\{\$env\.TOKEN\}\}/);
    });
  }
  test("a certificate that repeats it", () => {
    const tls = { subject: `CN=${secret}` };
    const connection = { encrypted: true, tls: { verdict: { verified: true }, clientCertificate: {}, chain: [tls] } };
    assert.deepEqual(leaks(toView(exchangeWith(respond("{}"), connection as unknown as ConnectionReport))), []);
  });
});

test("words of ours that a reader of the view knows stay, also where a secret has the same letters", () => {
  const failure = new Failure({ code: "network.reset", title: "The network failed", detail: "", fix: "" });
  const exchange = exchangeWith({ kind: "failure", failure, requestSent: true });
  for (const word of ["network", "warning", "server", "connected", "good", "https"])
    exchange.redactor.add("WORD", word);
  const notes = [{ level: "warning", text: "a warning" }] as const;
  const findings = [{ level: "warning", text: "the server" }];
  const tls = {
    verdict: { verified: true, code: null, findings },
    clientCertificate: {},
    chain: [{ source: "server" }],
    ocsp: { status: "good" },
  };
  const connection = {
    encrypted: true,
    attempts: [{ outcome: "connected" }],
    proxy: { kind: "https" },
    tls,
  } as unknown as ConnectionReport;
  const view = toView({ ...exchange, notes, connection });
  assert.deepEqual(
    [view.failure?.code, view.notes[0]?.level, view.connection?.tls?.verdict.findings[0]?.level],
    ["network.reset", "warning", "warning"],
  );
  assert.equal(view.connection?.tls?.chain[0]?.source, "server");
  assert.equal(view.connection?.tls?.ocsp?.status, "good");
  assert.deepEqual([view.connection?.attempts[0]?.outcome, view.connection?.proxy?.kind], ["connected", "https"]);
  const texts = [view.failure?.title, view.notes[0]?.text, view.connection?.tls?.verdict.findings[0]?.text];
  for (const text of texts) assert.match(text ?? "", /\{\{\$env\.WORD\}\}/);
});

describe("bodies", () => {
  const bodyOf = (outcome: Exchange["outcome"]) => toView(exchangeWith(outcome)).response?.body;

  test("JSON is laid out and the text as received is kept", () => {
    const body = bodyOf(respond('{"a":1}'));
    assert.deepEqual([body?.kind, body?.text, body?.raw], ["json", '{\n  "a": 1\n}', '{"a":1}']);
  });
  test("JSON in which a secret stood as a bare value is shown as text, not broken", () => {
    const exchange = exchangeWith(respond('{"n":123456789}'));
    exchange.redactor.add("NUMBER", "123456789");
    const body = toView(exchange).response?.body;
    assert.deepEqual([body?.kind, body?.text], ["text", '{"n":{{$env.NUMBER}}}']);
  });
  test("a charset is honoured", () => {
    assert.equal(bodyOf(respond(Uint8Array.of(0xe9), "text/plain; charset=iso-8859-1"))?.text, "é");
  });
  test("bytes that are no text are dumped", () => {
    const body = bodyOf(respond(Uint8Array.of(0, 0xff, 0x41), "application/octet-stream"));
    assert.equal(body?.kind, "binary");
    assert.match(body?.text ?? "", /^00000000 {2}00 ff 41 +\.\.A$/);
  });
  test("a long text is cut and says so; the size tells the whole", () => {
    const body = bodyOf(respond("x".repeat(17 * 1024 * 1024), "text/plain"));
    assert.deepEqual([body?.truncated, body?.size, body?.text.length], [true, 17 * 1024 * 1024, 16 * 1024 * 1024]);
  });
  test("the panel's excerpt is cut between characters, and says so", () => {
    const view = toView(exchangeWith(respond(`x${"😀".repeat(200_000)}`, "text/plain")));
    const body = excerptOf(view).response?.body;
    assert.equal(body?.truncated, true);
    assert.equal(body?.text.length, 256 * 1024 - 1);
    assert.ok(body?.text.isWellFormed());
    assert.deepEqual(excerptOf(toView(exchangeWith(respond("short")))).response?.body.truncated, false);
  });
  test("no body", () => {
    assert.equal(bodyOf(respond(""))?.kind, "empty");
  });
});

describe("the verdict in words", () => {
  const verdictOf = (connection: unknown) => toView(exchangeWith(respond(""), connection as ConnectionReport)).verdict;
  const tls = (verified: boolean, presented: boolean, code: string | null = null, accepted?: true) => ({
    encrypted: true,
    tls: { protocol: "TLSv1.3", verdict: { verified, code, accepted }, clientCertificate: { presented }, chain: [] },
  });

  const cases: readonly [unknown, string, string][] = [
    [undefined, "not-connected", "No connection was made"],
    [{ encrypted: false, remoteAddress: "::1", tls: null }, "not-encrypted", "Not encrypted · loopback only"],
    [
      { encrypted: false, remoteAddress: "192.0.2.1", tls: null },
      "not-encrypted",
      "Not encrypted · accepted by your settings",
    ],
    [tls(false, true, "tls.expired", true), "not-verified", "Not verified · accepted by your settings"],
    [{ encrypted: true, tls: null }, "not-verified", "Not verified · the handshake did not end"],
    [tls(false, false, "tls.expired"), "not-verified", "Not verified · certificate expired"],
    [tls(false, false, "timeout.handshake"), "not-verified", "Not verified · refused"],
    [tls(true, false), "verified", "Verified · TLS 1.3"],
    [tls(true, true), "verified", "Verified · TLS 1.3 · client certificate sent"],
  ];
  for (const [connection, kind, text] of cases) {
    test(text, () => assert.deepEqual(verdictOf(connection), { kind, text }));
  }
});
