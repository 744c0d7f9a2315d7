import type { TextRange } from "../../../common/range.ts";
import type { Move } from "./credential.ts";

/** A credential within a text; offsets count in that text. */
export interface Found {
  readonly range: TextRange;
  readonly what: string;
  /** "" where it has no name of its own. */
  readonly name: string;
  /** What a reference must give to be sent as the text is now; undefined: exactly that. */
  readonly value?: string;
  /** How a reference is written there; undefined: in braces. */
  readonly write?: Move["write"];
  /** What the reference takes the place of, where that is more than the credential. */
  readonly replaced?: TextRange;
}
