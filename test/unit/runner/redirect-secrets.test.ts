import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { hiddenIn } from "./hidden.ts";
import { header, ownHeaders, redirect, type SendOptions, type Sent, startWorld, type World } from "./redirect-world.ts";

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.stop());

const token = "tok-8f3a/9+zz";
const shared = "shared-5d1c77aa";
const environment = { API_TOKEN: token, SHARED: shared };
const secrets = { API_TOKEN: ["A"], SHARED: ["A", "B"] };
const toB = { "/start": redirect("https://B/next", 307) };

/** Sends, and asserts that no output shows a value. */
async function send(text: string, options: SendOptions = {}): Promise<Sent> {
  const sent = await world.send(text, { environment, secrets, answers: toB, ...options });
  assert.deepEqual(hiddenIn(JSON.stringify(sent.view), [token, shared, "hunter2", "acme-42"]), []);
  return sent;
}

const notes = ({ view }: Sent) => view.notes.map(({ level, text }) => `${level}: ${text}`);
const withheld = ({ view }: Sent) =>
  view.redirects.map((hop) => hop.withheld.map(({ part, name, secrets }) => [name ?? part, ...secrets].join(" ")));

describe("headers that another host may not get", () => {
  const { A, B } = { A: () => world.hosts.A, B: () => world.hosts.B };

  test("a secret that is not allowed there; the others go", async () => {
    const sent = await send(
      "GET https://A/start\nAuthorization: Bearer {{$env.API_TOKEN}}\nX-Api-Key: {{$env.SHARED}}\nX-Plain: 1\nX-Mixed: {{$env.SHARED}}.{{$env.API_TOKEN}}\n",
    );
    assert.deepEqual(sent.arrived.A.flatMap(ownHeaders), [
      `Authorization: Bearer ${token}`,
      `X-Api-Key: ${shared}`,
      "X-Plain: 1",
      `X-Mixed: ${shared}.${token}`,
    ]);
    assert.deepEqual(sent.arrived.B.flatMap(ownHeaders), [`X-Api-Key: ${shared}`, "X-Plain: 1"]);
    assert.deepEqual(withheld(sent), [["Authorization API_TOKEN", "X-Mixed API_TOKEN"]]);
    assert.deepEqual(notes(sent), [
      `warning: Authorization and X-Mixed were not sent on to ${B()}, because padlock.secrets does not allow API_TOKEN there.`,
    ]);
    assert.deepEqual(
      sent.view.request.headers.map(({ name }) => name).filter((name) => /^(auth|x-)/i.test(name)),
      ["X-Api-Key", "X-Plain"],
    );
  });

  test("what is made of it: Basic credentials, a variable, base64", async () => {
    const sent = await send(
      "@mine = {{$env.API_TOKEN}}\n\nGET https://A/start\nAuthorization: Basic me {{$env.API_TOKEN}}\nX-Var: {{mine}}\nX-Base: {{$base64 mine}}\n",
    );
    assert.equal(sent.arrived.A.flatMap(ownHeaders).length, 3);
    assert.deepEqual(sent.arrived.B.flatMap(ownHeaders), []);
    assert.deepEqual(withheld(sent), [["Authorization API_TOKEN", "X-Var API_TOKEN", "X-Base API_TOKEN"]]);
  });

  test("the secret's value, however it got into the file", async () => {
    const sent = await send(`GET https://A/start\nX-Copy: ${token}\nX-Hex: ${Buffer.from(token).toString("hex")}\n`);
    assert.deepEqual(sent.arrived.B.flatMap(ownHeaders), []);
    assert.deepEqual(withheld(sent), [["X-Copy API_TOKEN", "X-Hex API_TOKEN"]]);
  });

  test("credentials that are none of the listed secrets, by the header's name", async () => {
    const sent = await send(
      "GET https://me:hunter2@A/start\nCookie: sid=hunter2\nProxy-Authorization: Basic hunter2\nX-Auth-Token: hunter2\nX-Plain: 1\nHost: A\n",
    );
    assert.deepEqual(sent.arrived.B.flatMap(ownHeaders), ["X-Plain: 1"]);
    assert.deepEqual(withheld(sent), [["Cookie", "Proxy-Authorization", "X-Auth-Token", "Authorization"]]);
    assert.deepEqual(notes(sent), [
      `warning: Cookie, Proxy-Authorization, X-Auth-Token and Authorization were not sent on to ${B()}, because a credential that padlock.secrets does not list stays with ${A()}.`,
    ]);
  });

  test("another port is another host", async () => {
    const sent = await send("GET https://A/start\nAuthorization: Bearer {{$env.API_TOKEN}}\nCookie: sid=hunter2\n", {
      answers: { "/start": redirect(`https://a.example.test:${world.servers.B.port}/next`) },
      hosts: { [`a.example.test:${world.servers.B.port}`]: {} },
      person: { "padlock.unverifiedHosts": [`a.example.test:${world.servers.B.port}`] },
    });
    assert.deepEqual(sent.arrived.B.flatMap(ownHeaders), []);
    assert.deepEqual(withheld(sent), [["Authorization API_TOKEN", "Cookie"]]);
  });

  test("all of them go on at the same host", async () => {
    const sent = await send("GET https://A/start\nAuthorization: Bearer {{$env.API_TOKEN}}\nCookie: sid=x\n", {
      answers: { "/start": redirect("/next", 308) },
    });
    assert.deepEqual(sent.arrived.A[1] && ownHeaders(sent.arrived.A[1]), [
      `Authorization: Bearer ${token}`,
      "Cookie: sid=x",
    ]);
    assert.deepEqual([withheld(sent), notes(sent)], [[[]], []]);
  });

  test("a Host header stays with the host it was written for", async () => {
    const sent = await send("GET https://A/start\nHost: inner.example.test\n", {
      answers: { "/start": redirect("/second"), "/second": redirect("https://B/next") },
    });
    assert.deepEqual(
      sent.arrived.A.map((request) => header(request, "host")),
      ["inner.example.test", "inner.example.test"],
    );
    assert.deepEqual(
      sent.arrived.B.map((request) => header(request, "host")),
      [B()],
    );
    assert.deepEqual(withheld(sent), [[], []]);
  });

  test("what was withheld once stays so, also back at the first host", async () => {
    const sent = await send(
      "GET https://A/start\nAuthorization: Bearer {{$env.API_TOKEN}}\nCookie: sid=x\nX-Key: {{$env.SHARED}}\n",
      {
        answers: {
          "/start": redirect("https://B/1"),
          "/1": redirect("https://A/2"),
          "/2": redirect("https://C/3"),
          "/3": redirect("https://B/4"),
        },
      },
    );
    const last = [...sent.arrived.A.slice(1), ...sent.arrived.B, ...sent.arrived.C].map((request) => [
      request.url,
      ...ownHeaders(request),
    ]);
    assert.deepEqual(last, [["/2", `X-Key: ${shared}`], ["/1", `X-Key: ${shared}`], ["/4"], ["/3"]]);
    const atB = ["Authorization API_TOKEN", "Cookie"];
    assert.deepEqual(withheld(sent), [atB, atB, [...atB, "X-Key SHARED"], [...atB, "X-Key SHARED"]]);
    assert.equal(sent.view.notes.length, 3, "each is said once");
  });
});

