import { Failure } from "../common/failure.ts";
import { certificateTextOf, quoted } from "./certificate-text.ts";
import { entryName } from "./host-setting.ts";
import type { PinMismatch } from "./pins.ts";
import { hostMember, type RefusedChain } from "./refused-chain.ts";

export function pinFailure(mismatch: PinMismatch, refused: RefusedChain): Failure {
  const { at, chain } = refused;
  const seen = mismatch.seen.map(({ subjectName, spkiPin }) => `${quoted(subjectName)} ${spkiPin}`);
  const setting = hostMember(refused, "pins");
  return new Failure({
    code: "tls.pin-mismatch",
    title: "The server does not show the pinned key",
    detail: `${at} showed ${certificateTextOf(chain[0])}. The keys in its chain are ${seen.join(", ")}. Pinned are ${mismatch.expected.join(", ")} (${setting}).`,
    fix: `If whoever runs the server tells you that its key has changed, add the new pin to "pins" in ${entryName(refused)}; let them confirm it on another way than this connection. Otherwise somebody may stand between you and the server.`,
    setting,
    cause: mismatch,
  });
}
