import type { RequestFile } from "../../syntax/index.ts";
import { findUnchanged } from "../request-key.ts";
import { plain } from "../text.ts";
import type { HistoryEntry } from "./history-entry.ts";

/**
 * The block that sends the very request of an entry again, or why there is none. Unlike the last request that was sent,
 * this one may be days old: the same name or place is not enough, nor is another environment.
 */
export function blockToSendAgain(
  file: RequestFile,
  { key, environment }: HistoryEntry,
  activeEnvironment: string,
): number | { readonly refused: string } {
  const goThere = "Run “Padlock: Go to Request” and send it from there.";
  if (!key) return { refused: `This request was sent because another one needed it. ${goThere}` };
  const block = findUnchanged(file, key);
  if (block === undefined) return { refused: `The request in the file is not the one that was sent then. ${goThere}` };
  if (environment !== activeEnvironment) {
    return {
      refused: `It was sent ${named(environment)}, and would now be sent ${named(activeEnvironment)}. ${goThere}`,
    };
  }
  return block;
}

function named(environment: string): string {
  return environment === "" ? "without an environment" : `with the environment ${plain(environment, 40)}`;
}
