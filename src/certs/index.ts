export { checkAuthority } from "./authority-check.ts";
export { checkName, readServerNames } from "./check-order.ts";
export { makeAuthority } from "./make-authority.ts";
export { makeClient } from "./make-client.ts";
export { makeServer } from "./make-server.ts";
export { saveAuthority } from "./save-authority.ts";
export { trustPlace } from "./trust-place.ts";
export { writeAuthority, writeHosts } from "./write-settings.ts";
