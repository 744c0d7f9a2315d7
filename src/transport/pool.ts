import { Client } from "undici";
import type { ConnectContext, Connection } from "./connection.ts";
import { createConnector } from "./connector.ts";
import type { Identity } from "./identity.ts";

/** An idle connection is kept this long for the next click. */
const keepAliveMilliseconds = 30_000;

/** One undici client with its one socket. It serves one exchange at a time, so "its connection" is unambiguous. */
export class Lane {
  readonly client: Client;
  readonly key: string;
  busy = false;
  /** The socket in use or last used; replaced when the client connects anew. */
  connection: Connection | undefined;
  #context: ConnectContext | undefined;

  constructor(key: string, origin: string, identity: Identity | undefined) {
    this.key = key;
    this.client = new Client(origin, {
      connect: createConnector(identity, () => this.#connectContext()),
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: keepAliveMilliseconds,
      keepAliveMaxTimeout: keepAliveMilliseconds,
      maxHeaderSize: 64 * 1024,
      // Each phase has a timer of ours, which is on time and names the phase.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Prepares the lane for an exchange: `context` serves the connection attempt that it may need. */
  begin(context: ConnectContext): void {
    this.busy = true;
    this.#context = context;
  }

  /** Is there an open socket that the next exchange will use? */
  get connected(): boolean {
    return this.client.stats.connected && this.connection?.socket?.destroyed === false;
  }

  #connectContext(): ConnectContext {
    if (!this.#context) throw new Error("a lane connects only for an exchange");
    const { onConnection, ...rest } = this.#context;
    return {
      ...rest,
      onConnection: (connection) => {
        this.connection = connection;
        onConnection(connection);
      },
    };
  }
}

/** Lanes by origin and identity: changed settings or files never use a connection that was opened under the old ones. */
export class Pool {
  readonly #lanes = new Map<string, Set<Lane>>();

  /** A lane that is free now; a connected one first. */
  acquire(origin: string, identity: Identity | undefined): Lane {
    const key = `${origin} ${identity?.fingerprint ?? ""}`;
    const lanes = this.#lanes.get(key) ?? new Set();
    this.#lanes.set(key, lanes);
    const free = [...lanes].filter(({ busy }) => !busy);
    const lane = free.find(({ connected }) => connected) ?? free[0] ?? new Lane(key, origin, identity);
    lanes.add(lane);
    return lane;
  }

  /** Gives a lane back. One without an open socket is dropped, so that the pool holds only what can be reused. */
  async release(lane: Lane): Promise<void> {
    lane.busy = false;
    if (lane.connected) return;
    await this.discard(lane, new Error("no connection to keep"));
  }

  /** Ends a lane and whatever it is doing, at once. */
  async discard(lane: Lane, reason: Error): Promise<void> {
    const lanes = this.#lanes.get(lane.key);
    lanes?.delete(lane);
    if (lanes?.size === 0) this.#lanes.delete(lane.key);
    // undici does not end a socket that it was not given yet.
    lane.connection?.socket?.destroy();
    if (!lane.client.destroyed) await lane.client.destroy(reason);
  }

  async close(): Promise<void> {
    const lanes = [...this.#lanes.values()].flatMap((set) => [...set]);
    await Promise.all(lanes.map((lane) => this.discard(lane, new Error("the pool was closed"))));
  }
}
