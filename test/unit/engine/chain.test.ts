import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { type Harness, startHarness } from "./harness.ts";

let logins = 0;
let harness: Harness;

before(async () => {
  harness = await startHarness((request, response, { url, body }) => {
    response.setHeader("content-type", "application/json");
    if (url.startsWith("/login")) {
      response.setHeader("x-session", `session-${++logins}`);
      response.end(JSON.stringify({ token: `token-${logins}`, given: body.toString(), items: [{ id: 7 }] }));
    } else if (url === "/broken") request.socket.destroy();
    else if (url === "/large") response.end(JSON.stringify({ filler: "x".repeat(6_000_000) }));
    else response.end(JSON.stringify({ url, body: body.toString(), header: request.headers["x-given"] ?? null }));
  });
});
beforeEach(() => harness.restart());
after(() => harness.stop());

const login = "### login\nPOST HOST/login\n\nalice\n\n";
const account = "### account\n# @ref login\nGET HOST/account?t={{login.response.body.$.token}}\n";

describe("@ref", () => {
  test("sends the request first, once a session, and shows it", async () => {
    const first = await harness.send("a.https", login + account);
    assert.equal(first.view.response?.status, 200, first.view.failure?.detail);
    assert.deepEqual(first.arrived, ["POST /login", `GET /account?t=token-${logins}`]);
    assert.deepEqual(
      first.before.map(({ request }) => request.name),
      ["login"],
    );
    const second = await harness.send("a.https", login + account);
    assert.deepEqual(second.arrived, [`GET /account?t=token-${logins}`]);
    assert.deepEqual(second.before, []);
  });

  test("counts a request that was sent by hand, and sends one again that was changed since", async () => {
    await harness.send("a.https", login + account, "login");
    assert.equal((await harness.send("a.https", login + account)).arrived.length, 1);
    const changed = await harness.send("a.https", login.replace("alice", "bob") + account);
    assert.deepEqual(changed.arrived, ["POST /login", `GET /account?t=token-${logins}`]);
  });

  test("a new session and another environment begin anew", async () => {
    await harness.send("a.https", login + account);
    const other = await harness.send("a.https", login + account, undefined, { environmentName: "dev" });
    assert.equal(other.arrived.length, 2);
    await harness.restart();
    assert.equal((await harness.send("a.https", login + account)).arrived.length, 2);
  });

  test("@force-ref sends it each time", async () => {
    const text = login + account.replace("@ref", "@force-ref");
    assert.equal((await harness.send("a.https", text)).arrived.length, 2);
    assert.equal((await harness.send("a.https", text)).arrived.length, 2);
  });

  test("follows references of references, in the order of the lines, each once", async () => {
    const text = `### a
GET HOST/a

### b
# @ref a
GET HOST/b

### c
# @ref b
# @ref a
GET HOST/c
`;
    const { arrived, before: sentBefore } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["GET /a", "GET /b", "GET /c"]);
    assert.deepEqual(
      sentBefore.map(({ request }) => request.name),
      ["a", "b"],
    );
  });

  test("takes headers and the request itself", async () => {
    const text = `${login}### next
# @ref login
GET HOST/next
X-Given: {{login.response.headers.X-Session}} {{login.request.body}} {{login.response.body.$.items[0].id}}
`;
    const { view } = await harness.send("a.https", text);
    assert.equal(view.failure, null, view.failure?.detail);
    assert.match(view.response?.body.text ?? "", new RegExp(`session-${logins} alice 7`));
  });

  test("a cycle prints the way and sends nothing", async () => {
    const text = `### start
# @ref one
GET HOST/start

### one
# @ref two
GET HOST/one

### two
# @force-ref one
GET HOST/two
`;
    const { view, arrived } = await harness.send("a.https", text, "start");
    assert.equal(view.failure?.code, "variable.cycle");
    assert.match(view.failure?.detail ?? "", /one → two → one/);
    assert.deepEqual([view.failure?.location?.file, view.failure?.location?.line], ["a.https", 10]);
    assert.deepEqual(arrived, []);
  });

  test("a request cannot need itself", async () => {
    const { view, arrived } = await harness.send("a.https", "### me\n# @ref me\nGET HOST/me\n");
    assert.deepEqual([view.failure?.code, arrived], ["variable.cycle", []]);
  });

  test("an unknown name is refused before anything is sent", async () => {
    const text = `${login}### next\n# @ref login\n# @ref lgoin\nGET HOST/next\n`;
    const { view, arrived } = await harness.send("a.https", text);
    assert.equal(view.failure?.code, "variable.undefined");
    assert.match(view.failure?.detail ?? "", /Did you mean "login"\?/);
    assert.equal(view.failure?.location?.line, 8);
    assert.deepEqual(arrived, []);
  });

  test("a request without a response keeps the dependent one from being sent, and says why", async () => {
    const text = "### login\nGET HOST/broken\n\n### next\n# @ref login\nGET HOST/next\n";
    const { view, arrived, before: sentBefore } = await harness.send("a.https", text);
    assert.equal(view.failure?.code, "network.reset");
    assert.match(view.failure?.title ?? "", /^Not sent, because login failed: /);
    assert.match(view.failure?.detail ?? "", /a\.https:2/);
    assert.deepEqual([view.failure?.location?.line, view.failure?.requestSent], [5, false]);
    assert.ok(!arrived.includes("GET /next"));
    assert.equal(sentBefore[0]?.failure?.code, "network.reset");
  });

  test("nothing is sent for a request that cannot be read", async () => {
    const { view, arrived } = await harness.send(
      "a.https",
      `${login}### next\n# @ref login\nGET HOST/next\nno colon\n`,
    );
    assert.deepEqual([view.failure?.code, arrived], ["parse.error", []]);
  });

  test("requests that ask for each other without end are stopped", async () => {
    const names = Array.from({ length: 12 }, (_, index) => index);
    const text = names
      .map((index) => {
        const refs = index === 0 ? "" : `# @force-ref r${index - 1}\n# @force-ref r${index - 1}\n`;
        return `### r${index}\n${refs}GET HOST/x\n`;
      })
      .join("\n");
    const { view, arrived } = await harness.send("a.https", text);
    assert.match(`${view.failure?.title}`, /More than 500 requests/i);
    assert.equal(arrived.length, 500);
  });

  test("a body that was too large to be kept is not taken for an empty one", async () => {
    const text =
      "### large\nGET HOST/large\n\n### next\n# @ref large\nGET HOST/next?x={{large.response.body.$.filler}}\n";
    const { view } = await harness.send("a.https", text);
    assert.equal(view.failure?.code, "response.too-large");
    const headers = text.replace("body.$.filler", "headers.Content-Type");
    assert.equal((await harness.send("a.https", headers)).view.response?.status, 200);
  });
});

