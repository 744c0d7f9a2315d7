import type { TlsOptions } from "node:tls";
import type { FailureCode } from "../../../../src/common/failure.ts";
import { startHttpsServer } from "../../../../src/demo/https-server.ts";
import { defaultTimeouts, type Timeouts } from "../../../../src/settings/model.ts";
import type { TlsProfile } from "../../../../src/settings/tls-profile.ts";
import type { TransportResult } from "../../../../src/transport/index.ts";
import type { DisposableServer } from "../../../support/broken-servers.ts";
import { get, noProfile, sendOnce } from "../support.ts";
import type { Material } from "./material.ts";

export type Version = "TLSv1.2" | "TLSv1.3";
export const bothVersions: readonly Version[] = ["TLSv1.3", "TLSv1.2"];

/** A server of the matrix: what it saw is what the tests are about. */
export interface Observed extends AsyncDisposable {
  readonly port: number;
  readonly connections: number;
  /** Of requests: decrypted, or as records of application data. */
  readonly applicationBytes: number;
}

export interface Row {
  /** What is wrong, or what is special, with the server. */
  readonly name: string;
  /** The TLS versions that the case exists for; default both. */
  readonly versions?: readonly Version[];
  readonly server: (material: Material, version: Version) => Promise<Observed>;
  /** What the host's entry says beside the authority, which is `pki.root` as a rule. */
  readonly profile?: (material: Material) => Promise<Partial<TlsProfile>>;
  readonly timeouts?: Partial<Timeouts>;
}

export interface RefusedRow extends Row {
  readonly code: FailureCode;
  readonly title: string | RegExp;
  /** What the detail must say, beside host and port. */
  readonly detail?: readonly (string | RegExp)[];
  /** The certificate of the chain that the detail must name, with its issuer and its dates. */
  readonly about?: string;
  /** What the fix must say. */
  readonly fix: string | RegExp;
  /** The subjects of the refused chain in the report, leaf first; absent: no chain came. */
  readonly chain?: readonly string[];
}

export const body = "the body that must not leave";

/** The entry of `padlock.hosts` that all rows have. */
export const pattern = "localhost:*";

/** Sends a POST with a secret header and body to the row's server. */
export async function runRow(
  row: Row,
  material: Material,
  version: Version,
): Promise<{ readonly result: TransportResult; readonly server: Observed }> {
  await using server = await row.server(material, version);
  const ca = [await material.file("ca.pem", material.pki.root.certificatePem, "ca")];
  const profile = { ...noProfile, pattern, ca, ...(await row.profile?.(material)) };
  const result = await sendOnce(
    get(`https://localhost:${server.port}/orders`, {
      method: "POST",
      headers: [["X-Token", "secret"]],
      body: new TextEncoder().encode(body),
      profile,
      timeouts: { ...defaultTimeouts, ...row.timeouts },
    }),
  );
  // Whatever is still on its way to the server has to be counted too.
  await new Promise((resolve) => setTimeout(resolve, 5));
  return { result, server };
}

/** A real TLS server: OpenSSL's own, through Node. */
export async function tlsServer(options: TlsOptions, version: Version | undefined): Promise<Observed> {
  const versions = version ? { minVersion: version, maxVersion: version } : {};
  const server = await startHttpsServer({ ...versions, ...options }, (_request, response) => response.end("ok"));
  return {
    port: server.port,
    get connections() {
      return server.connections;
    },
    get applicationBytes() {
      return server.receivedBytes;
    },
    [Symbol.asyncDispose]: server.close,
  };
}

/** A server that can decrypt nothing, so whatever it counts is not a request. */
export function withoutKeys(server: DisposableServer): Observed {
  return {
    port: server.port,
    get connections() {
      return server.connections;
    },
    applicationBytes: 0,
    [Symbol.asyncDispose]: server.close,
  };
}
