export type { BodyFiles } from "./body-file.ts";
export { bodyHeaders } from "./body-headers.ts";
export { type BodyTemplate, bodyTemplates } from "./body-template.ts";
export { fillBody } from "./fill-body.ts";
export { prepareBody } from "./prepare-body.ts";
