export type HelpTopic = "padlock" | "run";

/** One line an exit code, in the order of `exitCodes`; both topics end with it. */
const exitCodeHelp = `Exit codes
  0    every request was answered
  2    a request failed: network, TLS, timeout or a malformed response
  3    a file, setting, variable, value or identity is wrong, or nothing matched
  4    refused by policy
  64   wrong usage
  70   a fault of padlock itself
  130  interrupted
`;

export const helpTexts: Readonly<Record<HelpTopic, string>> = {
  padlock: `padlock sends the requests of .https files and tells everything about the TLS connections they went over.

Usage
  padlock run FILE…   send the requests of one or more files
  padlock --help      show this help; padlock run --help shows the options of run
  padlock --version   show the version

${exitCodeHelp}`,
  run: `padlock run FILE… sends the requests of the files, one after the other, in the order of the files.
A server that does not verify receives no byte of a request. Settings come from .vscode/settings.json, found from each
request file upwards; {{$env.NAME}} comes from the environment, and only for the hosts that padlock.secrets names.

Usage
  padlock run FILE… [options]

Options
  --name REQUEST  send only the request with this @name or title; may be given more than once
  --json          write one JSON document to standard output, with every exchange in full
  -h, --help      show this help

Colours appear on a terminal; NO_COLOR=1 turns them off, FORCE_COLOR=1 on.

${exitCodeHelp}`,
};
