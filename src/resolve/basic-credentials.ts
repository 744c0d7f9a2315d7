import { percentDecoded, type Redactor } from "../secrets/index.ts";
import { badUrl } from "./bad-url.ts";
import type { SecretReader } from "./secret-reader.ts";
import { skeletonOf } from "./skeleton.ts";
import type { Target } from "./target.ts";
import { type Piece, secretsOf } from "./template.ts";

/**
 * The `Authorization` value for `https://user:password@host` (RFC 7617), undefined without one. What the author wrote
 * is percent-decoded as in any URL; a secret is taken as it is.
 * @throws {Failure} `value.bad-url` for a user name with a colon, and those of reading a secret
 */
export function basicCredentials(target: Target, secrets: SecretReader, redactor: Redactor): string | undefined {
  const { userinfo } = target;
  if (!userinfo || skeletonOf(userinfo) === "") return undefined;
  const authorsColon = skeletonOf(userinfo).includes(":");
  let beforeColon = true;
  const readPart = (piece: Piece): string => {
    if (piece.kind === "text") {
      if (piece.text.includes(":")) beforeColon = false;
      return percentDecoded(piece.text);
    }
    const value = secrets.readForHead(piece, "the user name or password of the URL");
    if (authorsColon && beforeColon && value.includes(":")) {
      const detail = `${piece.written} is the user name in the URL, but its value holds a colon, where the password would start.`;
      throw badUrl(
        "The user name holds a colon",
        detail,
        `Set ${piece.name} to a user name without one.`,
        piece.location,
      );
    }
    return value;
  };
  const parts = userinfo.map(readPart);
  const pair = parts.join("").includes(":") ? parts.join("") : `${parts.join("")}:`;
  const encoded = Buffer.from(pair, "utf8").toString("base64");

  for (const secret of secretsOf(userinfo)) redactor.add(secret.name, encoded);
  if (target.base) {
    redactor.add(target.base.name, encoded);
    for (const part of [pair.slice(pair.indexOf(":") + 1), pair]) redactor.add(target.base.name, part);
  }
  return `Basic ${encoded}`;
}
