import { type Alert, type AlertContext, clientSource } from "./alert-context.ts";

const rejected = "tls.client-certificate-rejected";

const newCertificate = (context: AlertContext) =>
  `Get a new client certificate and name it in ${clientSource(context)}.`;
const expectedCertificate = (context: AlertContext) =>
  `Check that ${clientSource(context)} names the client certificate that this server expects.`;

/** About the client's certificate, by number. */
export const certificateAlerts: Readonly<Record<number, Alert>> = {
  41: {
    name: "no_certificate",
    code: "tls.client-certificate-required",
    aboutCertificate: true,
    title: "The server misses a client certificate",
    detail: "Only SSL 3.0 had this alert, so the server's TLS software is very old.",
    fix: expectedCertificate,
  },
  42: {
    name: "bad_certificate",
    code: rejected,
    aboutCertificate: true,
    title: "The server says that the client certificate is damaged",
    detail: "It could not read the certificate, or a signature in it is wrong.",
    fix: expectedCertificate,
  },
  43: {
    name: "unsupported_certificate",
    code: rejected,
    aboutCertificate: true,
    title: "The server cannot use this kind of client certificate",
    detail:
      "It does not take the certificate's key type, or the certificate is not made for clients (extended key usage).",
    fix: "Ask whoever runs the server for a certificate with a key type that it takes (RSA 2048, EC P-256), made for clients.",
  },
  44: {
    name: "certificate_revoked",
    code: rejected,
    aboutCertificate: true,
    title: "The client certificate was revoked",
    detail: "The server says that its authority has withdrawn it.",
    fix: newCertificate,
  },
  45: {
    name: "certificate_expired",
    code: rejected,
    aboutCertificate: true,
    title: "The client certificate has expired, says the server",
    detail: "It refused the certificate for its dates, by its own clock.",
    fix: newCertificate,
  },
  46: {
    name: "certificate_unknown",
    code: rejected,
    aboutCertificate: true,
    title: "The server refused the client certificate",
    detail: "It gives no more exact reason than that something is wrong with it.",
    fix: expectedCertificate,
  },
  48: {
    name: "unknown_ca",
    code: rejected,
    aboutCertificate: true,
    title: "The server does not know the client certificate's authority",
    detail: "It does not trust who signed the certificate, or an intermediate certificate is missing from the file.",
    fix: (context) =>
      `Name a certificate from an authority that the server trusts in ${clientSource(context)}, and put its intermediates into the same file, after it.`,
  },
  49: {
    name: "access_denied",
    code: rejected,
    aboutCertificate: true,
    title: "The server denied access to this client certificate",
    detail: "The certificate is valid, but not allowed here.",
    fix: "Ask whoever runs the server to allow it.",
  },
  51: {
    name: "decrypt_error",
    code: rejected,
    aboutCertificate: true,
    title: "The server could not check the client's signature",
    detail: "The key may not belong to the certificate, or the handshake was changed on the way.",
    fix: expectedCertificate,
  },
  116: {
    name: "certificate_required",
    code: "tls.client-certificate-required",
    aboutCertificate: true,
    title: "The server requires a client certificate",
    detail: "It asked for one and got none that it could use.",
    fix: expectedCertificate,
  },
};
