import type { HttpVersion } from "./client.ts";

const start = "HTTP/1.x".length;

/**
 * undici does not tell the version in the status line (RFC 9112 §4), so the first bytes of each answer are looked at on
 * their way to its parser.
 */
export class StatusLine {
  #text = "";

  /** Of the answer that came last, or is coming. */
  get version(): HttpVersion {
    return this.#text.startsWith("HTTP/1.0") ? "1.0" : "1.1";
  }

  /** A request is sent: what is read from now on answers it. */
  begin(): void {
    this.#text = "";
  }

  see(chunk: Uint8Array): void {
    for (let at = 0; this.#text.length < start && at < chunk.length; at++) {
      this.#text += String.fromCharCode(chunk[at] ?? 0);
    }
  }
}
