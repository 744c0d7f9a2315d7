/** What JetBrains writes behind `HTTP/2` for a connection without an upgrade. */
export const priorKnowledge = /[ \t]+\(prior knowledge\)$/i;

const versions: ReadonlyMap<string, "1.1" | "2"> = new Map([
  ["1.1", "1.1"],
  ["2", "2"],
  ["2.0", "2"],
]);

/** The number of `HTTP/2 (prior knowledge)`: "2"; "" for text that is no version. */
export function versionNumber(text: string): string {
  return /^HTTP\/(.*)$/i.exec(text.replace(priorKnowledge, ""))?.[1] ?? "";
}

/** The version that a request line asks for; undefined for one that cannot be sent. */
export function readHttpVersion(text: string): "1.1" | "2" | undefined {
  return versions.get(versionNumber(text));
}
