import { promisify } from "node:util";
import zlib from "node:zlib";
import { Failure } from "../common/failure.ts";

/** A response may not grow beyond this when it is decompressed, nor be larger as sent. */
export const maxBodyBytes = 100 * 1024 * 1024;

/** RFC 9110 §8.4.1 and RFC 8878 §7.2: one layer each. `x-` names are old aliases of the same. */
const decoders: Readonly<Record<string, (bytes: Uint8Array) => Promise<Buffer>>> = {
  gzip: bounded(promisify(zlib.gunzip)),
  "x-gzip": bounded(promisify(zlib.gunzip)),
  // Some servers send raw deflate (RFC 1951) where RFC 9110 asks for the zlib format (RFC 1950).
  deflate: async (bytes) => bounded(promisify((bytes[0] ?? 0) % 16 === 8 ? zlib.inflate : zlib.inflateRaw))(bytes),
  br: bounded(promisify(zlib.brotliDecompress)),
  zstd: bounded(promisify(zlib.zstdDecompress)),
};

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

function bounded(decode: Decoder): (bytes: Uint8Array) => Promise<Buffer> {
  return (bytes) => decode(bytes, { maxOutputLength: maxBodyBytes });
}

const maxLayers = 5;

/**
 * Undoes a Content-Encoding. A coding that is not known leaves the body as it is: the header tells the reader.
 * @throws {Failure} `response.decompression`, `response.too-large`
 */
export async function decodeBody(body: Uint8Array, contentEncoding: string): Promise<Uint8Array> {
  const layers = contentEncoding
    .toLowerCase()
    .split(",")
    .map((layer) => layer.trim())
    .filter((layer) => layer !== "" && layer !== "identity");
  if (body.length === 0 || layers.length > maxLayers || layers.some((layer) => !Object.hasOwn(decoders, layer)))
    return body;
  let decoded = body;
  for (const layer of layers.reverse()) {
    try {
      decoded = (await decoders[layer]?.(decoded)) ?? decoded;
    } catch (cause) {
      if (cause instanceof RangeError) throw tooLarge();
      throw new Failure({
        code: "response.decompression",
        title: "The response could not be decompressed",
        detail: `The server says that the body is encoded with “${layer}”, but it is not, or it is damaged.`,
        fix: "Send the header “Accept-Encoding: identity” to get the body uncompressed.",
        cause,
      });
    }
  }
  return decoded;
}

export function tooLarge(): Failure {
  return new Failure({
    code: "response.too-large",
    title: "The response is too large to show",
    detail: `Its body is larger than ${maxBodyBytes / 1024 / 1024} MB.`,
    fix: "Ask the server for a part of it, for example with a Range header or a page parameter.",
  });
}