describe("run", () => {
  test("sends the named request before the block's own, with other values", async () => {
    const text = `@user = alice
### login
POST HOST/login

{{user}}

### next
run #login (@user = bob)
GET HOST/next?given={{login.response.body.$.given}}
`;
    const { arrived, view } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["POST /login", "GET /next?given=bob"], view.failure?.detail);
  });

  test("a block of run lines alone is as good as the requests that it names", async () => {
    const text = "### a\nGET HOST/a\n\n### b\nGET HOST/b\n\n### both\nrun #a\nrun #b\n";
    const { arrived, view, before: sentBefore } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["GET /a", "GET /b"]);
    assert.equal(view.request.name, "b");
    assert.deepEqual(
      sentBefore.map(({ request }) => request.name),
      ["a"],
    );
  });

  test("stops at the first request that fails", async () => {
    const text = "### a\nGET HOST/broken\n\n### b\nGET HOST/b\n\n### both\nrun #a\nrun #b\n";
    const { arrived, view } = await harness.send("a.https", text);
    assert.deepEqual([view.request.name, view.failure?.code], ["a", "network.reset"]);
    assert.ok(!arrived.includes("GET /b"));
  });

  test("runs all requests of a file, but those that are disabled", async () => {
    await harness.write(
      "sub/other.https",
      "@x = 1\n### a\nGET HOST/a?x={{x}}\n\n### b\n# @disabled\nGET HOST/b\n\n### c\nGET HOST/c\n",
    );
    const { arrived, view } = await harness.send("a.https", "### all\nrun ./sub/other.https (@x = 2)\n");
    assert.deepEqual(arrived, ["GET /a?x=2", "GET /c"], view.failure?.detail);
  });

  test("does not hand names of this file to another one", async () => {
    await harness.write("other.https", "### a\nGET HOST/a?x={{x}}\n");
    const { arrived, view } = await harness.send(
      "a.https",
      "@mine = 1\n### all\nrun ./other.https #a (@x = {{mine}})\n",
    );
    assert.deepEqual([view.failure?.code, view.failure?.location?.line, arrived], ["variable.undefined", 3, []]);
  });

  test("a file that runs itself is a cycle", async () => {
    const { view, arrived } = await harness.send("a.https", "### a\nGET HOST/a\n\n### all\nrun ./a.https\n");
    assert.deepEqual([view.failure?.code, arrived], ["variable.cycle", []]);
  });
});

