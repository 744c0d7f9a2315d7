import type { BigIntStats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { Failure } from "../../common/failure.ts";
import type { StreamedBody } from "../../common/request-body.ts";
import type { OpenedFile } from "../../settings/index.ts";
import type { WantedFile } from "./body-file.ts";

/** In bytes: what is shown of a request's body. */
const shownBytes = 256 * 1024;
const pieceSize = 64 * 1024;

/** From its beginning. */
export async function readBeginning(handle: FileHandle): Promise<Uint8Array> {
  const bytes = Buffer.alloc(shownBytes);
  const { bytesRead } = await handle.read(bytes, 0, shownBytes, 0);
  return bytes.subarray(0, bytesRead);
}

/**
 * A body that is read while it is sent.
 * @param reopen gives the file anew, after the same checks
 */
export function streamedFile(
  wanted: WantedFile,
  stats: BigIntStats,
  beginning: Uint8Array,
  reopen: () => Promise<OpenedFile>,
): StreamedBody {
  const size = Number(stats.size);
  return {
    size,
    beginning,
    async *open(isSent) {
      const file = await reopen();
      const { handle } = file;
      try {
        if (isOther(file.stats, stats)) throw changed(wanted);
        yield* pieces(handle, size, wanted, isSent);
        if (isOther(await handle.stat({ bigint: true }), stats)) throw changed(wanted);
      } finally {
        await handle.close();
      }
    },
  };
}

/** Exactly as many bytes as Content-Length says. @throws {Failure} where there are fewer by now */
async function* pieces(
  handle: FileHandle,
  size: number,
  wanted: WantedFile,
  isSent: (() => boolean) | undefined,
): AsyncIterable<Uint8Array> {
  let memory = Buffer.allocUnsafeSlow(pieceSize);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await handle.read(memory, 0, Math.min(pieceSize, size - at), at);
    if (bytesRead === 0) throw changed(wanted);
    at += bytesRead;
    yield memory.subarray(0, bytesRead);
    // The socket may still have the last.
    if (!isSent?.()) memory = Buffer.allocUnsafeSlow(pieceSize);
  }
}

function isOther(now: BigIntStats, before: BigIntStats): boolean {
  return now.ino !== before.ino || now.dev !== before.dev || now.size !== before.size || now.mtimeNs !== before.mtimeNs;
}

function changed({ shown, location }: WantedFile): Failure {
  return new Failure({
    code: "value.unreadable-file",
    title: `The body file ${shown} changed while it was sent`,
    detail: `${shown} is another file, or has another size, than when the request was begun. The connection was closed: the server has got a part of it at most.`,
    fix: "Send again when the file is not written to any more.",
    location,
  });
}
