import { Failure } from "../common/failure.ts";
import type { SourceLocation, TextRange } from "../common/range.ts";
import { patternFor } from "../settings/index.ts";
import type { RequestBlock } from "../syntax/index.ts";
import type { Followed } from "./redirects/follow.ts";

/** Where a server requires the client certificate that `# @no-client-cert` keeps back, that line is what to change. */
export function withKeptBackIdentity<F extends Followed>(
  followed: F,
  { directives }: RequestBlock,
  locate: (range: TextRange) => SourceLocation,
): F {
  const { result, request } = followed;
  const directive = directives.find(({ name }) => name.text === "no-client-cert");
  if (!directive || result.outcome.kind === "response") return followed;
  const { code, title, cause } = result.outcome.failure;
  if (code !== "tls.client-certificate-required") return followed;
  const { file, line } = locate(directive.range);
  const failure = new Failure({
    code,
    title,
    detail: `${patternFor(request.url)} asked for a client certificate, and @no-client-cert in ${file}:${line} keeps it back.`,
    fix: "Remove @no-client-cert above the request, so that the certificate of the host's entry in padlock.hosts is presented.",
    cause,
  });
  return { ...followed, result: { ...result, outcome: { ...result.outcome, failure } } };
}
