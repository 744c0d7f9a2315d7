import { type RequestOptions, request } from "node:https";
import type { TLSSocket } from "node:tls";

export interface ClientResponse {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly protocol: string | null;
  readonly body: string;
}

/** One request with plain node:https, to check a server by other means than our own transport. No keep-alive. */
export function send(url: string, options: RequestOptions & { readonly body?: string } = {}): Promise<ClientResponse> {
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, ...rest }, (response) => {
      const protocol = (response.socket as TLSSocket).getProtocol();
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, protocol, body: text });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
