import { type Alert, chosenText, quotedMembers, versionFix, versionsText } from "./alert-context.ts";
import { certificateAlerts } from "./certificate-alerts.ts";
import { entryName, hostSetting } from "./host-setting.ts";

const failed = "tls.handshake-failed";
const noShared = "tls.no-shared-cipher";

const serverLog = "Look into the server's log for the reason; nothing in the request can change it.";
const onTheWay =
  "Send again. If it happens every time, something on the way (a proxy, a firewall) may change the bytes, or the server's TLS is broken.";
/** By number: the names in Node's codes differ between versions of OpenSSL. */
export const alerts: Readonly<Record<number, Alert>> = {
  ...certificateAlerts,
  0: {
    name: "close_notify",
    code: failed,
    title: "The server closed the connection in the handshake",
    detail: "It ended the connection in an orderly way before anything was agreed.",
    fix: "The server may be shutting down, or may not take connections from here. Send again, or look into its log.",
  },
  10: {
    name: "unexpected_message",
    code: failed,
    title: "The server did not expect this step of the handshake",
    detail: "One of the two sides broke the order of TLS messages; old or broken TLS software does so.",
    fix: serverLog,
  },
  20: {
    name: "bad_record_mac",
    code: failed,
    title: "The server says that what it got was damaged",
    detail: "An encrypted record did not pass its check.",
    fix: onTheWay,
  },
  21: {
    name: "decryption_failed",
    code: failed,
    title: "The server could not decrypt what it got",
    detail: "TLS 1.2 and later no longer have this alert, so the server's TLS software is very old.",
    fix: onTheWay,
  },
  22: {
    name: "record_overflow",
    code: failed,
    title: "The server says that a TLS record was too long",
    detail: "A record was longer than TLS allows, or than the server takes.",
    fix: onTheWay,
  },
  30: {
    name: "decompression_failure",
    code: failed,
    title: "The server could not decompress what it got",
    detail: "Padlock never compresses TLS, so the server's TLS software is broken or very old.",
    fix: serverLog,
  },
  40: {
    name: "handshake_failure",
    code: noShared,
    title: "The server and Padlock found no common way to encrypt",
    detail: (context) => `They share no cipher suite, group or signature algorithm.${chosenText(context)}`,
    fix: (context) =>
      context.chosen.length > 0
        ? `Take ${quotedMembers(context)} out of ${entryName(context)}, or add what the server offers.`
        : "The server must offer TLS 1.2 or 1.3 with a modern cipher suite and a key of RSA 2048, EC P-256 or better.",
  },
  47: {
    name: "illegal_parameter",
    code: failed,
    title: "The server says that a value in the handshake is not allowed",
    detail: "A field did not fit the others; old or broken TLS software says so of newer clients.",
    fix: serverLog,
  },
  50: {
    name: "decode_error",
    code: failed,
    title: "The server could not read a message of the handshake",
    detail: "A field was out of range or a length was wrong.",
    fix: onTheWay,
  },
  60: {
    name: "export_restriction",
    code: noShared,
    title: "The server insists on encryption of export strength",
    detail: "Such weak encryption is never used, and the server's TLS software is more than twenty years old.",
    fix: "Whoever runs the server must update it.",
  },
  70: {
    name: "protocol_version",
    code: "tls.protocol-version",
    title: "The server speaks no TLS version that is allowed here",
    detail: (context) => `Padlock offered ${versionsText(context)}.`,
    fix: versionFix,
  },
  71: {
    name: "insufficient_security",
    code: noShared,
    title: "The server wants stronger encryption",
    detail: (context) => `It refused every cipher suite that was offered.${chosenText(context)}`,
    fix: "Ask whoever runs the server which cipher suites it takes.",
  },
  80: {
    name: "internal_error",
    code: failed,
    title: "The server reports an error of its own",
    detail: "It could not go on, for a reason that has nothing to do with this request.",
    fix: "Look into the server's log. Servers of many sites also answer so where no certificate is set up for a name.",
  },
  86: {
    name: "inappropriate_fallback",
    code: "tls.protocol-version",
    title: "The server refuses an older TLS version than both sides speak",
    detail: "It took this for an attempt to weaken the connection (RFC 7507).",
    fix: (context) =>
      `Take "maxVersion" out of ${entryName(context)} if it is there. Otherwise something on the way changes the handshake.`,
  },
  90: {
    name: "user_canceled",
    code: failed,
    title: "The server canceled the handshake",
    detail: "It stopped for a reason that has nothing to do with TLS.",
    fix: "Send again. If it happens every time, look into the server's log.",
  },
  100: {
    name: "no_renegotiation",
    code: failed,
    title: "The server does not negotiate again",
    detail: "Padlock did not ask for that, so the server's TLS software is broken.",
    fix: serverLog,
  },
  109: {
    name: "missing_extension",
    code: failed,
    title: "The server misses an extension in the handshake",
    detail: (context) => `It needs something that was not sent, such as a host name (sent: ${context.name}).`,
    fix: "Write the server's host name in the URL in place of an IP address, if that is what stands there.",
  },
  110: {
    name: "unsupported_extension",
    code: failed,
    title: "The server stumbles over an extension of the handshake",
    detail: "It got an extension that it did not expect.",
    fix: serverLog,
  },
  111: {
    name: "certificate_unobtainable",
    code: failed,
    title: "The server could not fetch a certificate",
    detail: "It expects certificates to be at a URL (RFC 6066 §5), which Padlock does not use.",
    fix: serverLog,
  },
  112: {
    name: "unrecognized_name",
    code: "tls.unrecognized-name",
    title: "The server does not know this host name",
    detail: (context) => `No site of the name ${context.name} is set up there.`,
    fix: (context) =>
      context.name === context.host
        ? `Check the host in the URL. If the server is set up under another name, ${hostSetting(context, '"servername": "the.other.name"')}.`
        : `Correct ${context.nameOption ?? `"servername" in ${entryName(context)}`}.`,
  },
  113: {
    name: "bad_certificate_status_response",
    code: failed,
    title: "The server got an OCSP response that it does not take",
    detail: "Padlock sends none, so the server's TLS software is broken.",
    fix: serverLog,
  },
  114: {
    name: "bad_certificate_hash_value",
    code: failed,
    title: "The server fetched a certificate that is not the right one",
    detail: "It expects certificates to be at a URL (RFC 6066 §5), which Padlock does not use.",
    fix: serverLog,
  },
  115: {
    name: "unknown_psk_identity",
    code: failed,
    title: "The server works with keys that were shared before",
    detail: "It expects a pre-shared key, which Padlock does not use, in place of certificates.",
    fix: "Such a server cannot be reached with a certificate. Ask for one of its addresses that takes certificates.",
  },
  120: {
    name: "no_application_protocol",
    code: "tls.alpn",
    title: "The server does not speak the HTTP version that was offered",
    detail: "It takes other application protocols only (ALPN), such as HTTP/2.",
    fix: (context) =>
      `If the server speaks HTTP/2 only, write HTTP/2 after the URL in the request line, or ${hostSetting(context, '"http2": true')}.`,
  },
  121: {
    name: "ech_required",
    code: failed,
    title: "The server wants the host name encrypted",
    detail: "It demands Encrypted Client Hello, which Node.js does not offer.",
    fix: "Such a server cannot be reached from here.",
  },
};
