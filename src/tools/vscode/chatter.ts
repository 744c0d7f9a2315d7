/**
 * In a test run the workbench sends its own log the same way as what the tests print, with no mark of its origin. These
 * are its lines in the version that we fetch; a line that is not known is shown.
 */
const chatter: readonly RegExp[] = [
  /^Resolv(ing|ed) connection token /,
  /^Creating a socket /,
  /^\[reconnection-grace-time\]/,
  /^Ignoring fetching additional builtin extensions /,
  /^Updating additional builtin extensions cache/,
  /^\[AgentHost:/,
  /^\[AccountPolicyGate\]/,
  /^\[Service Worker\] registration/,
  // Native modules that VS Code does without: they are not compiled for the npm package.
  /spdlog\.node/,
  /build\/Release\/watchdog/,
];

export function isChatter(line: string): boolean {
  return chatter.some((pattern) => pattern.test(line));
}
