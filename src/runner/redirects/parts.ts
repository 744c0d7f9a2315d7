import { beginningOf, type RequestBody } from "../../common/request-body.ts";
import type { Carried, PreparedRequest } from "../../resolve/prepared-request.ts";
import type { Redactor } from "../../secrets/index.ts";

/** What goes on from hop to hop, with what it holds. */
export interface Parts {
  readonly headers: readonly HeaderPart[];
  readonly body: BodyPart | undefined;
}

export interface HeaderPart {
  readonly name: string;
  readonly value: string;
  readonly carried: Carried;
}

export interface BodyPart {
  readonly bytes: RequestBody;
  readonly carried: Carried;
}

/** Beside what a part was made of, the value of a listed secret counts however it got there. */
export function partsOf({ headers, headerSecrets, body, bodySecrets, redactor }: PreparedRequest): Parts {
  return {
    headers: headers.map(([name, value], index) => ({
      name,
      value,
      carried: withNames(headerSecrets[index], value, redactor),
    })),
    body: body && {
      bytes: body,
      carried: withNames(bodySecrets, Buffer.from(beginningOf(body)).toString("utf8"), redactor),
    },
  };
}

function withNames(known: Carried | undefined, text: string, redactor: Redactor): Carried {
  const secrets = [...new Set([...(known?.secrets ?? []), ...redactor.namesIn(text)])];
  return { secrets, isPrivate: known?.isPrivate ?? false };
}
