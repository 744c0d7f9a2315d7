export { checkListed, checkSecret } from "./allow-list.ts";
export { createBodyRedactingStream } from "./body-redacting-stream.ts";
export { type Dotenv, loadDotenv } from "./dotenv.ts";
export { type Environment, processEnvironment } from "./environment.ts";
export { createLiveText, type LiveText } from "./live-text.ts";
export { allButUnreserved, percentDecoded, percentEncode, unfitForUrl } from "./percent-encoding.ts";
export { redactFailure } from "./redact-failure.ts";
export { createRedactingStream, type RedactingStream } from "./redacting-stream.ts";
export { createRedactor, type Redactor } from "./redactor.ts";
