/** What stands above a request that is not running: "Send", later "Send again · 200 · 43 ms". */
export function sendTitle(outcome: string | undefined): string {
  return outcome === undefined ? "$(play) Send" : `$(play) Send again · ${outcome}`;
}

/** What stands above the running request; `elapsed` in milliseconds. */
export function cancelTitle(elapsed: number): string {
  return `$(debug-stop) Cancel (${elapsedText(elapsed)})`;
}

/** Tenths of a second also below one second: a number that only grows. */
export function elapsedText(elapsed: number): string {
  return `${(elapsed / 1000).toFixed(1)} s`;
}
