import { DynamicError } from "./dynamic-error.ts";
import type { Evaluate } from "./evaluate.ts";

/** RFC 7617 §2: a colon ends the user name, and neither part holds a control character. */
export const basic: Evaluate = ([user = "", password = ""]) => {
  if (user.includes(":")) {
    throw new DynamicError(
      "The user name of $basic holds a colon, where the password would start.",
      "Use a user name without a colon.",
    );
  }
  if (/\p{Cc}/u.test(user + password)) {
    throw new DynamicError(
      "The user name or password of $basic holds a line break or another control character.",
      "Remove it from the value; a file that was read into a variable may end with a line break.",
    );
  }
  return `Basic ${toBase64(`${user}:${password}`)}`;
};

export const base64: Evaluate = (args) => toBase64(args.join(""));

function toBase64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
