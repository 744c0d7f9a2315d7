export type HelpTopic = "padlock" | "run" | "list" | "check" | "inspect" | "certs";

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
  padlock inspect HOST   look at a server's TLS; no request is sent
  padlock certs COMMAND  make certificates for development: an authority, servers, clients
  padlock --help         show this help; padlock COMMAND --help shows the options of one
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
  --env NAME        use the variables of this environment of http-client.env.json, and its entries of padlock.hosts
  --var NAME=VALUE  give a variable this value, whatever the file says, or answer its @prompt; may be given more than
                    once; not for secrets: other users of this machine can read the arguments of a command
  --tls             print everything that is known of each TLS connection: parameters, both chains, OCSP, timestamps,
                    client certificate, findings; --json always has it
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

Proxies come from "proxy" in padlock.hosts, else from the environment, but not for this machine: https_proxy or
HTTPS_PROXY, http_proxy for http:, else ALL_PROXY, as http://, https:// or socks5://user:password@host:port; hosts of
NO_PROXY are reached directly.

A @prompt is asked at the terminal. Without one it needs --var, and @secret-prompt NAME the environment variable NAME;
padlock.secrets has to allow that name for the host.
Colours appear on a terminal; NO_COLOR=1 turns them off, FORCE_COLOR=1 on.

${exitCodeHelp}`,
  inspect: `padlock inspect HOST[:PORT] makes a TLS handshake, and tells everything about it; no request is sent. The port is 443
where none is given. Certificates, authorities, pins and the proxy of the host come from .vscode/settings.json, found
from the current folder upwards. HTTP/2 and HTTP/1.1 are offered (ALPN). The TLS versions that the server accepts are
tried on connections of their own, which show no client certificate.

Usage
  padlock inspect HOST[:PORT] [options]

Options
  --servername NAME  send this name as SNI, and verify the certificate for it
  --starttls no      what happens without the option too: TLS at once; other protocols are not supported
  --env NAME         use the entries of padlock.hosts for this environment
  --json             write the report as one JSON document
  -h, --help         show this help

Exit codes
  0    the server is verified
  2    it is not, or the connection failed
  3    a setting or an identity is wrong
  4    refused by policy
  64   wrong usage
  130  interrupted
`,
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
  certs: `padlock certs makes certificates for development: an authority of your own, and certificates from it for servers and
clients. The files are in a folder that Git ignores; private keys can be read by you alone. Nothing is added to the
trust stores of this machine: the settings that are printed make Padlock trust the authority, for its hosts only.

Usage
  padlock certs init              make the authority: ca.pem and ca-key.pem
  padlock certs server NAME…      make a certificate for a server of these names: localhost, 127.0.0.1, *.dev.test
  padlock certs client NAME       make a certificate for a client: alice, alice@example.com, billing-service

Options
  --dir FOLDER           the folder for the files, default certs
  --key-type TYPE        ec-p256 (default), ec-p384, rsa-2048, rsa-3072 or ed25519
  --days N               how long it is valid: the authority 3650 at most, a server 397, a client 825
  --force                replace files that are there; to renew a certificate, make it again with --force
  --write-settings       write the settings that use it into .vscode/settings.json; comments stay
  --json                 write one JSON document: {kind, files, certificate, settings, settingsFile, written, warnings}
  -h, --help             show this help

Options of init
  --name NAME            the authority's name, default your user name and machine
  --only NAME            the authority can issue for this name and those below it only; may be given more than once

Options of client
  --p12                  write one P12 (PKCS #12) file instead of PEM files
  --passphrase-env NAME  take the passphrase of the key from this environment variable
  --no-passphrase        do not ask for one; the key is not encrypted
  --host HOST            the host that it is for, as in the settings: localhost:8443; may be given more than once;
                         default: the servers whose certificates are in the folder

Without --passphrase-env it is asked at the terminal; without a terminal the key is not encrypted, and --p12 is refused.

Exit codes
  0    the files were written
  3    a file is there already, the authority is missing, or a file cannot be read or written
  64   wrong usage, such as a name that no certificate can have
  70   a fault of padlock itself
  130  interrupted
`,
};
