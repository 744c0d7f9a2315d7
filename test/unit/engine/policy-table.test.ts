import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { TLSSocket } from "node:tls";
import type { EnginePorts } from "../../../src/engine/contract.ts";
import { createEngine } from "../../../src/engine/index.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { createTestPki, type TestPki } from "../../support/pki.ts";
import { serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace } from "../../support/temp.ts";
import { ports } from "./given.ts";

const name = "PLANTED";
const planted = "pl4nted-Value+7/=";

let pki: TestPki;
let server: TlsServer;
/** What the client certificate of each request says, "" for none. */
const subjects: string[] = [];

before(async () => {
  pki = await createTestPki();
  server = await startTlsServer({
    ...serverIdentity(pki.server),
    ca: pki.root.certificatePem,
    requestCert: true,
    rejectUnauthorized: false,
    handler: (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      subjects.push(subject ? String(subject.CN) : "");
      response.end(`echo ${request.headers["x-planted"] ?? ""}`);
    },
  });
});
after(() => server.close());

type Listing = "unlisted" | "for another host" | "listed" | "public";
const listings: readonly Listing[] = ["unlisted", "for another host", "listed", "public"];

/** What arrives: the value, a client certificate, a request; or the code of the refusal, and nothing arrives. */
type Outcome = "value" | "certificate" | "request" | `${string}.${string}`;

interface Source {
  readonly title: string;
  /** Behind `X-Planted:`; without it the settings take the value. */
  readonly reference?: string;
  readonly above?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly host?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: Partial<EnginePorts>;
  readonly expected: Readonly<Record<Listing, Outcome>>;
}

const denied = "policy.secret-not-allowed";
const secretOnly = { unlisted: denied, "for another host": denied, listed: "value", public: denied } as const;
const passphrase = { unlisted: "certificate", "for another host": denied, listed: "certificate" } as const;
const fromStore = { secret: async (asked: string) => (asked === name ? planted : undefined) };
const inEnvironment = { [name]: planted };
const encrypted = { cert: "certs/client.pem", key: "certs/encrypted.key" };

const sources: readonly Source[] = [
  {
    title: "{{$env.NAME}}",
    reference: `{{$env.${name}}}`,
    environment: inEnvironment,
    expected: { ...secretOnly, public: "value" },
  },
  {
    title: "{{$processEnv NAME}}",
    reference: `{{$processEnv ${name}}}`,
    environment: inEnvironment,
    expected: { ...secretOnly, public: "value" },
  },
  {
    title: "{{$env.NAME}} in a derived value",
    reference: `{{$base64 $env.${name}}}`,
    environment: inEnvironment,
    expected: { ...secretOnly, listed: "request", public: "request" },
  },
  {
    title: "{{$env.NAME}} that only the secret storage has",
    reference: `{{$env.${name}}}`,
    ports: fromStore,
    expected: { ...secretOnly, public: "variable.unset" },
  },
  { title: "{{$secret NAME}}", reference: `{{$secret ${name}}}`, ports: fromStore, expected: secretOnly },
  {
    title: "{{$dotenv NAME}}",
    reference: `{{$dotenv ${name}}}`,
    files: { ".env": `${name}=${planted}` },
    expected: secretOnly,
  },
  {
    title: "@secret-prompt NAME",
    above: `# @secret-prompt ${name}`,
    reference: `{{${name}}}`,
    ports: { prompt: async () => planted },
    expected: secretOnly,
  },
  {
    title: "a private environment's variable",
    reference: `{{${name}}}`,
    files: { "http-client.private.env.json": JSON.stringify({ dev: { [name]: planted } }) },
    expected: { unlisted: "value", "for another host": denied, listed: "value", public: "value" },
  },
  {
    title: `a path "\${env:NAME}" in cert`,
    host: { cert: `certs/\${env:${name}}.pem`, key: "certs/client.key" },
    environment: { [name]: "client" },
    expected: { unlisted: denied, "for another host": denied, listed: "certificate", public: "certificate" },
  },
  {
    title: `a path "\${env:NAME}" in key`,
    host: { cert: "certs/client.pem", key: `certs/\${env:${name}}.key` },
    environment: { [name]: "client" },
    expected: { unlisted: denied, "for another host": denied, listed: "certificate", public: "certificate" },
  },
  {
    title: `a path "\${env:NAME}" in ca`,
    host: { ca: [`\${env:${name}}`] },
    environment: { [name]: "certs/ca.pem" },
    expected: { unlisted: denied, "for another host": denied, listed: "request", public: "request" },
  },
  {
    title: `a passphrase "\${env:NAME}"`,
    host: { ...encrypted, passphrase: `\${env:${name}}` },
    environment: inEnvironment,
    expected: { ...passphrase, public: "certificate" },
  },
  {
    title: `a passphrase "\${secret:NAME}"`,
    host: { ...encrypted, passphrase: `\${secret:${name}}` },
    ports: fromStore,
    expected: { ...passphrase, public: "certificate" },
  },
  {
    title: `a passphrase with more than "\${env:NAME}"`,
    host: { ...encrypted, passphrase: `pl4\${env:${name}}` },
    environment: { [name]: planted.slice(3) },
    expected: { unlisted: denied, "for another host": denied, listed: "certificate", public: "certificate" },
  },
];