describe("import", () => {
  test("makes variables and named requests of other files known, through any number of them", async () => {
    await harness.write(
      "lib/auth.https",
      `@path = login\nimport ../lib/more.https\n\n### login\nPOST HOST/{{path}}\n\nx\n`,
    );
    await harness.write("lib/more.https", "import auth.https\n@suffix = end\n");
    const text =
      "import ./lib/auth.https\n\n### next\n# @ref login\nGET HOST/{{login.response.body.$.token}}/{{suffix}}\n";
    const { arrived, view } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["POST /login", `GET /token-${logins}/end`], view.failure?.detail);
    assert.deepEqual((await harness.send("a.https", text)).arrived, [`GET /token-${logins}/end`]);
  });

  test("references inside an imported file are its own", async () => {
    await harness.write("lib/b.https", "### base\nGET HOST/base-of-b\n\n### b\n# @ref base\nGET HOST/b\n");
    const text = "# @import ./lib/b.https\n\n### base\nGET HOST/base-of-a\n\n### a\n# @ref b\nGET HOST/a\n";
    assert.deepEqual((await harness.send("a.https", text)).arrived, ["GET /base-of-b", "GET /b", "GET /a"]);
  });

  const refused = [
    ["is not there", "./none.https", "value.unreadable-file"],
    ["is a folder", "./certs", "value.unreadable-file"],
    ["is outside of the workspace", "../../../../../../etc/hostname", "policy.path-outside-workspace"],
    ["is not UTF-8", "./latin1.https", "value.unreadable-file"],
  ] as const;
  for (const [what, path, code] of refused) {
    test(`a file that ${what} is refused at its place`, async () => {
      await harness.workspace.write("latin1.https", Uint8Array.of(0x23, 0x20, 0xe9));
      const { view, arrived } = await harness.send("a.https", `# first\nimport ${path}\n\nGET HOST/a\n`);
      assert.deepEqual([view.failure?.code, view.failure?.location?.line, arrived], [code, 2, []]);
    });
  }

  test("a link that leads out of the workspace is refused", async () => {
    const { symlink } = await import("node:fs/promises");
    await symlink("/etc/hostname", harness.workspace.path("link.https"));
    const { view } = await harness.send("a.https", "import ./link.https\n\nGET HOST/a\n");
    assert.equal(view.failure?.code, "policy.path-outside-workspace");
  });

  test("more than a hundred files are too many", async () => {
    for (let index = 0; index < 101; index++) {
      await harness.write(`many/f${index}.https`, `import f${index + 1}.https\n`);
    }
    const { view, arrived } = await harness.send("a.https", "import many/f0.https\n\nGET HOST/a\n");
    assert.match(view.failure?.title ?? "", /Too many request files/);
    assert.deepEqual(arrived, []);
  });
});

