import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { header, ownHeaders, redirect, startWorld, type World } from "./redirect-world.ts";

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.stop());

const methodAndBody = ({ method, url, body }: { method: string; url: string; body: Buffer }) =>
  `${method} ${url} ${body.toString()}`.trim();

describe("which redirects are followed, with which method and body", () => {
  const cases: [method: string, status: number, arrives: string, headers: string[]][] = [];
  const content = ["Content-Type: text/plain", "content-length: 5"];
  for (const status of [301, 302, 303, 307, 308]) {
    cases.push(["GET", status, "GET /next", []], ["HEAD", status, "HEAD /next", []]);
  }
  for (const status of [301, 302]) {
    cases.push(["POST", status, "GET /next", []]);
    cases.push(["PUT", status, "PUT /next hello", content], ["DELETE", status, "DELETE /next hello", content]);
  }
  for (const method of ["POST", "PUT", "PATCH"]) {
    cases.push([method, 303, "GET /next", []]);
    cases.push([method, 307, `${method} /next hello`, content], [method, 308, `${method} /next hello`, content]);
  }
  for (const [method, status, arrives, headers] of cases) {
    test(`${method} and ${status}: ${arrives}`, async () => {
      const body = ["GET", "HEAD"].includes(method) ? "" : "Content-Type: text/plain\n\nhello";
      const { view, arrived } = await world.send(`${method} https://A/start\nX-Trace: 7\n${body}`, {
        answers: { "/start": redirect("https://B/next", status) },
      });
      assert.equal(view.response?.status, 200, view.failure?.detail);
      assert.equal(arrived.A.length, 1);
      assert.deepEqual(arrived.B.map(methodAndBody), [arrives]);
      assert.deepEqual(arrived.B.flatMap(ownHeaders), ["X-Trace: 7", ...headers]);
      assert.deepEqual(
        view.redirects.map((hop) => [hop.method, hop.url, hop.status, hop.location, hop.withheld]),
        [[method, `https://${world.hosts.A}/start`, status, `https://${world.hosts.B}/next`, []]],
      );
      assert.equal(view.request.url, `https://${world.hosts.B}/next`);
      assert.equal(view.redirects[0]?.connection?.tls?.verdict.verified, true);
      assert.ok(view.timings.total >= (view.redirects[0]?.timings.total ?? Number.NaN));
      assert.deepEqual(view.notes, []);
    });
  }

  for (const status of [300, 304, 305, 306, 200, 201, 404]) {
    test(`${status} with a Location is an answer`, async () => {
      const { view, arrived } = await world.send("GET https://A/start", {
        answers: { "/start": redirect("https://B/next", status) },
      });
      assert.deepEqual([view.response?.status, view.redirects, arrived.B], [status, [], []]);
    });
  }

  test("a redirect without a Location is an answer", async () => {
    const { view } = await world.send("GET https://A/start", { answers: { "/start": { status: 302 } } });
    assert.equal(view.response?.status, 302);
  });

  test("303 drops a body that stands in a GET", async () => {
    const { arrived } = await world.send("GET https://A/start\nContent-Type: text/plain\n\nhello", {
      answers: { "/start": redirect("https://B/next", 303) },
    });
    assert.deepEqual([arrived.B.map(methodAndBody), arrived.B.flatMap(ownHeaders)], [["GET /next"], []]);
  });
});

