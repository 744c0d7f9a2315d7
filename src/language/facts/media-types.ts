export interface MediaTypeFact {
  readonly name: string;
  /** A few words: what it is for. */
  readonly documentation: string;
}

const row = (name: string, documentation: string): MediaTypeFact => ({ name, documentation });

/** Media types that requests often carry or ask for, the most usual first; registered with IANA but for a few `x-`. */
export const mediaTypes: readonly MediaTypeFact[] = [
  row("application/json", "JSON (RFC 8259)"),
  row("application/x-www-form-urlencoded", "Form fields as name=value pairs"),
  row("multipart/form-data", "Form fields and files, in parts between boundaries (RFC 7578)"),
  row("text/plain", "Plain text"),
  row("application/xml", "XML (RFC 7303)"),
  row("text/html", "HTML"),
  row("application/octet-stream", "Any bytes"),
  row("application/graphql", "A GraphQL document"),
  row("application/graphql-response+json", "A GraphQL response"),
  row("application/problem+json", "What went wrong, as JSON (RFC 9457)"),
  row("application/problem+xml", "What went wrong, as XML (RFC 9457)"),
  row("application/json-patch+json", "Changes to a JSON document as operations (RFC 6902)"),
  row("application/merge-patch+json", "Changes to a JSON document as a JSON document (RFC 7396)"),
  row("application/ld+json", "Linked data as JSON-LD"),
  row("application/hal+json", "JSON with links in the HAL form"),
  row("application/vnd.api+json", "JSON:API documents"),
  row("application/geo+json", "Geographic features (RFC 7946)"),
  row("application/schema+json", "A JSON Schema"),
  row("application/scim+json", "Users and groups, SCIM (RFC 7644)"),
  row("application/fhir+json", "Health records, FHIR"),
  row("application/x-ndjson", "One JSON value a line"),
  row("application/json-seq", "JSON values, each behind a record separator (RFC 7464)"),
  row("application/yaml", "YAML (RFC 9512)"),
  row("application/toml", "TOML"),
  row("application/cbor", "Binary JSON-like values (RFC 8949)"),
  row("application/msgpack", "MessagePack"),
  row("application/protobuf", "Protocol Buffers"),
  row("application/grpc", "gRPC over HTTP/2"),
  row("application/soap+xml", "SOAP 1.2 (RFC 3902)"),
  row("application/atom+xml", "Atom feeds (RFC 4287)"),
  row("application/rss+xml", "RSS feeds"),
  row("application/jwt", "A JSON Web Token (RFC 7519)"),
  row("application/jose+json", "Signed or encrypted JSON (RFC 7515)"),
  row("application/jwk-set+json", "A set of JSON Web Keys (RFC 7517)"),
  row("application/pkcs10", "A certificate signing request (RFC 5967)"),
  row("application/pem-certificate-chain", "Certificates in PEM (RFC 8555)"),
  row("application/ocsp-request", "A question about a certificate's revocation (RFC 6960)"),
  row("application/pdf", "PDF (RFC 8118)"),
  row("application/zip", "ZIP archives"),
  row("application/gzip", "Data compressed with gzip (RFC 6713)"),
  row("application/javascript", "JavaScript; text/javascript is the current name (RFC 9239)"),
  row("text/javascript", "JavaScript (RFC 9239)"),
  row("text/css", "Style sheets"),
  row("text/csv", "Tables as comma-separated values (RFC 4180)"),
  row("text/event-stream", "Server-sent events"),
  row("text/markdown", "Markdown (RFC 7763)"),
  row("text/xml", "XML; application/xml is preferred"),
  row("text/calendar", "Calendar entries, iCalendar (RFC 5545)"),
  row("multipart/mixed", "Parts of any kind between boundaries (RFC 2046)"),
  row("multipart/related", "Parts that belong together (RFC 2387)"),
  row("image/png", "PNG images"),
  row("image/jpeg", "JPEG images"),
  row("image/svg+xml", "SVG images"),
  row("image/webp", "WebP images"),
  row("audio/mpeg", "MP3 audio"),
  row("video/mp4", "MP4 video"),
];

const byName = new Map(mediaTypes.map((fact) => [fact.name, fact]));

export function mediaTypeFact(name: string): MediaTypeFact | undefined {
  return byName.get(name.toLowerCase());
}
