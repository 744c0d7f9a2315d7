import type { Socket } from "node:net";

/** Reads replies of a known shape from a connection that carries something else afterwards. */
export class ReplyReader {
  readonly #socket: Socket;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /**
   * The first bytes that are a whole reply. `sizeOf` gets what has come so far and gives the size of the reply,
   * undefined where that is not known yet; what it throws is the rejection.
   * Rejects with the connection's error, or when it ends.
   */
  read(sizeOf: (bytes: Buffer) => number | undefined): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const socket = this.#socket;
      const settle = (act: () => void) => {
        socket.off("readable", take).off("end", end).off("close", end).off("error", fail);
        act();
      };
      const fail = (error: Error) => settle(() => reject(error));
      const end = () => settle(() => reject(new Error("the proxy ended the connection before its reply was complete")));
      const take = () => {
        for (let chunk = socket.read() as Buffer | null; chunk; chunk = socket.read() as Buffer | null) {
          this.#bytes = Buffer.concat([this.#bytes, chunk]);
        }
        try {
          const size = sizeOf(this.#bytes);
          if (size === undefined || this.#bytes.length < size) return;
          const reply = this.#bytes.subarray(0, size);
          this.#bytes = this.#bytes.subarray(size);
          settle(() => resolve(reply));
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      };
      socket.on("readable", take).on("end", end).on("close", end).on("error", fail);
      if (socket.destroyed) return end();
      take();
    });
  }

  /** Bytes that came behind the last reply. */
  get rest(): number {
    return this.#bytes.length;
  }
}