describe("secrets along the way", () => {
  const secret = "s3cr3t-passw0rd";

  test("a response that repeats a secret does not carry it into what is shown of a later request", async () => {
    await harness.restart({ PASSWORD: secret });
    const text = `### login
POST HOST/login

{{$env.PASSWORD}}

### next
# @ref login
GET HOST/next?x={{login.response.body.$.given}}
`;
    const first = await harness.send("a.https", text);
    assert.ok(first.arrived[1]?.includes(secret), first.view.failure?.detail);
    const second = await harness.send("a.https", text);
    assert.equal(second.arrived.length, 1);
    for (const shown of [first, second]) {
      const json = JSON.stringify([shown.view, shown.before]);
      assert.ok(!json.includes(secret), json);
    }
  });

  test("a value that a secret prompt got as an override is hidden too", async () => {
    const variables = new Map([["pin", "98765-pin"]]);
    const { view, arrived } = await harness.send(
      "a.https",
      "# @secret-prompt pin\nGET HOST/?pin={{pin}}\n",
      undefined,
      {
        variables,
      },
    );
    assert.deepEqual(arrived, ["GET /?pin=98765-pin"], view.failure?.detail);
    assert.ok(!JSON.stringify(view).includes("98765-pin"));
  });
});

describe("questions", () => {
  test("are asked with their text and place, and answered once for each sending", async () => {
    const asked: unknown[] = [];
    await harness.restart(
      {},
      {
        prompt: async (question) => {
          asked.push(question);
          return question.isSecret ? "hidden-answer" : "plain";
        },
      },
    );
    const text =
      "# first\n# @prompt user Your name\n# @secret-prompt pin\nGET HOST/{{user}}\nX-Given: {{pin}} {{user}}\n";
    const { view, arrived } = await harness.send("a.https", text);
    assert.deepEqual(arrived, ["GET /plain"], view.failure?.detail);
    assert.deepEqual(asked, [
      { name: "user", text: "Your name", isSecret: false, file: "a.https", line: 2 },
      { name: "pin", text: "", isSecret: true, file: "a.https", line: 3 },
    ]);
    assert.ok(!JSON.stringify(view).includes("hidden-answer"));
  });

  test("where nobody can be asked the request is refused with what to do", async () => {
    const { view, arrived } = await harness.send("a.https", "# @prompt user\nGET HOST/{{user}}\n");
    assert.deepEqual([view.failure?.code, view.failure?.location?.line, arrived], ["variable.unset", 1, []]);
    assert.match(view.failure?.fix ?? "", /--var user=VALUE/);
  });

  test("a question that was dismissed cancels the request", async () => {
    await harness.restart({}, { prompt: async () => undefined });
    const { view, arrived } = await harness.send("a.https", "# @prompt user\nGET HOST/{{user}}\n");
    assert.deepEqual([view.failure?.code, arrived], ["canceled", []]);
  });
});

