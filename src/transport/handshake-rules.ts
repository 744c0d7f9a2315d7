import type { FailureCode } from "../common/failure.ts";
import { type AlertContext, versionFix } from "./alert-context.ts";

interface HandshakeRule {
  readonly code: FailureCode;
  readonly title: string;
  readonly detail: (context: AlertContext) => string;
  readonly fix: string | ((context: AlertContext) => string);
}

const failed = "tls.handshake-failed";
const brokenTls =
  "Look into the server's TLS software, or at a proxy or firewall between. Nothing in the request can change this.";

/**
 * What this side of the handshake found wrong, by the error's code: OpenSSL's reason after `ERR_SSL_`, or the system's.
 * The first that fits counts; the last fits all.
 */
export const handshakeRules: readonly (readonly [RegExp, HandshakeRule])[] = [
  [
    /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_TOO_SMALL|BAD_RECORD_TYPE/,
    {
      code: "tls.not-tls",
      title: "The server does not speak TLS on this port",
      detail: ({ at }) => `${at} answered with something that is not TLS; plain HTTP, as a rule.`,
      fix: "Correct the port in the URL. Plain http is allowed to this machine only (write http://localhost…).",
    },
  ],
  [
    /UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS|WRONG_SSL_VERSION/,
    {
      code: "tls.protocol-version",
      title: "The server speaks no TLS version that is allowed here",
      detail: ({ at }) => `${at} wanted a TLS version that was not offered.`,
      fix: versionFix,
    },
  ],
  [
    /UNKNOWN_CIPHER_RETURNED|WRONG_CIPHER_RETURNED|WRONG_CURVE|BAD_KEY_SHARE|WRONG_SIGNATURE_TYPE|NO_SUITABLE_/,
    {
      code: "tls.no-shared-cipher",
      title: "The server chose a kind of encryption that was not offered",
      detail: ({ at }) => `${at} wants a cipher suite, group or signature algorithm that is too weak or unknown here.`,
      fix: "The server must offer TLS 1.2 or 1.3 with a modern cipher suite, and must choose among what the client offers.",
    },
  ],
  [
    /DH_KEY_TOO_SMALL|MODULUS_TOO_SMALL|UNKNOWN_SECURITY_BITS|ERR_TLS_DH_PARAM_SIZE|BAD_DH_VALUE/,
    {
      code: "tls.weak-key",
      title: "The server's key exchange is too weak",
      detail: ({ at }) => `${at} offered Diffie-Hellman parameters of less than 2048 bits.`,
      fix: "The server needs Diffie-Hellman parameters of at least 2048 bits, or better an elliptic-curve key exchange.",
    },
  ],
  [
    /EXCESSIVE_MESSAGE_SIZE/,
    {
      code: failed,
      title: "The server's certificate is too large",
      detail: ({ at }) =>
        `${at} sent a certificate chain of more than 100 KB. Certificates grow so large when they list thousands of names.`,
      fix: "Whoever runs the server must split its names over several certificates.",
    },
  ],
  [
    /UNSAFE_LEGACY_RENEGOTIATION/,
    {
      code: failed,
      title: "The server's TLS is too old to be safe",
      detail: ({ at }) =>
        `${at} does not know secure renegotiation (RFC 5746), so somebody could put data before the request.`,
      fix: "Whoever runs the server must update its TLS software.",
    },
  ],
  [
    /BAD_SIGNATURE|DECRYPTION_FAILED|BAD_RECORD_MAC|DIGEST_CHECK_FAILED|DECRYPT_ERROR/,
    {
      code: failed,
      title: "The server's handshake does not pass its checks",
      detail: ({ at }) =>
        `${at} could not prove that it has the key of its certificate, or the handshake was changed on the way.`,
      fix: "Somebody may stand between you and the server. Ask whoever runs it whether its certificate and key belong together.",
    },
  ],
  [
    /UNEXPECTED_MESSAGE|LENGTH_MISMATCH|LENGTH_TOO|BAD_EXTENSION|BAD_LENGTH|BAD_LEGACY_VERSION|DECODE_ERROR|UNEXPECTED_CCS|BAD_HELLO|BAD_PACKET|EXTRA_DATA|INVALID_/,
    {
      code: failed,
      title: "The server's handshake breaks the rules of TLS",
      detail: ({ at }) => `${at} sent a message that does not belong there or cannot be read.`,
      fix: brokenTls,
    },
  ],
  [
    /^ECONNRESET$|^EPIPE$|^$/,
    {
      code: failed,
      title: "The server closed the connection in the TLS handshake",
      detail: ({ at }) => `${at} ended the connection before it was encrypted, without saying why.`,
      fix: "Look into the server's log for the reason. A port that does not speak TLS behaves like this too, and so does a firewall, or a server that does not know the host name.",
    },
  ],
  [
    /(?:)/,
    {
      code: failed,
      title: "The TLS handshake did not succeed",
      detail: ({ at }) => `The handshake with ${at} ended with an error that is not a known one.`,
      fix: brokenTls,
    },
  ],
];
