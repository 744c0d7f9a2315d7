import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { type Given, prepared, refused, shown } from "./given.ts";

let space: TempWorkspace;
before(async () => {
  space = await makeWorkspace({
    "outside.pem": "x",
    "ws/certs/c.pem": "c",
    "ws/certs/k.pem": "k",
    "ws/api/ca.pem": "a",
  });
  await symlink(space.path("outside.pem"), space.path("ws/certs/link.pem"));
});
after(() => space.remove());

const given = (more: Given = {}): Given => ({ root: space.path("ws"), file: "api/api.https", ...more });
const hosts = {
  "padlock.hosts": { localhost: { cert: "s.pem", key: "s.key", passphrase: `\${env:PASS}`, ca: ["s-ca.pem"] } },
};
const get = "GET https://localhost/";

describe("# @no-client-cert", () => {
  it("keeps the authorities and reads no passphrase", async () => {
    const { profile } = await prepared(`# @no-client-cert\n${get}`, given({ settings: hosts }));
    assert.deepEqual([profile.cert, profile.key, profile.pfx, profile.passphrase], Array(4).fill(undefined));
    assert.deepEqual(
      profile.ca?.map((file) => (typeof file === "string" ? file : file.path)),
      [space.path("ws/s-ca.pem")],
    );
  });

  it("drops the environment's certificate too", async () => {
    const environments = { public: { dev: { SSLConfiguration: { clientCertificate: "certs/c.pem" } } } };
    const text = `# @no-client-cert\n${get}`;
    assert.equal((await prepared(text, given({ environments }))).profile.cert, undefined);
  });
});

describe("SSLConfiguration of the active environment", () => {
  const ssl = (more: object = {}) => ({
    public: {
      dev: {
        SSLConfiguration: { clientCertificate: "certs/c.pem", clientCertificateKey: { path: "certs/k.pem" }, ...more },
      },
    },
  });

  it("gives the client certificate where the settings give none", async () => {
    const settings = { "padlock.hosts": { localhost: { ca: ["s-ca.pem"] } } };
    const { profile } = await prepared(get, given({ environments: ssl(), settings }));
    assert.equal(profile.cert?.path, space.path("ws/certs/c.pem"));
    assert.equal(profile.cert?.setting, "SSLConfiguration › clientCertificate");
    assert.equal(profile.cert?.location?.file, "http-client.env.json");
    assert.equal(profile.key?.path, space.path("ws/certs/k.pem"));
    assert.equal(profile.ca?.length, 1);
    assert.equal(
      (await prepared(get, given({ environments: ssl(), environmentName: "test" }))).profile.cert,
      undefined,
    );
    assert.equal((await prepared("GET http://localhost/", given({ environments: ssl() }))).profile.cert, undefined);
  });

  it("yields to padlock.hosts", async () => {
    const environment = { PASS: "pass-phrase" };
    const { profile } = await prepared(get, given({ environments: ssl(), settings: hosts, environment }));
    assert.equal(profile.cert?.path, space.path("ws/s.pem"));
  });

  it("with a passphrase is opened by asking for it; the file says how to name it", async () => {
    const { profile } = await prepared(get, given({ environments: ssl({ hasCertificatePassphrase: true }) }));
    assert.equal(profile.passphrase, undefined);
    assert.match(
      profile.key?.passphraseFix ?? "",
      /"padlock\.hosts": \{ "localhost": \{ "cert": "certs\/c\.pem", "key": "certs\/k\.pem", "passphrase": "\$\{env:NAME\}" \} \}/,
    );
  });

  it("names the entry that has to grow where there is one: two are not merged", async () => {
    const settings = { "padlock.hosts": { "localhost:*": { ca: ["s-ca.pem"] } } };
    const { profile } = await prepared(get, given({ environments: ssl(), settings }));
    assert.match(
      profile.key?.passphraseFix ?? "",
      /add "cert": "certs\/c\.pem", "key": "certs\/k\.pem", "passphrase": "\$\{env:NAME\}" to the entry "localhost:\*" of padlock\.hosts in /,
    );
  });

  for (const clientCertificate of ["../outside.pem", "certs/link.pem"]) {
    it(`never leads out of the workspace: ${clientCertificate}`, async () => {
      const failure = await refused(get, given({ environments: ssl({ clientCertificate }) }));
      assert.equal(failure.code, "policy.path-outside-workspace");
      assert.equal(failure.location?.file, "http-client.env.json");
    });
  }
});

describe("a cURL command", () => {
  const curl = (options: string) => `curl https://localhost/ ${options}`;

  it("names certificate, key and authorities from its own folder, in the place of the settings' ones", async () => {
    const text = curl("--cert ../certs/c.pem --key ../certs/k.pem --cacert ca.pem");
    const { profile } = await prepared(text, given({ settings: hosts }));
    assert.deepEqual(
      [profile.cert?.path, profile.key?.path, profile.pfx, profile.passphrase],
      [space.path("ws/certs/c.pem"), space.path("ws/certs/k.pem"), undefined, undefined],
    );
    assert.deepEqual(
      profile.ca?.map((file) => (typeof file === "string" ? file : file.path)),
      [space.path("ws/api/ca.pem")],
    );
    assert.deepEqual([profile.cert?.written, profile.cert?.location?.file], ["../certs/c.pem", "api/api.https"]);
  });

  it("may name a PKCS #12 file, whose passphrase is redacted", async () => {
    const { profile, redactor } = await prepared(curl("--cert ../certs/c.p12:s3cret-phrase"), given());
    assert.deepEqual([profile.cert, profile.pfx?.path], [undefined, space.path("ws/certs/c.p12")]);
    assert.deepEqual([profile.passphrase?.value, profile.passphrase?.written], ["s3cret-phrase", "(passphrase)"]);
    assert.equal(redactor.redact("is s3cret-phrase"), "is (passphrase)");
  });

  it("may take the passphrase from a secret", async () => {
    const text = curl('--cert ../certs/c.pem --pass "{{$env.P}}"');
    const { profile } = await prepared(text, given({ environment: { P: "from-env" } }));
    assert.deepEqual([profile.passphrase?.value, profile.passphrase?.written], ["from-env", "{{$env.P}}"]);
    const answered = await prepared(`# @secret-prompt P\n${curl('--cert ../certs/c.pem --pass "{{P}}"')}`, {
      ...given({ settings: { "padlock.secrets": { P: ["localhost"] } } }),
      answers: { P: "answered" },
    });
    assert.equal(answered.profile.passphrase?.value, "answered");
  });

  for (const option of [
    "--cert ../../outside.pem",
    "--cacert ../certs/link.pem",
    "--cert ../certs/c.pem --key /etc/hosts",
  ]) {
    it(`never leads out of the workspace: ${option}`, async () => {
      assert.equal((await refused(curl(option), given())).code, "policy.path-outside-workspace");
    });
  }

  it("limits times, after the directives", async () => {
    const { timeouts } = await prepared(curl("--max-time 2.5 --connect-timeout 1"), given());
    assert.deepEqual([timeouts.total, timeouts.connect], [2500, 1000]);
    const own = await prepared(`# @timeout 7s\n${curl("--max-time 2.5")}`, given());
    assert.equal(own.timeouts.total, 7000);
    assert.equal(shown(await refused(curl("--max-time soon"), given())), "parse.error 1:36 soon");
  });
});

describe("GRAPHQL", () => {
  it("is sent as POST", async () => {
    assert.equal((await prepared("GRAPHQL https://localhost/\n\nquery { a }")).method, "POST");
  });
});
