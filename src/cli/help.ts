export type HelpTopic = "padlock" | "run" | "list" | "check";

/** One line an exit code, in the order of `exitCodes`; every topic ends with those that it can give. */
const exitCodeHelp = `Exit codes
  0    every request was answered
  2    a request failed: network, TLS, timeout, a malformed response, too many redirects
  3    a file, setting, variable, value or identity is wrong, or nothing matched
  4    refused by policy
  64   wrong usage
  70   a fault of padlock itself
  130  interrupted
`;

const pathHelp = `PATH is a request file, or a folder whose .https, .http and .rest files are taken, those of its folders too, but not
of node_modules and of folders whose name starts with a dot.`;

export const helpTexts: Readonly<Record<HelpTopic, string>> = {
  padlock: `padlock sends the requests of .https files and tells everything about the TLS connections they went over.

Usage
  padlock run PATH…      send the requests of files and folders
  padlock list [PATH…]   list the requests as they are read; nothing is sent
  padlock check [PATH…]  find mistakes; nothing is sent
  padlock --help         show this help; padlock run --help, list --help and check --help show the options
  padlock --version      show the version

${exitCodeHelp}`,
  run: `padlock run PATH… sends the requests of the files, one after the other, in the order of the files.
A server that does not verify receives no byte of a request. Settings come from .vscode/settings.json, found from each
request file upwards; {{$env.NAME}} and {{$secret NAME}} come from the environment, and only for the hosts that
padlock.secrets names. A request with # @disabled is skipped unless --name names it.
${pathHelp}

Usage
  padlock run PATH… [options]

Options
  --name REQUEST    send only the request with this @name or title; may be given more than once
  --env NAME        use the variables of this environment of http-client.env.json
  --var NAME=VALUE  give a variable this value, whatever the file says, or answer its @prompt; may be given more than
                    once; not for secrets: other users of this machine can read the arguments of a command
  --json            write one JSON document to standard output, with every exchange in full
  --log FILE        add a line for each exchange to this file, without values of queries, headers and bodies: key=value
                    pairs, or JSON where FILE ends in .jsonl or .ndjson; - is standard error
  -h, --help        show this help

For this run alone; each may be given more than once. A HOST is written as in the settings: api.example.com,
*.example.com:8443, 127.0.0.1:*
  --allow-secret NAME=HOST  let this secret go to this host, as an entry of padlock.secrets does
  --unverified HOST         accept a certificate of this host that does not verify; no secret goes there
  --plain-http HOST         send to this host without encryption; no secret goes there
  --outside-path FOLDER     let files of this folder, such as certificates, be used beside those of the workspace folder

A @prompt is asked at the terminal. Without one it needs --var, and @secret-prompt NAME the environment variable NAME;
padlock.secrets has to allow that name for the host.
Colours appear on a terminal; NO_COLOR=1 turns them off, FORCE_COLOR=1 on.

${exitCodeHelp}`,
  list: `padlock list [PATH…] lists every request as it is read. No variable is replaced and nothing is sent.
${pathHelp} Without a PATH it is the current folder.

Usage
  padlock list [PATH…] [options]

Options
  --json      write a JSON array with one object a file: {file, requests, problems}
  -h, --help  show this help

Exit codes
  0    the files were read
  3    a file or folder cannot be read, or a folder has no request file
  64   wrong usage
`,
  check: `padlock check [PATH…] finds mistakes in request files and in the settings and environment files beside them. Nothing
is sent. Whether a variable of the environment or of .env is set on this machine is not asked.
${pathHelp} Without a PATH it is the current folder.

Usage
  padlock check [PATH…] [options]

Options
  --max-warnings N  end with 3 also for more than N warnings
  --json            write a JSON array of {file, line, column, endLine, endColumn, severity, code, message}
  -h, --help        show this help

Exit codes
  0    no errors
  3    an error, too many warnings, or a file or folder that cannot be read
  64   wrong usage
`,
};
