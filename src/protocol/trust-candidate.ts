import type { FailureCode } from "../common/failure.ts";
import type { ExchangeView } from "./exchange-view.ts";

/** The server's chain is in order, as far as it goes, and ends in nobody that is trusted here. */
const unknownIssuer: readonly (FailureCode | undefined)[] = [
  "tls.unknown-authority",
  "tls.self-signed",
  "tls.incomplete-chain",
];

/**
 * Which certificate of a refused chain a person may want to trust for this host: the server's own where it is
 * self-signed, else the root, else the last intermediate, about which there is something to say. Undefined where there is
 * none, or where the server is refused for another reason. Whether it can be trusted is asked where it is done.
 */
export function trustCandidate({
  failure,
  connection,
}: Pick<ExchangeView, "failure" | "connection">): number | undefined {
  const chain = connection?.tls?.chain ?? [];
  if (!unknownIssuer.includes(failure?.code)) return undefined;
  if (chain[0]?.selfSigned) return 0;
  const root = chain.findLastIndex(({ isAuthority, selfSigned }) => isAuthority && selfSigned);
  const index = root < 0 ? chain.findLastIndex(({ isAuthority }) => isAuthority) : root;
  return index < 0 ? undefined : index;
}
