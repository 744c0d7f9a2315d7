import dns from "node:dns";
import { mock } from "node:test";
import { TLSSocket } from "node:tls";
import { createEngine, type Engine } from "../../../src/engine/index.ts";
import type { ExchangeView } from "../../../src/protocol/exchange-view.ts";
import { parse } from "../../../src/syntax/index.ts";
import { createTestPki, type TestPki } from "../../support/pki.ts";
import { type RecordedRequest, serverIdentity, startTlsServer, type TlsServer } from "../../support/servers.ts";
import { makeWorkspace, type TempWorkspace } from "../../support/temp.ts";
import { ports } from "../engine/given.ts";

/** What a path is answered with. Others get 200. A, B and C stand for the hosts, also in the values. */
export interface Answer {
  readonly status?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Milliseconds before it. */
  readonly delay?: number;
}

export interface Sent {
  readonly view: ExchangeView;
  /** What reached each server, as a whole, by its letter. */
  readonly arrived: Readonly<Record<Letter, readonly Arrived[]>>;
}

export interface Arrived extends RecordedRequest {
  /** The common name of the client certificate that it came with. */
  readonly clientSubject: string | undefined;
}

export type Letter = "A" | "B" | "C";

export interface SendOptions {
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly environmentName?: string;
  /** Of the workspace's settings, beside the authorities of the hosts. */
  readonly secrets?: Readonly<Record<string, readonly string[]>>;
  readonly hosts?: Readonly<Record<string, object>>;
  readonly person?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Of `newEngine`: its session goes on. Else there is a new one for each request. */
  readonly engine?: Engine;
  /** Else that of the world. */
  readonly workspace?: TempWorkspace;
}

/**
 * Three HTTPS servers, each with a certificate of its own name, and of the same one below elsewhere.test, and a workspace
 * that trusts them.
 */
export interface World {
  readonly pki: TestPki;
  readonly servers: Readonly<Record<Letter, TlsServer>>;
  /** `a.example.test:PORT`. */
  readonly hosts: Readonly<Record<Letter, string>>;
  readonly workspace: TempWorkspace;
  /** With these environment variables; closed with the world. */
  newEngine(environment?: Readonly<Record<string, string>>): Engine;
  /** Sends the last request of the text. */
  send(text: string, options?: SendOptions): Promise<Sent>;
  stop(): Promise<void>;
}

const letters: readonly Letter[] = ["A", "B", "C"];

/** `serverOptions`: for each server, such as `requestCert`. */
export async function startWorld(serverOptions: object = {}): Promise<World> {
  const pki = await createTestPki();
  let answers: Readonly<Record<string, Answer>> = {};
  const subjects = new WeakMap<RecordedRequest, string>();
  const started = await Promise.all(
    letters.map(async (letter) => {
      const name = `${letter.toLowerCase()}.example.test`;
      const identity = await pki.intermediate.issueServer({
        name,
        hosts: [name, name.replace("example", "elsewhere")],
      });
      const server = await startTlsServer({
        ...serverIdentity(identity),
        ...serverOptions,
        handler: (request, response, recorded) => {
          const { url } = recorded;
          const certificate = request.socket instanceof TLSSocket ? request.socket.getPeerCertificate() : undefined;
          if (certificate?.subject) subjects.set(recorded, String(certificate.subject.CN));
          const { status = 200, headers = [], delay = 0 } = answers[`${letter} ${url}`] ?? answers[url] ?? {};
          for (const [field, value] of headers)
            response.appendHeader(field, Buffer.from(fill(value)).toString("latin1"));
          setTimeout(() => response.writeHead(status).end(), delay);
        },
      });
      return [letter, server, `${name}:${server.port}`] as const;
    }),
  );
  const servers = Object.fromEntries(started.map(([letter, server]) => [letter, server])) as World["servers"];
  const hosts = Object.fromEntries(started.map(([letter, , host]) => [letter, host])) as World["hosts"];
  const fill = (text: string) => text.replace(/\b[ABC]\b/g, (letter) => hosts[letter as Letter]);
  const workspace = await makeWorkspace({ "certs/ca.pem": pki.root.certificatePem });
  const engines: Engine[] = [];
  const newEngine = (environment?: Readonly<Record<string, string>>) => {
    const engine = createEngine(ports(environment));
    engines.push(engine);
    return engine;
  };
  return {
    pki,
    servers,
    hosts,
    workspace,
    newEngine,
    send: async (text, options = {}) => {
      answers = options.answers ?? {};
      const { workspace: place = workspace } = options;
      const trusted = Object.fromEntries(letters.map((letter) => [hosts[letter], { ca: ["certs/ca.pem"] }]));
      const own = JSON.parse(fill(JSON.stringify({ hosts: options.hosts ?? {}, secrets: options.secrets ?? {} })));
      const settings = {
        ...JSON.parse(fill(JSON.stringify(options.settings ?? {}))),
        "padlock.hosts": { ...trusted, ...own.hosts },
        "padlock.secrets": own.secrets,
      };
      await place.write(".vscode/settings.json", JSON.stringify(settings));
      for (const [name, content] of Object.entries(options.files ?? {})) await place.write(name, content);
      const content = fill(text);
      const file = await place.write("r.https", content);
      const engine = options.engine ?? newEngine(options.environment);
      const before = letters.map((letter) => servers[letter].recorded.length);
      const raw = await engine.findSettings(file);
      const input = {
        text: content,
        file,
        block: parse(content).blocks.length - 1,
        settings: options.person ? { ...raw, person: JSON.parse(fill(JSON.stringify(options.person))) } : raw,
        trusted: true,
        environmentName: options.environmentName ?? "",
        signal: new AbortController().signal,
      };
      const view = await withExampleNames(() => engine.run(input));
      const arrived = letters.map((letter, index) => [
        letter,
        servers[letter].recorded
          .slice(before[index])
          .map((request) => ({ ...request, clientSubject: subjects.get(request) })),
      ]);
      return { view, arrived: Object.fromEntries(arrived) as Sent["arrived"] };
    },
    stop: async () => {
      await Promise.all(engines.map((engine) => engine.close()));
      await Promise.all(letters.map((letter) => servers[letter].close()));
      await workspace.remove();
    },
  };
}

/** While `act` lasts, names below `test` are those of this machine, as a name server of the tests would say. */
async function withExampleNames<Value>(act: () => Promise<Value>): Promise<Value> {
  const { lookup } = dns;
  const ofTests = (name: string, options: dns.LookupOptions, done: (...found: unknown[]) => void) => {
    if (name.endsWith(".test")) setImmediate(() => done(null, [{ address: "127.0.0.1", family: 4 }]));
    else lookup(name, options, done);
  };
  const replaced = mock.method(dns, "lookup", ofTests as unknown as typeof dns.lookup).mock;
  try {
    return await act();
  } finally {
    replaced.restore();
  }
}

/** Those that every request has, unless its file says otherwise. */
const everywhere = new Set(["host", "connection", "user-agent", "accept", "accept-encoding"]);

/** "Name: value" of each header that arrived, in order, without those that every request has. */
export function ownHeaders({ rawHeaders }: RecordedRequest): string[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !everywhere.has(name.toLowerCase()) ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
}

export function header({ rawHeaders }: RecordedRequest, wanted: string): string | undefined {
  const index = rawHeaders.findIndex((name, at) => at % 2 === 0 && name.toLowerCase() === wanted);
  return index < 0 ? undefined : rawHeaders[index + 1];
}

export function redirect(location: string, status = 302): Answer {
  return { status, headers: [["Location", location]] };
}