async function send(source: Source, listing: Listing): Promise<ExchangeView> {
  const host = `localhost:${server.port}`;
  const lists: Readonly<Record<Listing, object>> = {
    unlisted: {},
    "for another host": { "padlock.secrets": { [name]: ["other.test", "localhost"] } },
    listed: { "padlock.secrets": { [name]: [host] } },
    public: { "padlock.publicEnv": [name] },
  };
  const key = createPrivateKey(pki.client.privateKeyPem);
  await using workspace = await makeWorkspace({
    "certs/ca.pem": pki.root.certificatePem,
    "certs/client.pem": pki.client.certificatePem,
    "certs/client.key": pki.client.privateKeyPem,
    "certs/encrypted.key": key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: planted }),
    ".vscode/settings.json": JSON.stringify({
      "padlock.hosts": { [host]: { ca: ["certs/ca.pem"], ...source.host } },
      ...lists[listing],
    }),
    ...source.files,
  });
  const engine = createEngine(ports(source.environment, source.ports));
  try {
    const text = [
      ...(source.above ? [source.above] : []),
      `GET ${server.url}/`,
      ...(source.reference ? [`X-Planted: ${source.reference}`] : []),
    ].join("\n");
    const file = await workspace.write("api.https", `${text}\n`);
    const settings = await engine.findSettings(file);
    const run = { text, file, block: 0, settings, trusted: true, environmentName: "dev" };
    return await engine.run({ ...run, signal: new AbortController().signal });
  } finally {
    await engine.close();
  }
}

for (const source of sources) {
  describe(`policy at the wire: ${source.title}`, () => {
    for (const listing of listings) {
      const expected = source.expected[listing];
      it(`${listing}: ${expected.includes(".") ? `nothing arrives (${expected})` : `the ${expected} arrives`}`, async () => {
        const [requests, connections] = [server.recorded.length, server.connections];
        const view = await send(source, listing);
        const arrived = server.recorded.slice(requests);
        if (expected.includes(".")) {
          assert.equal(view.failure?.code, expected, JSON.stringify(view.failure));
          assert.deepEqual([arrived.length, server.connections], [0, connections]);
          return;
        }
        assert.equal(view.failure, null, JSON.stringify(view.failure));
        assert.equal(arrived.length, 1);
        const [received] = arrived;
        if (expected === "value") assert.ok(received?.rawHeaders.includes(planted), String(received?.rawHeaders));
        if (expected === "certificate") assert.equal(subjects.at(-1), "Test Client");
        // Configuration is shown; nothing else is, whether it was sent or comes back.
        const isShown = JSON.stringify(view).includes(planted);
        assert.equal(isShown, listing === "public" && source.environment?.[name] === planted && expected === "value");
      });
    }
  });
}
