import { percentDecoded } from "../secrets/index.ts";
import { badUrl } from "./bad-url.ts";
import { skeletonOf } from "./skeleton.ts";
import type { Target } from "./target.ts";
import { type Piece, valuesOf } from "./template.ts";
import type { ValueReader } from "./value-reader.ts";

/**
 * The `Authorization` value for `https://user:password@host` (RFC 7617), undefined without one. What the author wrote
 * is percent-decoded as in any URL; a value is taken as it is.
 * @throws {Failure} `value.bad-url` for a user name with a colon, and those of reading a secret
 */
export function basicCredentials(target: Target, values: ValueReader): string | undefined {
  const { userinfo } = target;
  if (!userinfo || skeletonOf(userinfo) === "") return undefined;
  const authorsColon = skeletonOf(userinfo).includes(":");
  let beforeColon = true;
  const readPart = (piece: Piece): string => {
    if (piece.kind === "text") {
      if (piece.text.includes(":")) beforeColon = false;
      return percentDecoded(piece.text);
    }
    const value = values.readForHead(piece, "the user name or password of the URL");
    if (authorsColon && beforeColon && value.includes(":")) {
      const { written, name, location } = piece.value;
      const detail = `${written} is the user name in the URL, but its value holds a colon, where the password would start.`;
      throw badUrl("The user name holds a colon", detail, `Set ${name} to a user name without one.`, location);
    }
    return value;
  };
  const parts = userinfo.map(readPart);
  const pair = parts.join("").includes(":") ? parts.join("") : `${parts.join("")}:`;
  const encoded = Buffer.from(pair, "utf8").toString("base64");

  for (const { value } of valuesOf(userinfo)) values.hide(value, encoded);
  if (target.base) {
    for (const part of [encoded, pair.slice(pair.indexOf(":") + 1), pair]) values.hide(target.base.value, part);
  }
  return `Basic ${encoded}`;
}
