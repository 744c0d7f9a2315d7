import { access, open, writeFile } from "node:fs/promises";

const pieceSize = 256 * 1024;

/**
 * The bytes of a stored body, which holds no secret, piece by piece; it is opened when the first one is asked for. A piece
 * is good until the next one is asked for.
 */
export async function* piecesOf(file: string): AsyncIterable<Uint8Array> {
  await using handle = await open(file);
  const piece = Buffer.allocUnsafeSlow(pieceSize);
  for (;;) {
    const { bytesRead } = await handle.read(piece, 0, pieceSize);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
  }
}

/** @returns false where the stored body is not there any more. Rejects where the new file cannot be written. */
export async function copyBody(file: string, path: string): Promise<boolean> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) await writeFile(path, piecesOf(file), { mode: 0o600 });
  return isThere;
}
