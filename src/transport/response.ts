/** A response as received: headers in the server's order and case, body decoded by Content-Encoding. */
export interface ReceivedResponse {
  readonly httpVersion: "1.0" | "1.1" | "2";
  readonly status: number;
  /** As sent by the server; "" where it sent none. */
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Decoded (gzip, deflate, br, zstd undone). */
  readonly body: Uint8Array;
  /** Bytes of the body on the wire, before decoding. */
  readonly encodedBodySize: number;
}