describe("bodies that another host may not get", () => {
  test("one with a secret: the request goes without it and what is about it", async () => {
    const sent = await send(
      'POST https://A/start\nContent-Type: application/json\nContent-Language: en\nX-Plain: 1\n\n{"key": "{{$env.API_TOKEN}}"}',
    );
    assert.equal(sent.arrived.A[0]?.body.toString(), `{"key": "${token}"}`);
    assert.equal(sent.arrived.B[0]?.method, "POST");
    assert.equal(sent.arrived.B[0]?.body.length, 0);
    assert.deepEqual(sent.arrived.B.flatMap(ownHeaders), ["X-Plain: 1", "content-length: 0"]);
    assert.deepEqual(withheld(sent), [["body API_TOKEN"]]);
    assert.deepEqual(notes(sent), [
      `warning: The body was not sent on to ${world.hosts.B}, because padlock.secrets does not allow API_TOKEN there. The request went there without a body.`,
    ]);
  });

  test("one whose secrets are allowed goes", async () => {
    const sent = await send("POST https://A/start\nContent-Type: text/plain\n\nkey {{$env.SHARED}}");
    assert.equal(sent.arrived.B[0]?.body.toString(), `key ${shared}`);
    assert.deepEqual(withheld(sent), [[]]);
  });

  test("it is not withheld where the redirect asks with GET", async () => {
    const sent = await send("POST https://A/start\n\nkey {{$env.API_TOKEN}}", {
      answers: { "/start": redirect("https://B/next") },
    });
    assert.deepEqual([sent.arrived.B[0]?.method, withheld(sent)], ["GET", [[]]]);
  });
});

