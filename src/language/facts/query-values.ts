import { failureCodes } from "../../common/failure.ts";

type Values = ReadonlyMap<string, string>;

/** The families that people expect on purpose, first. What is wrong with the file itself is no outcome to expect. */
const expectedFamilies = ["tls", "timeout", "network", "response", "identity", "policy", "value", "variable"];

/** The codes of failures that a request can end with. */
export const outcomes: readonly string[] = expectedFamilies.flatMap((family) =>
  failureCodes.filter((code) => code.startsWith(`${family}.`)),
);

const flags: Values = new Map([
  ["true", ""],
  ["false", ""],
]);

/** What a query often gives: value → what it means (the names of RFC 9110 section 15 and RFC 6585). */
export const queryValues: ReadonlyMap<string, Values> = new Map([
  [
    "status",
    new Map([
      ["200", "OK"],
      ["201", "Created"],
      ["202", "Accepted"],
      ["204", "No Content"],
      ["301", "Moved Permanently"],
      ["302", "Found"],
      ["303", "See Other"],
      ["304", "Not Modified"],
      ["307", "Temporary Redirect"],
      ["308", "Permanent Redirect"],
      ["400", "Bad Request"],
      ["401", "Unauthorized"],
      ["403", "Forbidden"],
      ["404", "Not Found"],
      ["405", "Method Not Allowed"],
      ["409", "Conflict"],
      ["410", "Gone"],
      ["412", "Precondition Failed"],
      ["415", "Unsupported Media Type"],
      ["422", "Unprocessable Content"],
      ["429", "Too Many Requests"],
      ["500", "Internal Server Error"],
      ["502", "Bad Gateway"],
      ["503", "Service Unavailable"],
      ["504", "Gateway Timeout"],
    ]),
  ],
  [
    "version",
    new Map([
      ["HTTP/1.1", ""],
      ["HTTP/2", ""],
    ]),
  ],
  [
    "tls.protocol",
    new Map([
      ["TLSv1.3", ""],
      ["TLSv1.2", ""],
    ]),
  ],
  ["tls.alpn", new Map([["http/1.1", ""]])],
  ["tls.resumed", flags],
  ["tls.verified", flags],
  ["failure.code", new Map(outcomes.map((code) => [code, ""]))],
]);
