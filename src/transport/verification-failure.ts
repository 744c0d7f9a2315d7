import { Failure } from "../common/failure.ts";
import { wholeText } from "../common/whole-text.ts";
import { crlRules } from "./crl-rules.ts";
import { pinFailure } from "./pin-failure.ts";
import { PinMismatch } from "./pins.ts";
import type { RefusedChain, VerificationRule } from "./refused-chain.ts";
import { rulesByCode, rulesByMessage } from "./verification-rules.ts";

/** @returns undefined when the error is not a verdict on a certificate. */
export function verificationFailure(
  error: Error,
  verifyError: string | undefined,
  refused: RefusedChain,
): Failure | undefined {
  if (error instanceof PinMismatch) return pinFailure(error, refused);
  const code = verifyError ?? ("code" in error ? String(error.code) : "");
  const rule =
    rulesByCode[code] ?? crlRules[code] ?? rulesByMessage.find(([pattern]) => pattern.test(error.message))?.[1];
  if (rule) return toFailure(rule, refused, error);
  return verifyError === undefined ? undefined : toFailure(otherRule(code, error.message), refused, error);
}

function toFailure(rule: VerificationRule, refused: RefusedChain, cause: Error): Failure {
  return new Failure({
    code: rule.code,
    title: rule.title(refused),
    detail: rule.detail(refused),
    fix: rule.fix(refused),
    cause,
  });
}

function otherRule(code: string, message: string): VerificationRule {
  const reason = code === "UNSPECIFIED" ? message : code;
  return {
    code: "tls.unknown-authority",
    title: () => "The server's certificate could not be verified",
    detail: ({ at, trustLabel }) =>
      `The check of ${at}'s chain ended with “${wholeText(reason, 150)}”. Trusted are: ${trustLabel}.`,
    fix: () => "Look at the refused chain: the reason is in one of its certificates.",
  };
}
