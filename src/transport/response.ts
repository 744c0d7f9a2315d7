/** A response as received: headers in the server's order and case, body decoded by Content-Encoding. */
export interface ReceivedResponse {
  readonly httpVersion: "1.0" | "1.1" | "2";
  readonly status: number;
  /** As sent by the server; "" where it sent none. */
  readonly statusText: string;
  readonly headers: Fields;
  /** The 1xx responses that came before it, in order (RFC 9110 §15.2). */
  readonly informational: readonly InformationalResponse[];
  /** RFC 9110 §6.5. */
  readonly trailers: Fields;
  /** Decoded (gzip, deflate, br, zstd undone): all of it, or its beginning where `bodySize` is larger. */
  readonly body: Uint8Array;
  /** Bytes of the whole decoded body. */
  readonly bodySize: number;
  /** Absolute path of the whole decoded body where memory holds only its beginning; without the request's secrets. */
  readonly bodyFile: string | undefined;
  /** Bytes of the body on the wire, before decoding. */
  readonly encodedBodySize: number;
}

export type Fields = readonly (readonly [name: string, value: string])[];

export interface InformationalResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Fields;
}
