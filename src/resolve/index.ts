export { type PrepareInput, prepareRequest } from "./prepare.ts";
export type { PreparedRequest } from "./prepared-request.ts";
