/** A request's body: in memory, or streamed where it is, or holds, a large file. */
export type RequestBody = Uint8Array | StreamedBody;

export interface StreamedBody {
  /** In bytes: what Content-Length says. */
  readonly size: number;
  /** The first bytes, for whoever shows the request. */
  readonly beginning: Uint8Array;
  /**
   * All bytes, from the start at each call (a redirect sends them again). Throws a `Failure` while it is read where the
   * file is not what it was when the request was made ready.
   * @param isSent asked when the next piece is wanted: are those before it sent? Then their memory is used again.
   */
  readonly open: (isSent?: () => boolean) => AsyncIterable<Uint8Array>;
}

/** All of a body in memory; the beginning of a streamed one. */
export function beginningOf(body: RequestBody): Uint8Array {
  return body instanceof Uint8Array ? body : body.beginning;
}

/** In bytes. */
export function sizeOf(body: RequestBody): number {
  return body instanceof Uint8Array ? body.length : body.size;
}
