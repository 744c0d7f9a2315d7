import type { Socket } from "node:net";

/**
 * Gives the memory of what a socket has read back as soon as a body has gone on. It lies outside of V8's heap, and V8
 * looks for what is dropped there only after tens of megabytes. Made once for a socket, before anything is read.
 */
export class ReadMemory {
  /** Nobody but the reader of the socket has a view of it. */
  #read: ArrayBufferLike | undefined;
  /** Where the last piece of the body lies. */
  #current: ArrayBufferLike | undefined;
  #isOwned = false;

  /** `onRead` gets what is read, before its reader. */
  constructor(socket: Socket, onRead: (chunk: Uint8Array) => void) {
    const lengths: number[] = [];
    const { push, unshift, read } = socket;
    socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk instanceof Uint8Array && chunk.length > 0) lengths.push(chunk.length);
      return push.call(socket, chunk, encoding);
    };
    socket.unshift = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk instanceof Uint8Array && chunk.length > 0) lengths.unshift(chunk.length);
      return unshift.call(socket, chunk, encoding);
    };
    // Where more than one chunk has come, Node would join them, and leave them behind.
    socket.read = (size?: number) => {
      const isKnown = lengths.reduce((sum, length) => sum + length, 0) === socket.readableLength;
      const chunk = read.call(socket, size ?? (isKnown ? lengths[0] : undefined));
      if (isKnown && size === undefined) lengths.shift();
      else lengths.length = 0;
      // Small ones may lie in memory that Node shares with others.
      if (chunk instanceof Uint8Array) {
        if (chunk.length === chunk.buffer.byteLength) this.#read = chunk.buffer;
        onRead(chunk);
      }
      return chunk;
    };
  }

  /** A response begins. */
  begin(): void {
    this.#current = undefined;
  }

  /**
   * A piece of the body has come. What the piece before lies in is done with where it is not the same: trailers, of which
   * the parser keeps views, come behind the body, and header fields before it.
   * @param isTaken has everybody done with the pieces before?
   */
  next({ buffer }: Uint8Array, isTaken: boolean): void {
    if (buffer === this.#current) return;
    if (isTaken && this.#isOwned && this.#current instanceof ArrayBuffer) this.#current.transfer(0);
    const isFirst = this.#current === undefined;
    this.#current = buffer;
    this.#isOwned = !isFirst && buffer === this.#read;
  }
}
