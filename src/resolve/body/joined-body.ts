import type { RequestBody, StreamedBody } from "../../common/request-body.ts";
import { beginningOf, sizeOf } from "../../common/request-body.ts";

/** Parts one behind the other: in memory where all of them are, else streamed. */
export function joinBodies(parts: readonly RequestBody[]): RequestBody {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const bytes = parts.filter((part) => part instanceof Uint8Array);
  if (bytes.length === parts.length) return Buffer.concat(bytes);
  const body: StreamedBody = {
    size: parts.reduce((sum, part) => sum + sizeOf(part), 0),
    beginning: joinedBeginning(parts),
    async *open(isSent) {
      for (const part of parts) {
        if (part instanceof Uint8Array) yield part;
        else yield* part.open(isSent);
      }
    },
  };
  return body;
}

/** As far as it goes without a gap. */
function joinedBeginning(parts: readonly RequestBody[]): Uint8Array {
  const beginnings: Uint8Array[] = [];
  for (const part of parts) {
    const beginning = beginningOf(part);
    beginnings.push(beginning);
    if (beginning.length < sizeOf(part)) break;
  }
  return Buffer.concat(beginnings);
}
