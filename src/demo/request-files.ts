import type { DemoServers } from "./servers.ts";

/** The `.https` files of the demo workspace by name, with the servers' real ports. */
export function requestFiles(servers: DemoServers): Readonly<Record<string, string>> {
  return {
    "1-first-request.https": firstRequest(servers),
    "2-mutual-tls.https": mutualTls(servers),
    "3-secrets.https": secrets(servers),
    "4-bodies-and-headers.https": bodiesAndHeaders(servers),
    "5-slow-large-redirect.https": slowLargeRedirect(servers),
    "6-must-fail.https": mustFail(servers),
    "7-http2-and-cookies.https": http2AndCookies(servers),
  };
}

/** What `< ./payload.json` sends. */
export const payload = `{
  "title": "A book from a file",
  "author": "You",
  "year": 2026
}
`;

const firstRequest = ({ api }: DemoServers) => `# Welcome to Padlock!
#
# These requests go to demo servers on your own machine. Click "Send" above one of them:
# the response opens beside this file.
#
# A line "# expect: ..." says what you should see.

### Say hello
# Padlock verifies the server before it sends a single byte. The Security tab shows how:
# three certificates, from the server's own up to the authority that .vscode/settings.json trusts.
# expect: 200 verified TLSv1.3
GET ${api.url}/

### The same, shorter
# Without a method it is GET. Without a scheme it is https.
# expect: 200 verified TLSv1.3
localhost:${api.port}/books

### A page that is not there
# The connection is fine, the answer is no.
# expect: 404 verified TLSv1.3
GET ${api.url}/no-such-page
`;

const mutualTls = ({
  mutual,
}: DemoServers) => `# Some servers want to know who you are before they answer. They ask for a client certificate;
# both sides are verified then, hence "mutual TLS".
#
# Which certificate goes to which host is written in .vscode/settings.json. This file does not
# mention it, so it stays the same for everyone in a team.

### Show who I am
# Sends certs/client.pem. Its private key is encrypted; the passphrase comes from the environment
# variable PADLOCK_DEMO_PASSPHRASE. The server answers with the certificate that it saw.
# expect: 200 verified TLSv1.3
GET ${mutual.url}/
`;

const secrets = ({ api, mutual }: DemoServers) => `# A request file names a secret. It never holds one.
#
# The value is read from the environment at the moment you click "Send", and only goes to hosts
# that "padlock.secrets" in .vscode/settings.json lists for it.

### Send a token
# This server sends back every header it got. Look for "Authorization" in the response:
# Padlock shows the name of the secret where its value was.
# expect: 200 verified TLSv1.3
GET ${api.url}/echo
Authorization: Bearer {{$env.PADLOCK_DEMO_TOKEN}}

### Send it where it may not go
# The settings do not allow this secret for port ${mutual.port}. VS Code asks first: choose "Not Now", and
# nothing is sent. The command line does not ask; it refuses.
# expect: failure policy.secret-not-allowed
GET ${mutual.url}/
Authorization: Bearer {{$env.PADLOCK_DEMO_TOKEN}}
`;

const bodiesAndHeaders = ({ api }: DemoServers) => `# A variable is defined once and used anywhere in this file.

@base = ${api.url}
@topic = tls

### A JSON body
# A blank line ends the headers. What follows is the body, up to the next line with ###.
# expect: 201 verified TLSv1.3
POST {{base}}/books
Content-Type: application/json

{
  "title": "A book of my own",
  "author": "You",
  "year": 2026
}

### A body from a file
# The bytes of payload.json go out exactly as they are.
# expect: 201 verified TLSv1.3
POST {{base}}/books
Content-Type: application/json

< ./payload.json

### The same header twice
# Order, upper and lower case, and doubles are sent as written; only Host and Connection come first.
# The response shows what arrived.
# expect: 200 verified TLSv1.3
GET {{base}}/echo
Accept-Language: en
X-Note: first
x-note: second

### A long query
# Lines that start with ? or & continue the URL.
# expect: 200 verified TLSv1.3
GET {{base}}/books
  ?topic={{topic}}
  &sort=year
`;

const slowLargeRedirect = ({ api }: DemoServers) => `# Servers are not always quick, small or direct.

@base = ${api.url}

### A slow answer
# Takes a second and a half. You can cancel it while you wait.
# The Timing tab shows where the time went.
# expect: 200 verified TLSv1.3
GET {{base}}/slow?delay=1500

### An answer in pieces
# Five parts, a fifth of a second apart.
# expect: 200 verified TLSv1.3
GET {{base}}/drip?chunks=5&every=200

### Events as they happen
# A stream of server-sent events: each one is shown when it comes, and you can cancel at any time.
# expect: 200 verified TLSv1.3
GET {{base}}/events?count=5&every=200
Accept: text/event-stream

### Five megabytes of text
# expect: 200 verified TLSv1.3
GET {{base}}/large?megabytes=5

### Twenty thousand items of JSON
# expect: 200 verified TLSv1.3
GET {{base}}/large.json?items=20000

### A redirect
# Padlock follows it and lists the way above the response.
# expect: 200 verified TLSv1.3
GET {{base}}/old-books

### The redirect itself
# You see the 302, and where it points in the header Location.
# @no-redirect
# expect: 302 verified TLSv1.3
GET {{base}}/old-books
`;

const mustFail = (
  servers: DemoServers,
) => `# These five must fail. The first four servers cannot prove that they are the one you asked for:
# Padlock finds out before it sends any part of your request. The last one does not let you in.
# The panel says what happened and what would help.

### A certificate that has expired
# It was good until twelve days ago.
# expect: failure tls.expired
GET ${servers.expired.url}/

### A certificate for somebody else
# You asked for localhost; this server can only prove that it is wrong.example.
# expect: failure tls.hostname-mismatch
GET ${servers.wrongHost.url}/

### A certificate that vouches for itself
# Signed by its own key: anybody could have made it.
# expect: failure tls.self-signed
GET ${servers.selfSigned.url}/

### A certificate with another key
# It verifies, but .vscode/settings.json pins the key that port ${servers.otherKey.port} must have.
# expect: failure tls.pin-mismatch
GET ${servers.otherKey.url}/

### A server that asks who you are
# It wants a client certificate, and the settings name none for port ${servers.clientCertificateRequired.port}.
# expect: failure tls.client-certificate-required
GET ${servers.clientCertificateRequired.url}/
`;

const http2AndCookies = ({ api, http2 }: DemoServers) => `### Ask for HTTP/2
# The version at the end of the line says so. The Security tab shows under "ALPN" what was agreed on.
# expect: 200 verified TLSv1.3
GET ${http2.url}/ HTTP/2

### Log in
# The server sets a cookie and redirects. Padlock keeps the cookie in memory and sends it along:
# the Cookies tab shows both. "Padlock: Clear Cookies" forgets it.
# expect: 200 verified TLSv1.3
POST ${api.url}/login
`;