describe("values of a private environment file", () => {
  const files = {
    "http-client.env.json": '{"dev": {}}',
    "http-client.private.env.json": '{"dev": {"tenant": "acme-42", "listed": "hunter2"}}',
  };
  const options = { files, environmentName: "dev", secrets: { ...secrets, listed: ["A", "B"] } };

  test("stay with the host of the request, but for those that the settings list", async () => {
    const sent = await send("POST https://A/start\nX-Tenant: {{tenant}}\nX-Listed: {{listed}}\n\n{{tenant}}", options);
    assert.deepEqual(sent.arrived.A.flatMap(ownHeaders).slice(0, 2), ["X-Tenant: acme-42", "X-Listed: hunter2"]);
    assert.deepEqual(sent.arrived.B.flatMap(ownHeaders), ["X-Listed: hunter2", "content-length: 0"]);
    assert.deepEqual(withheld(sent), [["X-Tenant", "body"]]);
    assert.match(
      notes(sent)[0] ?? "",
      /^warning: X-Tenant and the body were not sent on to .*, because a value of a private environment file stays with /,
    );
  });

  test("a Location that holds one is not followed to another host, and is at the same", async () => {
    const known = await send("GET https://A/start\nX-Tenant: {{tenant}}", {
      ...options,
      answers: { "/start": redirect("https://B/of/acme-42?x=1") },
    });
    assert.equal(known.view.failure?.code, "policy.secret-not-allowed");
    assert.deepEqual(known.arrived.B, []);
    const beside = await send("GET https://A/start\nX-Tenant: {{tenant}}\nX-Listed: {{listed}}", {
      ...options,
      answers: { "/start": redirect("https://B/of/acme-42?x=hunter2") },
    });
    assert.equal(beside.view.failure?.code, "policy.secret-not-allowed");
    assert.deepEqual(beside.arrived.B, []);
    const same = await send("GET https://A/start\nX-Tenant: {{tenant}}", {
      ...options,
      answers: { "/start": redirect("/of/acme-42") },
    });
    assert.equal(same.arrived.A.at(-1)?.url, "/of/acme-42");
  });
});

