import type { ExpectedOutcome } from "../demo/index.ts";
import type { PanelReading } from "./vscode/panel.ts";

/** How what the panel shows differs from what the request's comment promises; empty when it does not. */
export function differences(shown: PanelReading, expected: ExpectedOutcome | undefined): string[] {
  if (!expected) return ["this request has no “expect” comment"];
  if (expected.kind === "failure") {
    return shown.failureCode === expected.code ? [] : [`expected the failure ${expected.code}`];
  }
  const problems: string[] = [];
  if (!shown.status.startsWith(`${expected.status} `)) problems.push(`expected status ${expected.status}`);
  if (!shown.verdict.startsWith("Verified")) problems.push("expected a verified connection");
  if (shown.protocol?.replace("TLSv", "TLS ") !== expected.protocol.replace("TLSv", "TLS ")) {
    problems.push(`expected ${expected.protocol}`);
  }
  if (!shown.leafSubject) problems.push("expected the subject of the server's certificate");
  return problems;
}
