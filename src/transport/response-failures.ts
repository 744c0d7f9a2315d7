import { Failure } from "../common/failure.ts";
import { byteSize } from "../common/units.ts";

/** Responses that are too much, or not what they say: ended by us, whatever the server has still to send. */

export function bodyTooLarge(limit: number, isStored: boolean): Failure {
  return new Failure({
    code: "response.too-large",
    title: `The response is larger than ${byteSize(limit)}`,
    detail: `The connection was closed when its body had grown beyond ${byteSize(limit)}; what had come before is kept.`,
    fix: isStored
      ? 'Ask the server for a part of it, with a Range header or a page parameter, or raise "padlock.maxBodySize".'
      : "Ask the server for a part of it, for example with a Range header or a page parameter.",
  });
}

export function tooManyInformational(limit: number): Failure {
  return new Failure({
    code: "response.too-large",
    title: "The server sends no end of interim responses",
    detail: `More than ${limit} responses of status 1xx came, and no final one. The connection was closed.`,
    fix: "Look into the server, or at a proxy between: each request has one final response (RFC 9110 §15.2).",
  });
}

export function tooManyHeaders(limit: number, isTrailer = false): Failure {
  const what = isTrailer ? "trailer" : "header";
  return new Failure({
    code: "response.too-large",
    title: `The response has more than ${limit} ${what} fields`,
    detail: `The server sent more ${what} fields than Padlock takes from one response. The connection was closed.`,
    fix: "Look into the server, or at a proxy between: it may repeat a field, such as Set-Cookie, without end.",
  });
}

function headerTooLarge(limit: number, cause: Error): Failure {
  return new Failure({
    code: "response.too-large",
    title: `The header of the response is larger than ${limit / 1024} KB`,
    detail: `Status line and header fields together may have ${limit / 1024} KB. The connection was closed.`,
    fix: "Let the server send less in its header fields; cookies are what grows as a rule.",
    cause,
  });
}

export function decompressionFailure(coding: string, cause: Error): Failure {
  return new Failure({
    code: "response.decompression",
    title: "The response could not be decompressed",
    detail: `The server says that the body is encoded with “${coding}”, but it is not, or it is damaged or incomplete.`,
    fix: "Send the header “Accept-Encoding: identity” to get the body uncompressed.",
    cause,
  });
}

export function decompressionBomb(wire: number, inflated: number): Failure {
  return new Failure({
    code: "response.decompression",
    title: "The response grows too much when it is decompressed",
    detail: `${byteSize(wire)} on the wire had become ${byteSize(inflated)}, as only a decompression bomb does. The connection was closed.`,
    fix: "If the server is meant to send this, ask for it uncompressed with the header “Accept-Encoding: identity”.",
  });
}

/** By the parser's code: what the response has wrong (RFC 9112), as the end of a sentence. */
const faults: Readonly<Record<string, string>> = {
  HPE_INVALID_CHUNK_SIZE: "the size of a chunk of its body is not a number (RFC 9112 §7.1)",
  HPE_INVALID_CONTENT_LENGTH: "its Content-Length is not one number (RFC 9112 §6.2)",
  HPE_UNEXPECTED_CONTENT_LENGTH:
    "it has a Content-Length beside another one or beside Transfer-Encoding (RFC 9112 §6.3)",
  HPE_INVALID_TRANSFER_ENCODING: "its Transfer-Encoding does not end with chunked (RFC 9112 §6.1)",
  HPE_INVALID_HEADER_TOKEN: "a header field has a character that may not be there (RFC 9110 §5)",
  HPE_INVALID_STATUS: "its status is not a number of three digits (RFC 9112 §4)",
  HPE_INVALID_VERSION: "its HTTP version is not known (RFC 9112 §2.3)",
  HPE_INVALID_CONSTANT: "it does not begin with “HTTP/” (RFC 9112 §4)",
  HPE_CR_EXPECTED: "a line does not end with CR LF (RFC 9112 §2.2)",
  HPE_LF_EXPECTED: "a line does not end with CR LF (RFC 9112 §2.2)",
  HPE_STRICT: "a line does not end with CR LF (RFC 9112 §2.2)",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "its body has another length than its Content-Length says (RFC 9112 §6.2)",
};

/** What the parser says of a response that breaks the rules of HTTP; undefined for an error that is not the parser's. */
export function malformedFailure(error: Error, host: string, headerLimit: number): Failure | undefined {
  const code = "code" in error ? String(error.code) : "";
  if (code === "UND_ERR_HEADERS_OVERFLOW") return headerTooLarge(headerLimit, error);
  if (error.name !== "HTTPParserError" && !/^HPE_|UND_ERR_RES_CONTENT_LENGTH/.test(code)) return undefined;
  const fault = faults[code];
  const words = fault ? `: ${fault}` : ` (${code || "parser error"})`;
  return new Failure({
    code: "response.malformed",
    title: "The server's answer is not valid HTTP",
    detail: `${host} sent a response that breaks the rules of HTTP/1.1${words}.`,
    fix: "Look into the server, or at a proxy between. Nothing in the request can change this.",
    cause: error,
  });
}
