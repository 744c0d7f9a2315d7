/* Commands that are rarely used: a bundle of their own, so that no activation loads them. */
export { createCertificates } from "../certs/create-certificates.ts";
export { inspectTls } from "../inspect/inspect-tls.ts";
export { trustAuthority } from "../trust/trust-authority.ts";
