import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Engine } from "../../../../src/engine/index.ts";
import { makeWorkspace } from "../../../support/temp.ts";
import { hiddenIn } from "../hidden.ts";
import {
  type Answer,
  type Arrived,
  header,
  redirect,
  type SendOptions,
  startWorld,
  type World,
} from "../redirect-world.ts";

const token = "tok-8f3a/9+zz";
const environment = { API_TOKEN: token };
const secrets = { API_TOKEN: ["A"] };

let world: World;
let engine: Engine;
before(async () => {
  world = await startWorld();
});
beforeEach(() => {
  engine = world.newEngine(environment);
});
after(() => world.stop());

/** In one session. Sends, and asserts that no output shows the value of a secret or of a cookie. */
async function send(text: string, options: SendOptions = {}) {
  const sent = await world.send(text, { engine, secrets, ...options });
  const outputs = JSON.stringify([sent.view, engine.cookies()]);
  assert.deepEqual(hiddenIn(outputs, [token, "hunter2", "chocolate"]), []);
  return sent;
}

function sets(...cookies: readonly string[]): Answer {
  return { headers: cookies.map((cookie) => ["Set-Cookie", cookie] as const) };
}

function cookieOf(requests: readonly Arrived[]): (string | undefined)[] {
  return requests.map((request) => header(request, "cookie"));
}

const login = { "/login": sets("sid=hunter2; Path=/; Secure; HttpOnly", "theme=chocolate; Path=/app") };

describe("cookies go along", () => {
  test("with later requests to their host and path, of the same file or another", async () => {
    const first = await send("GET https://A/login\n", { answers: login });
    assert.deepEqual(cookieOf(first.arrived.A), [undefined]);
    const second = await send("GET https://A/app/x\nX-Plain: 1\n");
    assert.deepEqual(cookieOf(second.arrived.A), ["theme=chocolate; sid=hunter2"]);
    assert.deepEqual(cookieOf((await send("GET https://A/other\n")).arrived.A), ["sid=hunter2"]);
    assert.deepEqual(cookieOf((await send("GET https://B/app\n")).arrived.B), [undefined]);
    const shown = second.view.request.headers.find(({ name }) => name === "Cookie");
    assert.deepEqual(shown, { name: "Cookie", value: "theme=••••••; sid=••••••", masked: true });
    assert.deepEqual(
      second.view.cookies?.sent.map(({ name, value, path }) => [name, value, path]),
      [
        ["theme", "••••••", "/app"],
        ["sid", "••••••", "/"],
      ],
    );
  });

  test("within one run: a request that is sent first logs in", async () => {
    const text = "### in\n# @name in\nGET https://A/login\n\n### out\n# @ref in\nGET https://A/me\n";
    assert.deepEqual(cookieOf((await send(text, { answers: login })).arrived.A), [undefined, "sid=hunter2"]);
  });

  test("beside those that the file writes, whose names win", async () => {
    await send("GET https://A/login\n", { answers: login });
    const { arrived, view } = await send("GET https://A/app\nCookie: own=1; theme=dark;\n");
    assert.deepEqual(cookieOf(arrived.A), ["own=1; theme=dark; sid=hunter2"]);
    assert.equal(arrived.A[0]?.rawHeaders.filter((name) => name.toLowerCase() === "cookie").length, 1);
    assert.deepEqual(
      view.cookies?.sent.map(({ name }) => name),
      ["sid"],
    );
  });

  test("to the host with another port as well: that is what cookies are", async () => {
    await send("GET https://A/login\n", { answers: { "/login": sets("all=chocolate; Domain=example.test; Path=/") } });
    assert.deepEqual(cookieOf((await send("GET https://B/\n")).arrived.B), ["all=chocolate"]);
  });

  test("as the bytes that came", async () => {
    await send("GET https://A/login\n", { answers: { "/login": sets('n=wört="x y", z; Path=/') } });
    const [value] = cookieOf((await send("GET https://A/\n")).arrived.A);
    assert.equal(Buffer.from(value ?? "", "latin1").toString("utf8"), 'n=wört="x y", z');
  });

  test("not after the server has taken them back, nor when they were cleared", async () => {
    await send("GET https://A/login\n", { answers: login });
    const out = await send("GET https://A/out\n", { answers: { "/out": sets("sid=; Path=/; Max-Age=0") } });
    assert.deepEqual(
      out.view.cookies?.received.map(({ name, outcome }) => [name, outcome]),
      [["sid", "removed"]],
    );
    assert.deepEqual(cookieOf((await send("GET https://A/app\n")).arrived.A), ["theme=chocolate"]);
    assert.equal(engine.clearCookies({ domain: "b.example.test" }), 0);
    assert.equal(engine.clearCookies({ domain: "a.example.test" }), 1);
    assert.deepEqual(cookieOf((await send("GET https://A/app\n")).arrived.A), [undefined]);
  });
});