describe("where a redirect leads", () => {
  const cases: [location: string, host: "A" | "B", arrives: string][] = [
    ["/top", "A", "/top"],
    ["next?x=1", "A", "/deep/next?x=1"],
    ["../up", "A", "/up"],
    ["?page=2", "A", "/deep/start?page=2"],
    ["//B/other", "B", "/other"],
    ["https://B", "B", "/"],
    ["https://B/next#part", "B", "/next"],
    ["https://B/sp ace/ü", "B", "/sp%20ace/%C3%BC"],
    ["HTTPS://B/Next", "B", "/Next"],
  ];
  for (const [location, host, arrives] of cases) {
    test(location, async () => {
      const { view, arrived } = await world.send("GET https://A/deep/start#mine", {
        answers: { "/deep/start": redirect(location) },
      });
      assert.equal(view.response?.status, 200, view.failure?.detail);
      assert.equal(arrived[host].at(-1)?.url, arrives);
      assert.equal(header(arrived[host].at(-1) ?? assert.fail(), "host"), world.hosts[host]);
      assert.doesNotMatch(view.redirects[0]?.location ?? "", /#/);
    });
  }

  test("a user name and password in it are not used, and said not to be", async () => {
    const { view, arrived } = await world.send("GET https://A/start", {
      answers: { "/start": redirect("https://eve:pw-of-eve@B/next") },
    });
    assert.deepEqual(arrived.B.flatMap(ownHeaders), []);
    assert.equal(view.redirects[0]?.location, `https://${world.hosts.B}/next`);
    assert.match(view.notes[0]?.text ?? "", /named a user, which was not used/);
    assert.doesNotMatch(JSON.stringify(view), /pw-of-eve@/);
  });

  for (const [name, headers, reason] of [
    ["an empty Location", [["Location", ""]], /is empty/],
    ["no URL", [["Location", "https://[half"]], /holds no URL/],
    ["mail", [["Location", "mailto:eve@example.test"]], /"mailto:" URL/],
    ["a script", [["Location", "javascript:alert(1)"]], /"javascript:" URL/],
    ["a file", [["Location", "file:///etc/passwd"]], /"file:" URL/],
    ["a wildcard", [["Location", "https://*.example.test/"]], /what is no host name/],
    [
      "two places",
      [
        ["Location", "https://B/1"],
        ["Location", "https://B/2"],
      ],
      /several Location headers/,
    ],
  ] as const) {
    test(`${name}: redirect.bad-location`, async () => {
      const { view, arrived } = await world.send("GET https://A/start", {
        answers: { "/start": { status: 302, headers } },
      });
      assert.equal(view.failure?.code, "redirect.bad-location");
      assert.match(view.failure.detail, reason);
      assert.match(view.failure.fix, /@no-redirect/);
      assert.equal(view.failure.location?.line, 1);
      assert.equal(view.failure.requestSent, true);
      assert.deepEqual(arrived.B, []);
    });
  }
});

describe("how far redirects are followed", () => {
  const circle = { "/a": redirect("https://B/b"), "/b": redirect("https://A/a") };

  test("ten times, then redirect.too-many names the way", async () => {
    const { view, arrived } = await world.send("GET https://A/a?q=1", {
      answers: { ...circle, "/a?q=1": redirect("https://B/b") },
    });
    assert.equal(view.failure?.code, "redirect.too-many");
    assert.deepEqual([arrived.A.length, arrived.B.length, view.redirects.length], [6, 5, 10]);
    const { A, B } = world.hosts;
    assert.ok(
      view.failure.detail.includes(`https://${A}/a?… → https://${B}/b → https://${A}/a → `),
      view.failure.detail,
    );
    assert.equal(view.failure.detail.split(" → ").length, 12);
  });

  test("not at all with @no-redirect", async () => {
    const { view, arrived } = await world.send("# @no-redirect\nGET https://A/a", { answers: circle });
    assert.deepEqual([view.response?.status, view.redirects, arrived.B.length], [302, [], 0]);
    assert.equal(view.response?.headers.find(({ name }) => name === "Location")?.value, `https://${world.hosts.B}/b`);
  });

  for (const [command, status, hops] of [
    ["curl https://A/a", 302, 0],
    ["curl -L https://A/once", 200, 1],
    ["# @no-redirect\ncurl -L https://A/once", 302, 0],
    ["curl --location --max-redirs 1 https://A/once", 200, 1],
    ["curl -L --max-redirs 0 https://A/once", undefined, 0],
    ["curl -L --max-redirs 3 https://A/a", undefined, 3],
    ["curl -L --max-redirs -1 https://A/a", undefined, 50],
  ] as const) {
    test(command, async () => {
      const { view } = await world.send(command, { answers: { ...circle, "/once": redirect("https://B/x") } });
      assert.deepEqual([view.response?.status, view.redirects.length], [status, hops]);
      if (status === undefined) assert.equal(view.failure?.code, "redirect.too-many");
    });
  }

  test("curl --post302 keeps the POST after 302 alone", async () => {
    const answers = { "/start": redirect("https://B/1", 302), "/1": redirect("https://A/2", 301) };
    const { arrived } = await world.send("curl -L --post302 -d hello https://A/start", { answers });
    assert.deepEqual([...arrived.B, ...arrived.A].map(methodAndBody), ["POST /1 hello", "POST /start hello", "GET /2"]);
  });

  test("the total timeout is for all hops together", async () => {
    const answers = Object.fromEntries(
      Array.from({ length: 9 }, (_, hop) => [`/${hop}`, { ...redirect(`https://A/${hop + 1}`), delay: 150 }]),
    );
    const { view } = await world.send("# @timeout 400ms\nGET https://A/0", { answers });
    assert.equal(view.failure?.code, "timeout.total");
    assert.match(view.failure.title, /within 400 ms/);
    // Nine answers of 150 ms each; a busy machine gets less far.
    assert.ok(view.redirects.length <= 2, `${view.redirects.length} redirects`);
    assert.ok(view.timings.total > 390, `${view.timings.total} ms`);
  });
});
