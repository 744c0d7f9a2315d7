import type { ConnectContext, Connection } from "./connection.ts";
import { createConnector } from "./connector.ts";
import type { HttpClient } from "./http/client.ts";
import { Http1Client } from "./http/http1-client.ts";
import { OpeningClient } from "./http/opening-client.ts";
import { givenSocket, keepAliveMilliseconds } from "./http/settings.ts";
import type { Identity } from "./identity.ts";
import { PhaseTimer } from "./phase-timer.ts";
import type { Route } from "./route.ts";

/** Idle connections that are kept open, of all hosts together. */
const mostIdle = 32;

/** What makes two requests able to share a connection: equal in all of it. */
export interface Destination {
  readonly url: URL;
  /** Undefined for plain http. */
  readonly identity: Identity | undefined;
  readonly route: Route | undefined;
  /** Offer HTTP/2 by ALPN. */
  readonly http2: boolean;
  /** The request asks with `Expect` before it sends its body: undici does not. */
  readonly expects: boolean;
}

/** One client with its one connection. It serves one exchange at a time, so "its connection" is unambiguous. */
export class Lane {
  readonly client: HttpClient;
  readonly key: string;
  busy = false;
  /** The connection in use or last used; replaced when the client connects anew. */
  connection: Connection | undefined;
  /** Ends the wait for the next exchange. */
  readonly idle: PhaseTimer;
  readonly #http2: boolean;
  #context: ConnectContext | undefined;

  /** `onIdle`: nobody has used it for long. */
  constructor(key: string, { url, identity, route, http2, expects }: Destination, onIdle: (lane: Lane) => void) {
    this.key = key;
    this.idle = new PhaseTimer(() => onIdle(this), false);
    this.#http2 = http2;
    const origin = new URL(url.origin);
    const connect = createConnector(identity, route, () => this.#connectContext());
    this.client =
      http2 || expects
        ? new OpeningClient(origin, connect, (socket) => chooseClient(socket, origin, expects))
        : new Http1Client(origin, connect, () => this.connection?.socket);
  }

  /** Prepares the lane for an exchange: `context` serves the connection attempt that it may need. */
  begin(context: ConnectContext): void {
    this.busy = true;
    this.#context = context;
  }

  /** Is there an open connection that the next exchange will use? */
  get connected(): boolean {
    return this.client.connected;
  }

  #connectContext(): ConnectContext {
    if (!this.#context) throw new Error("a lane connects only for an exchange");
    const { onConnection, ...rest } = this.#context;
    return {
      ...rest,
      http2: this.#http2,
      onConnection: (connection) => {
        this.connection = connection;
        onConnection(connection);
      },
    };
  }
}

type Socket = NonNullable<Connection["socket"]>;

/** The server's choice by ALPN counts (RFC 7301); one that makes none speaks HTTP/1.1. */
async function chooseClient(socket: Socket, origin: URL, expects: boolean): Promise<HttpClient> {
  if ("alpnProtocol" in socket && socket.alpnProtocol === "h2") {
    const { Http2Client } = await import("./http/http2-client.ts");
    return new Http2Client(socket, origin);
  }
  if (!expects) return new Http1Client(origin, givenSocket(socket), () => socket);
  const { ExpectClient } = await import("./http/expect-client.ts");
  return new ExpectClient(socket, origin);
}

/** Lanes by destination: changed settings or files never use a connection that was opened under the old ones. */
export class Pool {
  readonly #lanes = new Map<string, Set<Lane>>();
  /** Without an exchange, the one that has waited longest first. */
  readonly #idle = new Set<Lane>();

  /** A lane that is free now and connected, or a new one. */
  acquire(destination: Destination): Lane {
    const key = keyOf(destination);
    const lanes = this.#lanes.get(key) ?? new Set();
    this.#lanes.set(key, lanes);
    const lane = [...lanes].find(({ busy, connected }) => !busy && connected) ?? this.#open(key, destination);
    this.#wake(lane);
    // From now on: whoever comes before `begin` gets another lane.
    lane.busy = true;
    lanes.add(lane);
    return lane;
  }

  /** Gives a lane back. One without an open connection is dropped, so that the pool holds only what can be reused. */
  async release(lane: Lane): Promise<void> {
    lane.busy = false;
    if (!lane.connected) return this.discard(lane, new Error("no connection to keep"));
    this.#idle.add(lane);
    lane.idle.set(keepAliveMilliseconds);
    this.#dropClosed();
    const [longest] = this.#idle;
    if (this.#idle.size > mostIdle && longest) await this.discard(longest, new Error("too many idle connections"));
  }

  /** Ends a lane and whatever it is doing, at once. */
  async discard(lane: Lane, reason: Error): Promise<void> {
    this.#wake(lane);
    lane.idle.clear();
    const lanes = this.#lanes.get(lane.key);
    lanes?.delete(lane);
    if (lanes?.size === 0) this.#lanes.delete(lane.key);
    // No client ends a socket that it was not given yet.
    lane.connection?.socket?.destroy();
    await lane.client.destroy(reason);
  }

  async close(): Promise<void> {
    const lanes = [...this.#lanes.values()].flatMap((set) => [...set]);
    await Promise.all(lanes.map((lane) => this.discard(lane, new Error("the pool was closed"))));
  }

  #open(key: string, destination: Destination): Lane {
    return new Lane(key, destination, (lane) => {
      if (this.#idle.has(lane)) this.#drop(lane);
    });
  }

  #wake(lane: Lane): void {
    this.#idle.delete(lane);
  }

  /** Servers end idle connections too. */
  #dropClosed(): void {
    for (const lane of this.#idle) if (!lane.connected) this.#drop(lane);
  }

  #drop(lane: Lane): void {
    this.discard(lane, new Error("the connection was idle")).catch(() => undefined);
  }
}

function keyOf({ url, identity, route, http2, expects }: Destination): string {
  return [url.origin, identity?.fingerprint, route?.key, http2, expects].join("\n");
}
