/** What kind of value a query gives. `text` may be compared with bare words; `any` depends on the response. */
export type QueryType = "number" | "text" | "boolean" | "date" | "duration" | "any";

/** What stands behind a query's name. */
export type QueryArgument = "none" | "header" | "cookie" | "json-path" | "xpath" | "regex";

export interface QueryFact {
  readonly type: QueryType;
  readonly argument: QueryArgument;
  /** The query as one writes it, with placeholders in capitals. */
  readonly usage: string;
  /** One line for completion and hover. */
  readonly documentation: string;
}

/** The fields of a certificate: of `tls.certificate` and of each `tls.chain[n]`. */
const certificateFields: readonly (readonly [name: string, type: QueryType, documentation: string])[] = [
  ["subject", "text", "subject, as a distinguished name"],
  ["issuer", "text", "issuer, as a distinguished name"],
  ["sans", "any", "subject alternative names, a list"],
  ["serial", "text", "serial number in hexadecimal"],
  ["fingerprint", "text", "SHA-256 fingerprint"],
  ["spki", "text", "SHA-256 pin of the public key"],
  ["notBefore", "date", "start of validity"],
  ["notAfter", "date", "end of validity"],
  ["daysLeft", "number", "whole days until it expires"],
  ["keyType", "text", "key type, such as RSA or EC"],
  ["keyBits", "number", "key size in bits"],
  ["signatureAlgorithm", "text", "signature algorithm"],
];

function simple(name: string, type: QueryType, documentation: string): [string, QueryFact] {
  return [name, { type, argument: "none", usage: name, documentation }];
}

/** Every query by its name. `tls.chain[n].…` stands under the name `tls.chain[0].…`. */
export const queryFacts: ReadonlyMap<string, QueryFact> = new Map([
  simple("status", "number", "The status code of the response."),
  simple("version", "text", "The HTTP version of the response, such as HTTP/1.1."),
  [
    "header",
    { type: "text", argument: "header", usage: "header NAME", documentation: "The value of a response header." },
  ],
  [
    "cookie",
    {
      type: "text",
      argument: "cookie",
      usage: "cookie NAME[Attribute]",
      documentation: "The value of a cookie that the response sets, or of one of its attributes.",
    },
  ],
  [
    "body",
    {
      type: "any",
      argument: "json-path",
      usage: "body.$.PATH",
      documentation: "The response body as text, or with a JSONPath (RFC 9535) behind it the part of its JSON.",
    },
  ],
  [
    "xpath",
    {
      type: "any",
      argument: "xpath",
      usage: 'xpath "EXPRESSION"',
      documentation: "What an XPath 1.0 expression finds in the XML or HTML body.",
    },
  ],
  [
    "regex",
    {
      type: "text",
      argument: "regex",
      usage: "regex /PATTERN/",
      documentation: "The first group of a pattern in the body, or its whole match where it has no group.",
    },
  ],
  simple("bytes", "number", "The length of the decoded body in bytes."),
  simple("sha256", "text", "The SHA-256 of the decoded body in hexadecimal."),
  simple("duration", "duration", "The time of the whole exchange."),
  simple("url", "text", "The URL that answered, after redirects."),
  simple("redirects", "number", "How many redirects were followed."),
  simple("tls.protocol", "text", "The TLS version, such as TLSv1.3."),
  simple("tls.cipher", "text", "The cipher suite."),
  simple("tls.alpn", "text", "The protocol chosen by ALPN, such as http/1.1."),
  simple("tls.group", "text", "The key exchange group, such as X25519."),
  simple("tls.resumed", "boolean", "Whether the TLS session was resumed."),
  simple("tls.verified", "boolean", "Whether the server's certificate was verified."),
  ...certificateFields.map(([name, type, text]) =>
    simple(`tls.certificate.${name}`, type, `The server certificate's ${text}.`),
  ),
  ...certificateFields.map(([name, type, text]) =>
    simple(`tls.chain[0].${name}`, type, `The ${text} of a certificate of the chain; 0 is the server's own.`),
  ),
  simple("tls.clientCertificate.subject", "text", "The subject of the client certificate that was presented."),
  simple("failure.code", "text", "The code of the failure that ended the exchange, such as tls.expired."),
]);

/** The fact for a name as written, any index in `tls.chain[n]`. */
export function queryFactOf(name: string): QueryFact | undefined {
  return queryFacts.get(name) ?? queryFacts.get(name.replace(/^tls\.chain\[\d{1,3}\]/, "tls.chain[0]"));
}
