import type { Engine } from "../engine/contract.ts";
import type { HostMessage, PanelMessage } from "../protocol/messages.ts";
import type { RunState } from "./request-runner.ts";

/**
 * The answer to a click on Reveal: only for a header that is masked, of the exchange that the panel shows. The value goes
 * to the panel and nowhere else; secrets in it are still shown by name.
 */
export function revealHeader(
  { id, part, index }: Extract<PanelMessage, { type: "revealHeader" }>,
  state: RunState,
  engine: Pick<Engine, "reveal">,
): HostMessage | undefined {
  if (state.kind !== "finished" || state.exchange.id !== id) return undefined;
  if (!state.exchange[part]?.headers[index]?.masked) return undefined;
  return { type: "revealed", id, part, index, value: engine.reveal(id, { part, index }) ?? null };
}