describe("a Location that holds a secret", () => {
  const encoded = {
    plain: "?token=tok-8f3a/9+zz",
    "percent-encoded": `?token=${encodeURIComponent(token)}`,
    "lower-case percent-encoded": `?token=${encodeURIComponent(token).toLowerCase()}`,
    base64: `/${Buffer.from(token).toString("base64url")}`,
    hex: `/${Buffer.from(token).toString("hex")}`,
    "in the fragment": "/#tok-8f3a/9+zz",
  };
  for (const [name, rest] of Object.entries(encoded)) {
    test(`${name}: it is not followed to a host that may not get it`, async () => {
      const { bytes } = { bytes: world.servers.B.receivedBytes };
      const sent = await send("GET https://A/start\nAuthorization: Bearer {{$env.API_TOKEN}}", {
        answers: { "/start": redirect(`https://B${rest.startsWith("?") ? `/${rest}` : rest}`) },
      });
      const { failure, redirects } = sent.view;
      assert.equal(failure?.code, "policy.secret-not-allowed");
      assert.match(failure.title, /API_TOKEN/);
      assert.match(failure.fix, /padlock\.secrets/);
      assert.deepEqual([failure.requestSent, redirects], [true, []]);
      assert.equal(world.servers.B.receivedBytes, bytes, "nothing arrived there");
    });
  }

  test("it is followed where the host may get it", async () => {
    const sent = await send("GET https://A/start\nX-Key: {{$env.SHARED}}", {
      answers: { "/start": redirect(`https://B/?key=${shared}`) },
    });
    assert.equal(sent.arrived.B[0]?.url, `/?key=${shared}`);
  });
});

describe("what an earlier request was sent with", () => {
  const first = (head: string) => `# @name one\nPOST https://A/one${head}\n\n###\n# @ref one\n`;
  const privateFile = { "http-client.private.env.json": '{ "dev": { "tenant": "acme-42" } }' };

  test("stays a private value: another host does not get it by a redirect", async () => {
    for (const head of ["\nX-One: a-{{tenant}}-b\n", "\n\na-{{tenant}}-b"]) {
      const part = head.includes("X-One") ? "headers.X-One" : "body";
      const sent = await send(`${first(head)}GET https://A/start\nX-Two: {{one.request.${part}}}\n`, {
        files: privateFile,
        environmentName: "dev",
      });
      assert.deepEqual(sent.arrived.A.at(-1) && ownHeaders(sent.arrived.A.at(-1) ?? assert.fail()), [
        "X-Two: a-acme-42-b",
      ]);
      assert.deepEqual(sent.arrived.B.flatMap(ownHeaders), []);
    }
  });

  test("stays bound to its hosts, however short it is", async () => {
    for (const [head, part] of [
      ["/x-{{$env.PIN}}-y", "url"],
      ["\nX-One: x-{{$env.PIN}}-y\n", "headers.X-One"],
      ["\n\nx{{$env.PIN}}y", "body"],
    ] as const) {
      const sent = await send(`${first(head)}POST https://B/two\n\n{{one.request.${part}}}`, {
        environment: { ...environment, PIN: "4711" },
        secrets: { ...secrets, PIN: ["A"] },
      });
      assert.equal(sent.view.failure?.code, "policy.secret-not-allowed", part);
      assert.equal(sent.arrived.A.length, 1);
      assert.deepEqual(sent.arrived.B, []);
    }
  });
});

test("a secret that the server made the host of its Location is shown in no case", async () => {
  const upper = "Tok-8F3a9ZZ";
  const sent = await world.send("GET https://A/start\nAuthorization: Bearer {{$env.API_TOKEN}}\n", {
    environment: { API_TOKEN: upper },
    secrets,
    answers: { "/start": redirect(`https://${upper}.example.test/`, 302) },
  });
  assert.equal(sent.view.failure?.code, "policy.secret-not-allowed");
  assert.doesNotMatch(JSON.stringify(sent.view), /tok-8f3a9zz/i);
});

test("the view names the secrets that the last request was sent with, and none that a server wrote", async () => {
  const sent = await send("GET https://A/start\nX-A: {{$env.API_TOKEN}}\nX-B: {{$env.SHARED}}\n", {
    answers: { "/start": redirect("https://B/?q={{$env.API_TOKEN}}", 302) },
  });
  assert.match(sent.view.request.url, /\{\{\$env\.API_TOKEN\}\}/);
  assert.deepEqual(sent.view.request.secrets, ["SHARED"]);
});