describe("values from outside", () => {
  test("take the place of variables in every request of the run, and are never expanded", async () => {
    const text = `@user = alice\n### login\nPOST HOST/login\n\n{{user}}\n\n### next\n# @ref login\nPOST HOST/next\n\n{{user}}\n`;
    const variables = new Map([["user", "{{$uuid}} {{{x"]]);
    const seen = harness.server.recorded.length;
    const { view } = await harness.send("a.https", text, undefined, { variables });
    assert.equal(view.failure, null, view.failure?.detail);
    assert.deepEqual(
      harness.server.recorded.slice(seen).map(({ body }) => body.toString()),
      ["{{$uuid}} {{{x", "{{$uuid}} {{{x"],
    );
  });

  test("come from environment files, also for imported requests", async () => {
    await harness.write(
      "http-client.env.json",
      '{ "$shared": { "a": "shared" }, "dev": { "b": "dev" }, "prod": { "b": "prod" } }',
    );
    const text = "GET HOST/{{a}}/{{b}}\n";
    assert.deepEqual((await harness.send("a.https", text, undefined, { environmentName: "dev" })).arrived, [
      "GET /shared/dev",
    ]);
    assert.deepEqual((await harness.send("a.https", text, undefined, { environmentName: "prod" })).arrived, [
      "GET /shared/prod",
    ]);
    assert.equal((await harness.send("a.https", text)).view.failure?.code, "variable.undefined");
    await harness.write("http-client.env.json", "{ oops");
    const broken = await harness.send("a.https", "GET HOST/\n");
    assert.deepEqual([broken.arrived, broken.view.failure?.location?.file], [[], "http-client.env.json"]);
    await harness.write("http-client.env.json", "{}");
  });

  test("come from .env files", async () => {
    await harness.write(".env", "KEY=from-dotenv\n");
    await harness.write(".env.dev", "KEY=from-dotenv-dev\n");
    const text = "GET HOST/{{$dotenv KEY}}\n";
    const plain = await harness.send("a.https", text);
    assert.deepEqual(plain.arrived, ["GET /from-dotenv"], plain.view.failure?.detail);
    const dev = await harness.send("a.https", text, undefined, { environmentName: "dev" });
    assert.deepEqual(dev.arrived, ["GET /from-dotenv-dev"]);
    assert.ok(!JSON.stringify([plain.view, dev.view]).includes("from-dotenv"));
  });
});

describe("@delay", () => {
  test("waits before the request is sent", async () => {
    const start = performance.now();
    const { view } = await harness.send("a.https", "# @delay 120ms\nGET HOST/a\n");
    assert.equal(view.failure, null, view.failure?.detail);
    assert.ok(performance.now() - start >= 119);
  });

  test("can be canceled, and then nothing is sent", async () => {
    const signal = AbortSignal.timeout(50);
    const { view, arrived } = await harness.send("a.https", "# @delay 1h\nGET HOST/a\n", undefined, { signal });
    assert.deepEqual([view.failure?.code, arrived], ["canceled", []]);
  });

  test("with a value that is no duration is refused", async () => {
    const { view, arrived } = await harness.send("a.https", "# @delay soon\nGET HOST/a\n");
    assert.deepEqual([view.failure?.code, view.failure?.location?.line, arrived], ["parse.error", 1, []]);
  });
});

describe("lastResponse", () => {
  test("tells names and nesting, and no value", async () => {
    await harness.restart({ PASSWORD: "s3cr3t-passw0rd" });
    const text = `import ./imported.https\n\n${login.replace("alice", "{{$env.PASSWORD}}")}`;
    await harness.write("imported.https", "### other\nGET HOST/other\n");
    const file = harness.workspace.path("a.https");
    assert.equal(harness.engine.lastResponse(file, "login"), undefined);
    await harness.send("a.https", text, "login");
    const known = harness.engine.lastResponse(file, "login");
    assert.equal(known?.status, 200);
    assert.ok(known?.headerNames.includes("x-session"));
    const { shape } = known ?? {};
    assert.ok(shape?.kind === "object");
    assert.deepEqual([...shape.properties.keys()], ["token", "given", "items"]);
    assert.deepEqual(shape.properties.get("items"), {
      kind: "array",
      items: { kind: "object", properties: new Map([["id", { kind: "value" }]]) },
    });
    await harness.send("a.https", `${text}\n### run\nrun #other\n`);
    assert.equal(harness.engine.lastResponse(file, "other")?.status, 200);
  });
});
