import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { EnginePorts, PromptQuestion } from "../../../src/engine/contract.ts";
import { createEngine, type Engine } from "../../../src/engine/index.ts";
import { createTestPki, makePfx, type TestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { ports } from "./given.ts";

const passphrase = "correct horse battery";

describe("the passphrase of an encrypted client key that the settings do not give", () => {
  let pki: TestPki;
  let server: TlsServer;
  let workspace: TempWorkspace;
  let engine: Engine | undefined;
  let questions: PromptQuestion[];

  before(async () => {
    pki = await createTestPki();
    server = await startTlsServer({
      ...serverIdentity(pki.server),
      ca: pki.root.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
      handler: (_request, response) => response.end(`is it ${passphrase}?`),
    });
    workspace = await makeWorkspace({
      "certs/ca.pem": pki.root.certificatePem,
      "certs/client.pem": pki.client.chainPem,
      "certs/client.key": pki.client.encryptedKeyPem(passphrase),
      "certs/client.p12": makePfx(pki.client, { passphrase }),
    });
  });
  beforeEach(() => {
    questions = [];
  });
  after(async () => {
    await engine?.close();
    await server.close();
    await workspace.remove();
  });

  const pem = { cert: "certs/client.pem", key: "certs/client.key" };

  /** A new session whose person gives these answers, and then none. */
  async function startSession(answers: readonly (string | undefined)[], changes: Partial<EnginePorts> = {}) {
    await engine?.close();
    const left = [...answers];
    const prompt: EnginePorts["prompt"] = async (question) => {
      questions.push(question);
      return left.shift();
    };
    engine = createEngine(ports({}, { prompt, ...changes }));
  }

  async function send(entry: object = pem, signal = new AbortController().signal, environmentName = "") {
    assert.ok(engine);
    const values = { "padlock.hosts": { [`localhost:${server.port}`]: { ca: ["certs/ca.pem"], ...entry } } };
    const text = `GET https://localhost:${server.port}/\n`;
    const file = await workspace.write("a.https", text);
    await workspace.write(".vscode/settings.json", JSON.stringify(values, null, 2));
    const [settings, seen] = [await engine.findSettings(file), server.recorded.length];
    const view = await engine.run({ text, file, block: 0, settings, trusted: true, environmentName, signal });
    return { view, arrived: server.recorded.length - seen };
  }

  for (const [what, files] of [
    ["PEM files", { clientCertificate: "certs/client.pem", clientCertificateKey: { path: "certs/client.key" } }],
    ["a PFX", { clientCertificate: { path: "certs/client.p12", format: "PKCS12" } }],
  ] as const) {
    test(`${what} of an SSLConfiguration: is asked for, and without an answer the failure says how to name it`, async () => {
      const ssl = { SSLConfiguration: { ...files, hasCertificatePassphrase: true } };
      await workspace.write("http-client.private.env.json", JSON.stringify({ dev: ssl }));
      const signal = new AbortController().signal;
      await startSession([passphrase]);
      assert.equal((await send({}, signal, "dev")).view.response?.status, 200);
      assert.equal(questions.length, 1);
      await startSession([]);
      const { view, arrived } = await send({}, signal, "dev");
      assert.deepEqual([view.failure?.code, arrived], ["identity.passphrase-missing", 0]);
      assert.match(
        view.failure?.fix ?? "",
        /add .*"passphrase": "\$\{env:NAME\}" to the entry "localhost:\d+" of padlock\.hosts in /,
      );
    });
  }

  for (const [what, entry, name] of [
    ["a PEM key", pem, "certs/client.key"],
    ["a PFX", { pfx: "certs/client.p12" }, "certs/client.p12"],
  ] as const) {
    test(`${what}: is asked for behind a mask, with the file's name, and once a session`, async () => {
      await startSession([passphrase]);
      for (const _ of [1, 2]) {
        const { view, arrived } = await send(entry);
        assert.equal(view.response?.status, 200, view.failure?.detail);
        assert.equal(arrived, 1);
        assert.ok(!JSON.stringify(view).includes(passphrase), "the passphrase is redacted");
      }
      const [question] = questions;
      assert.equal(questions.length, 1);
      assert.equal(question?.isSecret, true);
      assert.equal(question.name, name);
      assert.match(question.text, new RegExp(name.replaceAll(".", "\\.")));
      assert.equal(question.file, ".vscode/settings.json");
      assert.ok(question.line > 1);
    });

    test(`${what}: a wrong one is asked for again, and the right one is kept`, async () => {
      await startSession(["wrong", "wrong too", passphrase]);
      assert.equal((await send(entry)).view.response?.status, 200);
      assert.equal((await send(entry)).view.response?.status, 200);
      assert.equal(questions.length, 3);
      assert.doesNotMatch(questions[0]?.text ?? "", /did not open/);
      assert.match(questions[1]?.text ?? "", /did not open/);
    });

    test(`${what}: three wrong ones end it, nothing is sent and none of them is kept`, async () => {
      await startSession(["wrong-answer-1", "wrong-answer-2", "wrong-answer-3", passphrase]);
      const { view, arrived } = await send(entry);
      assert.deepEqual([view.failure?.code, arrived], ["identity.passphrase-wrong", 0]);
      assert.doesNotMatch(JSON.stringify(view), /wrong-answer/);
      assert.equal(questions.length, 3);
      assert.equal((await send(entry)).view.response?.status, 200);
    });
  }

  test("another key in the same file is asked for anew", async () => {
    await startSession([passphrase, "another one"]);
    assert.equal((await send()).view.response?.status, 200);
    await workspace.write("certs/client.key", pki.client.encryptedKeyPem("another one"));
    assert.equal((await send()).view.response?.status, 200);
    assert.equal(questions.length, 2);
    await workspace.write("certs/client.key", pki.client.encryptedKeyPem(passphrase));
  });

  test("a new session knows nothing of it", async () => {
    await startSession([passphrase]);
    await send();
    await startSession([]);
    assert.equal((await send()).view.failure?.code, "identity.passphrase-missing");
  });

  const nobody = () => Promise.reject(new Error("there is no terminal"));
  for (const [what, changes] of [
    ["dismissed", {}],
    ["where nobody can be asked", { prompt: nobody }],
    ["answered with nothing", { prompt: async () => "" }],
  ] as const) {
    test(`${what}: nothing is sent, and the failure says what to set`, async () => {
      await startSession([], changes);
      const { view, arrived } = await send();
      assert.deepEqual([view.failure?.code, arrived], ["identity.passphrase-missing", 0]);
      assert.match(view.failure?.fix ?? "", /passphrase/);
    });
  }

  test("canceled while the question stands there: nothing is sent", async () => {
    const abort = new AbortController();
    const prompt = async () => {
      abort.abort();
      return passphrase;
    };
    await startSession([], { prompt });
    const { view, arrived } = await send(pem, abort.signal);
    assert.deepEqual([view.failure?.code, arrived], ["canceled", 0]);
  });

  test("a wrong one in the settings is theirs to mend: nobody is asked", async () => {
    await startSession([passphrase], { environment: { get: () => "not-it-at-all" } });
    const { view } = await send({ ...pem, passphrase: `\${env:PASSPHRASE}` });
    assert.equal(view.failure?.code, "identity.passphrase-wrong");
    assert.equal(questions.length, 0);
  });
});
