export interface HeaderFieldFact {
  /** As it is usually written; names are compared without case (RFC 9110 section 5.1). */
  readonly name: string;
  /** One sentence: what a client says with it. */
  readonly documentation: string;
  readonly link: string;
}

const row = (name: string, documentation: string, source = "mdn"): HeaderFieldFact => ({
  name,
  documentation,
  link:
    source === "mdn"
      ? `https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/${name}`
      : source.startsWith("rfc")
        ? `https://www.rfc-editor.org/rfc/${source}`
        : source,
});

const graphqlOverHttp = "https://graphql.github.io/graphql-over-http/draft/";
const w3cTrace = "https://www.w3.org/TR/trace-context/";

/** Header fields of requests: those of the standards and those that many APIs ask for. */
export const headerFields: readonly HeaderFieldFact[] = [
  row(
    "A-IM",
    "Instance manipulations the client accepts, such as a difference to an earlier version.",
    "rfc3229#section-10.5.3",
  ),
  row("Accept", "Media types the client can read, best first by their `q` weight."),
  row("Accept-Charset", "Character encodings the client can read; servers now ignore it.", "rfc9110#section-12.5.2"),
  row("Accept-Datetime", "Asks for the state of the resource at an earlier time.", "rfc7089#section-2.1.1"),
  row("Accept-Encoding", "Compressions the client can undo, such as `gzip` and `br`."),
  row("Accept-Language", "Natural languages the person prefers."),
  row("Access-Control-Request-Headers", "In a CORS preflight: the fields the real request will carry."),
  row("Access-Control-Request-Method", "In a CORS preflight: the method the real request will have."),
  row("Alt-Used", "The alternative service in use, which the server had named in `Alt-Svc`."),
  row("Authorization", "Credentials for the server: a scheme and what it needs, such as `Bearer` with a token."),
  row("Baggage", "Properties of a distributed trace, as `name=value` pairs.", "https://www.w3.org/TR/baggage/"),
  row("Cache-Control", "How caches on the way may answer or keep this exchange."),
  row("Connection", "Whether the connection stays open, and the fields that hold for the next hop only."),
  row("Content-Digest", "A digest of the body as it is sent, to detect changes on the way."),
  row("Content-Disposition", "Name and role of a body or a part of one."),
  row("Content-Encoding", "Compressions applied to the body."),
  row("Content-Language", "Natural language of the people the body is for."),
  row("Content-Length", "Size of the body in bytes. It is worked out when the request is sent."),
  row("Content-Location", "A URL at which the body itself can be found."),
  row(
    "Content-MD5",
    "An MD5 digest of the body; removed from the standard, use `Content-Digest`.",
    "rfc7231#appendix-B",
  ),
  row("Content-Range", "Which part of the whole the body is."),
  row("Content-Type", "Media type of the body."),
  row("Cookie", "Cookies the server had set, as `name=value` pairs."),
  row("DNT", "The person's wish not to be tracked; no longer a standard."),
  row("DPoP", "Proof that the client holds the key its token is bound to.", "rfc9449#section-4"),
  row("Date", "When the message was made."),
  row("Depth", "WebDAV: how deep into a collection the method reaches.", "rfc4918#section-10.2"),
  row("Destination", "WebDAV: where `COPY` and `MOVE` put the resource.", "rfc4918#section-10.3"),
  row("Device-Memory", "How much memory the device has, as a client hint."),
  row("Digest", "A digest of the selected representation; replaced by `Repr-Digest`.", "rfc3230#section-4.3.2"),
  row("Early-Data", "The request came in TLS early data and may be a replay."),
  row("Expect", "Behaviour the client needs of the server: `100-continue`."),
  row("Forwarded", "What a proxy knows of the client: address, host, scheme."),
  row("From", "E-mail address of the person who runs an automatic client."),
  row("Host", "Host and port the request is for. It is taken from the URL unless written here."),
  row("Idempotency-Key", "A key by which the server recognises a repeated request and answers it once."),
  row("If", "WebDAV: lock tokens and ETags that must hold.", "rfc4918#section-10.4"),
  row("If-Match", "Act only when the resource still has one of these ETags."),
  row("If-Modified-Since", "Send the resource only when it changed after this date."),
  row("If-None-Match", "Act only when the resource has none of these ETags; `*` means it does not exist."),
  row("If-Range", "Send the part asked for when the resource is unchanged, else the whole."),
  row("If-Unmodified-Since", "Act only when the resource did not change after this date."),
  row("Keep-Alive", "How long, and for how many requests, the connection stays open."),
  row("Link", "Links to related resources, each with its relation."),
  row("Lock-Token", "WebDAV: the lock that `UNLOCK` ends.", "rfc4918#section-10.5"),
  row("Max-Forwards", "How many proxies a `TRACE` or `OPTIONS` request may pass."),
  row("Mcp-Session-Id", "Session of a Model Context Protocol client.", "https://modelcontextprotocol.io/specification"),
  row(
    "OData-MaxVersion",
    "Highest OData version the client accepts.",
    "https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html",
  ),
  row(
    "OData-Version",
    "OData version of the request.",
    "https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html",
  ),
  row("Origin", "Scheme, host and port of the page that makes the request."),
  row("Overwrite", "WebDAV: whether `COPY` and `MOVE` may replace the destination.", "rfc4918#section-10.6"),
  row("Pragma", "`no-cache` for HTTP/1.0 caches; use `Cache-Control`."),
  row("Prefer", "Behaviour the client would like, such as `return=minimal`."),
  row("Priority", "How urgent the response is, and whether it is useful in parts."),
  row("Proxy-Authorization", "Credentials for a proxy."),
  row("Proxy-Connection", "Not a standard field; use `Connection`.", "rfc9112#appendix-C.2.2"),
  row("Range", "Asks for parts of the resource, mostly as byte ranges."),
  row("Referer", "Address of the page that linked here."),
  row("Repr-Digest", "A digest of the whole representation, whatever part is sent."),
  row(
    "SOAPAction",
    "Intent of a SOAP 1.1 request, as a quoted URI.",
    "https://www.w3.org/TR/2000/NOTE-SOAP-20000508/#_Toc478383528",
  ),
  row("Save-Data", "The person prefers small responses, as a client hint."),
  row("Sec-Fetch-Dest", "What a browser will use the response for."),
  row("Sec-Fetch-Mode", "The mode in which a browser fetches."),
  row("Sec-Fetch-Site", "How the page and the server are related."),
  row("Sec-Fetch-User", "`?1` when the person started a navigation."),
  row("Sec-WebSocket-Key", "Random key of a WebSocket handshake."),
  row("Sec-WebSocket-Protocol", "Subprotocols a WebSocket client offers."),
  row("Sec-WebSocket-Version", "Version of the WebSocket protocol, `13`."),
  row("Signature", "Signatures over parts of the message.", "rfc9421#section-4.2"),
  row("Signature-Input", "Which parts of the message each signature covers.", "rfc9421#section-4.1"),
  row("Slug", "The wish for a name of the resource that a `POST` makes.", "rfc5023#section-9.7"),
  row("TE", "Transfer codings the client accepts, and `trailers`."),
  row("Timeout", "WebDAV: how long a lock should last.", "rfc4918#section-10.7"),
  row("Trailer", "Names of the fields that follow a chunked body."),
  row(
    "Transfer-Encoding",
    "How the body is framed for this hop, such as `chunked`. It is chosen when the request is sent.",
  ),
  row("Upgrade", "Another protocol to go on with on this connection."),
  row("Upgrade-Insecure-Requests", "The client prefers an encrypted response."),
  row("User-Agent", "Name and version of the client."),
  row("Via", "Proxies the message went through."),
  row(
    "X-API-Key",
    "An API key, as many services want it.",
    "https://swagger.io/docs/specification/v3_0/authentication/api-keys/",
  ),
  row(
    "X-CSRF-Token",
    "A token that shows that the request comes from the site's own pages.",
    "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html",
  ),
  row(
    "X-XSRF-TOKEN",
    "The same under the name that Angular gives it.",
    "https://angular.dev/best-practices/security#httpclient-xsrf-csrf-security",
  ),
  row(
    "X-Correlation-ID",
    "An identifier that ties the log entries of one request together.",
    "https://microservices.io/patterns/observability/distributed-tracing.html",
  ),
  row("X-Forwarded-For", "Addresses of the client and the proxies on the way."),
  row("X-Forwarded-Host", "The host the client asked a proxy for."),
  row("X-Forwarded-Proto", "The scheme by which the client reached a proxy."),
  row(
    "X-HTTP-Method-Override",
    "The method that is meant, where only `POST` gets through.",
    "https://cloud.google.com/apis/docs/system-parameters",
  ),
  row("X-Request-ID", "An identifier of this request for the server's log.", "https://http.dev/x-request-id"),
  row(
    "X-Request-Type",
    "`GraphQL` says that the body is a GraphQL query with its variables; the field itself is not sent.",
    graphqlOverHttp,
  ),
  row("X-Requested-With", "`XMLHttpRequest`: the request was made by a script.", "https://http.dev/x-requested-with"),
  row("traceparent", "Identifiers of a distributed trace.", `${w3cTrace}#traceparent-header`),
  row("tracestate", "What tracing systems add to `traceparent`.", `${w3cTrace}#tracestate-header`),
];

const byName = new Map(headerFields.map((fact) => [fact.name.toLowerCase(), fact]));

export function headerFieldFact(name: string): HeaderFieldFact | undefined {
  return byName.get(name.toLowerCase());
}
