/** What undici 8 needs; below it the engine does not even load. */
export const oldestNode = "22.19.0";

/** `version`: as `process.versions.node` gives it. */
export function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split(".").map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