test("nothing is said to be sent where the server is refused, and nothing arrives", async () => {
  await send("GET https://A/login\n", { answers: login });
  const { view, arrived } = await send("GET https://A/app\n", { hosts: { [world.hosts.A]: {} } });
  assert.match(view.failure?.code ?? "", /^tls\./);
  assert.deepEqual([view.cookies, arrived.A.length], [undefined, 0]);
  const start = { "/start": redirect("https://B/x") };
  await send("GET https://B/login\n", { answers: login });
  const led = await send("GET https://A/start\n", { answers: start, hosts: { [world.hosts.B]: {} } });
  assert.deepEqual([led.view.failure?.requestSent, led.view.cookies, led.arrived.B.length], [true, undefined, 0]);
});

describe("cookies stay apart", () => {
  test("by environment", async () => {
    const files = { "http-client.env.json": '{ "dev": {}, "prod": {} }' };
    await send("GET https://A/login\n", { answers: login, environmentName: "dev", files });
    assert.deepEqual(cookieOf((await send("GET https://A/\n", { environmentName: "prod" })).arrived.A), [undefined]);
    assert.deepEqual(cookieOf((await send("GET https://A/\n")).arrived.A), [undefined]);
    assert.deepEqual(cookieOf((await send("GET https://A/\n", { environmentName: "dev" })).arrived.A), ["sid=hunter2"]);
  });

  test("by workspace", async () => {
    await using other = await makeWorkspace({ "certs/ca.pem": world.pki.root.certificatePem });
    await send("GET https://A/login\n", { answers: login });
    const { arrived } = await send("GET https://A/\n", { workspace: other });
    assert.deepEqual(cookieOf(arrived.A), [undefined]);
    assert.equal(engine.cookies(world.workspace.root).length, 2);
    assert.equal(engine.cookies(other.root).length, 0);
    assert.equal(engine.clearCookies({ root: other.root }), 0);
  });

  test("# @no-cookie-jar sends none and keeps none", async () => {
    await send("GET https://A/login\n", { answers: login });
    const { arrived, view } = await send("# @no-cookie-jar\nGET https://A/app\nCookie: own=1\n", {
      answers: { "/app": sets("sid=other; Path=/") },
    });
    assert.deepEqual(cookieOf(arrived.A), ["own=1"]);
    assert.deepEqual(
      view.cookies?.received.map(({ outcome, reason }) => [outcome, reason]),
      [["ignored", "# @no-cookie-jar stands above the request"]],
    );
    assert.deepEqual(cookieOf((await send("GET https://A/x\n")).arrived.A), ["sid=hunter2"]);
  });
});

describe("redirects", () => {
  const hop = (location: string, ...cookies: string[]): Answer => ({
    status: 302,
    headers: [["Location", location], ...cookies.map((cookie) => ["Set-Cookie", cookie] as const)],
  });

  test("a cookie of a redirect counts for the next hop, and each hop has its own", async () => {
    await send("GET https://B/login\n", { answers: { "/login": sets("b=chocolate; Path=/") } });
    const { arrived, view } = await send("GET https://A/start\nCookie: own=1\n", {
      answers: {
        "A /start": hop("https://A/in", "sid=hunter2; Path=/"),
        "A /in": hop("https://B/next", "x=1; Domain=com"),
        "B /next": hop("https://A/end"),
      },
    });
    assert.deepEqual(cookieOf(arrived.A), ["own=1", "own=1; sid=hunter2", "sid=hunter2"]);
    assert.deepEqual(cookieOf(arrived.B), ["b=chocolate"]);
    assert.deepEqual(
      view.redirects.map(({ cookies }) => [
        cookies?.sent.map(({ name }) => name),
        cookies?.received.map(({ name, outcome, reason }) => [name, outcome, reason]),
      ]),
      [
        [[], [["sid", "kept", null]]],
        [["sid"], [["x", "refused", "com is a public suffix"]]],
        [["b"], []],
      ],
    );
    assert.deepEqual(
      view.cookies?.sent.map(({ name }) => name),
      ["sid"],
    );
  });

  test("SameSite: another site's redirect gets what a browser would send, the same site's gets all", async () => {
    const elsewhere = world.hosts.B.replace("example", "elsewhere");
    const hosts = { [elsewhere]: { ca: ["certs/ca.pem"] } };
    const fields = ["strict=1; SameSite=Strict", "lax=1; SameSite=Lax", "none=1; SameSite=None", "unset=1"];
    const answers = {
      "/login": sets(...fields.map((field) => `${field}; Path=/`)),
      "/same": redirect("https://B/pay", 307),
      "/other": redirect(`https://${elsewhere}/pay`, 307),
    };
    const all = "strict=1; lax=1; none=1; unset=1";
    await send("GET https://B/login\n", { answers });
    assert.deepEqual(cookieOf((await send("POST https://A/same\n\nx\n", { answers })).arrived.B), [all]);
    await send(`GET https://${elsewhere}/login\n`, { answers, hosts });
    const post = await send("POST https://A/other\n\nx\n", { answers, hosts });
    assert.deepEqual(cookieOf(post.arrived.B), ["none=1; unset=1"]);
    const get = await send("GET https://A/other\n", { answers, hosts });
    assert.deepEqual(cookieOf(get.arrived.B), ["lax=1; none=1; unset=1"]);
    assert.deepEqual(cookieOf((await send(`POST https://${elsewhere}/x\n\nx\n`, { hosts })).arrived.B), [all]);
  });
});

