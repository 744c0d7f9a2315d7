import { knownMethods } from "../../syntax/index.ts";

export interface MethodFact {
  readonly name: string;
  readonly documentation: string;
  /** Changes nothing on the server by the client's wish (RFC 9110 section 9.2.1). */
  readonly isSafe: boolean;
  /** Sent twice it does what it does once (RFC 9110 section 9.2.2). */
  readonly isIdempotent: boolean;
  readonly link: string;
}

type Kind = "safe" | "idempotent" | "neither";

const row = (name: string, kind: Kind, source: string, documentation: string): MethodFact => ({
  name,
  documentation,
  isSafe: kind === "safe",
  isIdempotent: kind !== "neither",
  link: `https://www.rfc-editor.org/rfc/${source}`,
});

/** The methods people type most, most usual first; properties as in the IANA HTTP Method Registry. */
const described: readonly MethodFact[] = [
  row("GET", "safe", "rfc9110#section-9.3.1", "Asks for the resource."),
  row("POST", "neither", "rfc9110#section-9.3.3", "Has the resource process the body, often to make a new one."),
  row("PUT", "idempotent", "rfc9110#section-9.3.4", "Replaces the resource by the body, or makes it."),
  row("PATCH", "neither", "rfc5789#section-2", "Changes parts of the resource as the body says."),
  row("DELETE", "idempotent", "rfc9110#section-9.3.5", "Removes the resource."),
  row("HEAD", "safe", "rfc9110#section-9.3.2", "Asks for the header fields that GET would give, without the body."),
  row("OPTIONS", "safe", "rfc9110#section-9.3.7", "Asks what the resource or the server can do."),
  row("QUERY", "safe", "rfc10008#section-2", "Asks with a query in the body."),
  row("TRACE", "safe", "rfc9110#section-9.3.8", "Has the server send the request back as it arrived."),
  row("CONNECT", "neither", "rfc9110#section-9.3.6", "Has a proxy open a tunnel to a host."),
  row("PROPFIND", "safe", "rfc4918#section-9.1", "WebDAV: asks for properties of a resource."),
  row("PROPPATCH", "idempotent", "rfc4918#section-9.2", "WebDAV: sets and removes properties."),
  row("MKCOL", "idempotent", "rfc4918#section-9.3", "WebDAV: makes a collection."),
  row("COPY", "idempotent", "rfc4918#section-9.8", "WebDAV: copies the resource to `Destination`."),
  row("MOVE", "idempotent", "rfc4918#section-9.9", "WebDAV: moves the resource to `Destination`."),
  row("LOCK", "neither", "rfc4918#section-9.10", "WebDAV: takes or renews a lock."),
  row("UNLOCK", "idempotent", "rfc4918#section-9.11", "WebDAV: gives a lock back."),
  row("REPORT", "safe", "rfc3253#section-3.6", "WebDAV: asks for a report about a resource."),
  row("SEARCH", "safe", "rfc5323#section-2", "WebDAV: searches in a collection."),
];

const byName = new Map(described.map((fact) => [fact.name, fact]));

/** All methods that are recognised in any case, most usual first. */
export const methodNames: readonly string[] = [...new Set([...byName.keys(), ...knownMethods])];

export function methodFact(name: string): MethodFact | undefined {
  return byName.get(name.toUpperCase());
}
