import type { Socket } from "node:net";
import type { Dispatcher } from "undici";
import { closesConnection, type Field, http1Fields } from "./fields.ts";
import { outgoing } from "./outgoing.ts";

/**
 * undici writes Host and Connection first and in lower case. Where the file has one of them, the section is put into the
 * order and case of the file on its way to the socket: undici hands it over as one text, before any of the body.
 */
export function keepFieldOrder(socket: Socket, options: Dispatcher.DispatchOptions, origin: URL): void {
  if (!Array.isArray(options.headers) || !options.headers.some(isPlaced)) return;
  const { method, path, fields } = outgoing(options);
  const start = `${method} ${path} HTTP/1.1\r\n`;
  const madeByUndici = start + textOf(undiciFields(method, origin, fields));
  const wanted = start + textOf(http1Fields({ method, origin, fields, length: undefined }));
  const write = socket.write;
  socket.write = ((chunk: unknown, ...rest: [BufferEncoding]) => {
    socket.write = write;
    const isHead = typeof chunk === "string" && chunk.startsWith(madeByUndici);
    return socket.write(isHead ? wanted + chunk.slice(madeByUndici.length) : (chunk as string), ...rest);
  }) as typeof write;
}

/** Every second one is a name; a value that is the word alone costs only the look at the others. */
function isPlaced(nameOrValue: unknown): boolean {
  return /^(?:host|connection)$/i.test(String(nameOrValue));
}

function undiciFields(method: string, origin: URL, fields: readonly Field[]): Field[] {
  const host = fields.find(([name]) => name.toLowerCase() === "host")?.[1] ?? origin.host;
  const others = fields.filter(([name]) => !/^(?:host|connection|content-length)$/i.test(name));
  return [["host", host], ["connection", closesConnection(method, fields) ? "close" : "keep-alive"], ...others];
}

function textOf(fields: readonly Field[]): string {
  return fields.map(([name, value]) => `${name}: ${value}\r\n`).join("");
}