describe("a cookie that holds a secret", () => {
  const given = {
    "/login": sets(`t=${encodeURIComponent(token)}; Domain=example.test; Path=/`, "ok=1; Domain=example.test; Path=/"),
  };

  test("goes only to the hosts that the secret may go to", async () => {
    const first = await send("GET https://A/login\nX-Key: {{$env.API_TOKEN}}\n", { answers: given });
    assert.equal(first.view.cookies?.received[0]?.cookie?.value, "{{$env.API_TOKEN}}");
    assert.deepEqual(
      engine.cookies().map(({ name, secrets: held }) => [name, held]),
      [
        ["t", ["API_TOKEN"]],
        ["ok", []],
      ],
    );
    const again = await send("GET https://A/me\n");
    assert.deepEqual(cookieOf(again.arrived.A), [`t=${encodeURIComponent(token)}; ok=1`]);
    assert.deepEqual(again.view.request.secrets, ["API_TOKEN"]);
    const other = await send("GET https://B/me\n");
    assert.deepEqual(cookieOf(other.arrived.B), ["ok=1"]);
    assert.deepEqual(other.view.cookies?.withheld, [{ name: "t", secrets: ["API_TOKEN"] }]);
    assert.deepEqual(
      other.view.notes.map(({ text }) => text),
      [`The cookie t was not sent to ${world.hosts.B}, because it holds API_TOKEN, which may not go there.`],
    );
  });

  test("also where a redirect leads, and where the settings no longer know the secret", async () => {
    await send("GET https://A/login\nX-Key: {{$env.API_TOKEN}}\n", { answers: given });
    const led = await send("GET https://A/start\n", { answers: { "/start": redirect("https://B/x") } });
    assert.deepEqual(cookieOf(led.arrived.B), ["ok=1"]);
    const gone = await send("GET https://A/me\n", { secrets: {} });
    assert.deepEqual(cookieOf(gone.arrived.A), ["ok=1"]);
  });

  test("a value of a private environment file stays with its origin", async () => {
    const files = {
      "http-client.env.json": '{ "dev": {} }',
      "http-client.private.env.json": '{ "dev": { "tenant": "hunter2-acme" } }',
    };
    const options = { files, environmentName: "dev" };
    const answers = { "/login": sets("t=hunter2-acme; Domain=example.test; Path=/") };
    await send("GET https://A/login\nX-Tenant: {{tenant}}\n", { ...options, answers });
    const again = await send("GET https://A/me\n", options);
    assert.deepEqual(cookieOf(again.arrived.A), ["t=hunter2-acme"]);
    // This request was never given the value: what hides it came with the cookie.
    assert.equal(again.view.request.headers.find(({ name }) => name === "Cookie")?.value, "t={{tenant}}");
    const { arrived, view } = await send("GET https://B/me\n", options);
    assert.deepEqual(cookieOf(arrived.B), [undefined]);
    assert.deepEqual(
      view.notes.map(({ text }) => text),
      [
        `The cookie t was not sent to ${world.hosts.B}, because it holds a value of a private environment file, which stays with the host that it was sent to.`,
      ],
    );
  });

  test("a value of a private environment file stays with its origin beside a secret that may go on, too", async () => {
    const files = {
      "http-client.env.json": '{ "dev": {} }',
      "http-client.private.env.json": '{ "dev": { "tenant": "hunter2-acme" } }',
    };
    const options = { files, environmentName: "dev", secrets: { API_TOKEN: ["A", "B"] } };
    const both = `${encodeURIComponent(token)}.hunter2-acme`;
    const answers = { "/login": sets(`t=${both}; Domain=example.test; Path=/`) };
    await send("GET https://A/login\nX-Tenant: {{tenant}}\nX-Key: {{$env.API_TOKEN}}\n", { ...options, answers });
    assert.deepEqual(cookieOf((await send("GET https://A/me\n", options)).arrived.A), [`t=${both}`]);
    assert.deepEqual(cookieOf((await send("GET https://B/me\n", options)).arrived.B), [undefined]);
    const led = await send("GET https://A/start\n", { ...options, answers: { "/start": redirect("https://B/x") } });
    assert.deepEqual(cookieOf(led.arrived.B), [undefined]);
  });

  test("its value is revealed to whoever asks, but for the secret", async () => {
    await send("GET https://A/login\nX-Key: {{$env.API_TOKEN}}\n", { answers: given });
    const [secret, plain] = engine.cookies();
    assert.equal(engine.revealCookie(secret?.id ?? ""), "{{$env.API_TOKEN}}");
    assert.equal(engine.revealCookie(plain?.id ?? ""), "1");
    assert.equal(engine.revealCookie("cookie-0"), undefined);
  });
});

