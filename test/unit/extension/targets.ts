import type { SendTarget } from "../../../src/extension/request-runner.ts";

/** The only request of an unnamed file. */
export function target(change: Partial<SendTarget> = {}): SendTarget {
  return {
    document: "file:///project/api.https",
    key: { block: 0, digest: "d", name: undefined, blocks: 1 },
    source: { name: null, method: "GET", url: "https://api.example.com/users", file: "api.https", line: 1 },
    text: "GET https://api.example.com/users\n",
    file: "/project/api.https",
    ...change,
  };
}
