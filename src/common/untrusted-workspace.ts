import type { FailureInit } from "./failure.ts";

/** Why nothing is sent in Restricted Mode: the same words wherever it is refused. */
export const untrustedWorkspace = {
  code: "policy.untrusted-workspace",
  title: "This workspace is not trusted",
  detail:
    "VS Code runs this window in Restricted Mode. Nothing was sent, and no certificate, secret or environment variable was read.",
  fix: "If you trust the people who wrote these files, run “Workspaces: Manage Workspace Trust” from the Command Palette, trust the folder, and send again.",
} as const satisfies FailureInit;