describe("a host that is not verified", () => {
  const person = { "padlock.unverifiedHosts": ["A"] };

  test("gets no cookie and sets none", async () => {
    await send("GET https://A/login\n", { answers: login });
    const { arrived, view } = await send("GET https://A/app\n", {
      person,
      answers: { "/app": sets("sid=evil; Path=/") },
    });
    assert.deepEqual(cookieOf(arrived.A), [undefined]);
    assert.deepEqual(
      view.cookies?.received.map(({ outcome, reason }) => [outcome, reason]),
      [["ignored", `the certificate of ${world.hosts.A} need not verify (padlock.unverifiedHosts)`]],
    );
    assert.deepEqual(cookieOf((await send("GET https://A/x\n")).arrived.A), ["sid=hunter2"]);
  });
});

describe("plain http", () => {
  let server: Server;
  const seen: (string | undefined)[] = [];
  before(async () => {
    server = createServer((request, response) => {
      seen.push(request.headers.cookie);
      response.setHeader("Set-Cookie", ["plain=chocolate; Path=/", "safe=1; Path=/; Secure"]).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(() => server.close());
  beforeEach(() => {
    seen.length = 0;
  });
  const port = () => (server.address() as AddressInfo).port;

  test("of another machine gets no cookie and sets none", async () => {
    const host = `p.example.test:${port()}`;
    const options = { person: { "padlock.plainHttpHosts": [host] } };
    await send("GET https://A/login\n", { answers: { "/login": sets("all=1; Domain=example.test; Path=/") } });
    const { view } = await send(`GET http://${host}/\n`, options);
    assert.deepEqual(seen, [undefined]);
    assert.deepEqual(
      view.cookies?.received.map(({ reason }) => reason),
      Array(2).fill(`${host} is another machine, and plain http is not encrypted`),
    );
    await send(`GET http://${host}/\n`, options);
    assert.deepEqual(seen, [undefined, undefined]);
  });

  test("of this machine keeps its own, but nothing Secure", async () => {
    const { view } = await send(`GET http://127.0.0.1:${port()}/\n`);
    assert.deepEqual(
      view.cookies?.received.map(({ name, outcome }) => [name, outcome]),
      [
        ["plain", "kept"],
        ["safe", "refused"],
      ],
    );
    await send(`GET http://127.0.0.1:${port()}/\n`);
    assert.deepEqual(seen, [undefined, "plain=chocolate"]);
  });
});

describe("hostile servers", () => {
  test("hundreds of cookies: the first are kept, and a note says so", async () => {
    const many = Array.from({ length: 260 }, (_, index) => `n${index}=1; Path=/`);
    const { view } = await send("GET https://A/many\n", { answers: { "/many": sets(...many) } });
    assert.equal(view.response?.status, 200);
    assert.equal(view.cookies?.received.length, 200);
    assert.equal(engine.cookies().length, 180);
    assert.deepEqual(
      view.notes.map(({ text }) => text),
      [
        `${world.hosts.A} sets 260 cookies in one response. Padlock has looked at the first 200 and ignored the others.`,
      ],
    );
  });

  test("what is no cookie is told, and breaks nothing", async () => {
    const odd = [
      "__proto__=1",
      "constructor=2; Expires=nonsense",
      "=",
      "x",
      `big=${"y".repeat(5000)}`,
      "d=1; Domain=com",
      ";;;",
    ];
    const { view } = await send("GET https://A/odd\n", { answers: { "/odd": sets(...odd) } });
    assert.deepEqual(
      view.cookies?.received.map(({ header: index, name, outcome, reason }) => [index, name, outcome, reason]),
      [
        [0, "__proto__", "kept", null],
        [1, "constructor", "kept", null],
        [2, "", "refused", "it has no name"],
        [3, "", "refused", "it has no name"],
        [4, "big", "refused", "it is larger than 4096 bytes"],
        [5, "d", "refused", "com is a public suffix"],
        [6, "", "refused", "it has no name"],
      ],
    );
    assert.deepEqual(cookieOf((await send("GET https://A/odd\n")).arrived.A), ["__proto__=1; constructor=2"]);
  });
});
