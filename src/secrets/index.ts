export { checkListed, checkSecret } from "./allow-list.ts";
export { type Dotenv, loadDotenv } from "./dotenv.ts";
export { type Environment, processEnvironment } from "./environment.ts";
export { allButUnreserved, percentDecoded, percentEncode, unfitForUrl } from "./percent-encoding.ts";
export { redactFailure } from "./redact-failure.ts";
export { createRedactingStream, type RedactingStream } from "./redacting-stream.ts";
export { createRedactor, type Redactor } from "./redactor.ts";
