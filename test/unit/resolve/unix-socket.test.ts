import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, describe, test } from "node:test";
import { readSettings } from "../../../src/settings/index.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { type Given, prepared, refused, shown } from "./given.ts";

describe("the Unix socket of a request", () => {
  let space: TempWorkspace;
  before(async () => {
    space = await makeWorkspace({ "ws/run/README": "sockets" });
  });
  after(() => space.remove());

  const given = (more: Given = {}): Given => ({ root: space.path("ws"), file: "api/api.https", settings: {}, ...more });
  const entry = (socket: string, host = "localhost") => ({ "padlock.hosts": { [host]: { socket } } });

  for (const url of ["https://localhost/", "http://localhost/"]) {
    test(`${url}: of its host's entry, from the workspace folder`, async () => {
      const { profile } = await prepared(`GET ${url}\n`, given({ settings: entry("run/app.sock") }));
      assert.equal(profile.socket?.path, space.path("ws/run/app.sock"));
      assert.equal(profile.socket?.setting, "padlock.hosts › localhost › socket");
    });
  }

  test("of a cURL command, from the file's folder, for its own origin alone", async () => {
    const request = await prepared("curl --unix-socket ../run/app.sock http://localhost/v1/info", given());
    assert.equal(request.profile.socket?.path, space.path("ws/run/app.sock"));
    assert.equal(request.profile.socket?.setting, "curl › --unix-socket");
    assert.equal(
      (await request.profileFor(new URL("http://localhost/v2"))).profile.socket?.path,
      space.path("ws/run/app.sock"),
    );
    assert.equal((await request.profileFor(new URL("http://localhost:81/"))).profile.socket, undefined);
  });

  test("takes the place of a proxy of the environment", async () => {
    const settings = entry("run/app.sock", "api.example.com");
    const environment = { HTTPS_PROXY: "http://p.test:3128" };
    const { profile } = await prepared("GET https://api.example.com/\n", given({ settings, environment }));
    assert.equal(profile.proxy, undefined);
    assert.ok(profile.socket);
  });

  test("stands in no entry beside a proxy", () => {
    const values = (proxy: string) => ({ "padlock.hosts": { "a.test": { socket: "a.sock", proxy } } });
    const read = (proxy: string) =>
      readSettings({ root: "/ws", values: values(proxy), file: "/ws/s.json", text: undefined });
    const refused = read("http://p.test");
    assert.equal(!refused.ok && refused.error[0]?.setting, "padlock.hosts › a.test › proxy");
    assert.ok(read("none").ok);
  });

  test("does not make another host's plain http a matter of this machine", async () => {
    const failure = await refused("curl --unix-socket ../run/app.sock http://api.example.com/", given());
    assert.equal(failure.code, "policy.plain-http");
  });

  test("outside of the workspace needs the person's own word, for its folder or for itself", async () => {
    const server = createServer();
    const path = space.path("outside.sock");
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const settings = entry(path);
    const text = "GET http://localhost/\n";
    const failure = await refused(text, given({ settings }));
    assert.equal(failure.code, "policy.path-outside-workspace");
    assert.match(failure.fix, /padlock\.outsidePaths/);
    assert.deepEqual(failure.wanted, { kind: "path", path, folder: space.root });
    assert.equal((await refused(`curl --unix-socket ${path} http://localhost/`, given())).code, failure.code);
    const allowed = await prepared(text, given({ settings, person: { "padlock.outsidePaths": [space.root] } }));
    assert.equal(allowed.profile.socket?.path, path);
    const own = await prepared(text, given({ settings, person: settings }));
    assert.equal(own.profile.socket?.path, path);
    await new Promise((resolve) => server.close(resolve));
  });

  test("a variable in its path has to be public or allowed for the host", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the settings write it so
    const settings = entry("${env:SOCKETS}/app.sock");
    const environment = { SOCKETS: "run" };
    assert.equal(
      (await refused("GET http://localhost/\n", given({ settings, environment }))).code,
      "policy.secret-not-allowed",
    );
    const open = { ...settings, "padlock.publicEnv": ["SOCKETS"] };
    assert.equal(
      (await prepared("GET http://localhost/\n", given({ settings: open, environment }))).profile.socket?.path,
      space.path("ws/run/app.sock"),
    );
  });

  test("a response of a server cannot choose it", async () => {
    const failure = await refused(
      "curl --unix-socket '{{login.response.body.$.path}}' http://localhost/\n\n### l\n# @name login\nGET https://localhost/\n",
      given(),
    );
    assert.match(shown(failure), /^(?:value|variable|parse|policy)\./);
  });
});
