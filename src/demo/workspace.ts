import { createHash, type X509Certificate } from "node:crypto";
import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DemoIdentities } from "./identities.ts";
import { payload, requestFiles } from "./request-files.ts";
import type { DemoServers } from "./servers.ts";

/** The environment variables that the demo's settings and requests name. */
export interface DemoEnvironment {
  readonly PADLOCK_DEMO_PASSPHRASE: string;
  readonly PADLOCK_DEMO_TOKEN: string;
}

/** Writes the demo workspace; files of an earlier demo in the same folder are replaced. */
export async function writeWorkspace(
  folder: string,
  servers: DemoServers,
  identities: DemoIdentities,
  environment: DemoEnvironment,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const files: Readonly<Record<string, string>> = {
    "README.md": readme(),
    ".vscode/settings.json": settings(servers, keyPin(identities.client.certificate)),
    "certs/demo-ca.pem": identities.root.certificatePem,
    "certs/client.pem": identities.client.chainPem,
    "certs/client-key.pem": identities.client.encryptedKeyPem(environment.PADLOCK_DEMO_PASSPHRASE),
    "payload.json": payload,
    ...requestFiles(servers),
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // A new file each time: it gets our mode, and an old one that is a link is not written through.
    await rm(path, { force: true });
    await writeFile(path, content, { flag: "wx", mode: 0o600 });
  }
}

/** The pin of a certificate's public key, as `padlock.hosts` wants it. */
function keyPin({ publicKey }: X509Certificate): string {
  const key = publicKey.export({ type: "spki", format: "der" });
  return `sha256/${createHash("sha256").update(key).digest("base64")}`;
}

/** `pin`: of a key that no server of the demo has. */
const settings = ({ api, mutual, otherKey }: DemoServers, pin: string) => `{
  // What Padlock uses for which host. Paths start at this folder.
  "padlock.hosts": {
    // All demo servers: trust the demo's own certificate authority, and only that.
    "localhost:*": {
      "ca": ["certs/demo-ca.pem"]
    },
    // The mutual TLS server: show this client certificate. The most specific pattern counts, alone,
    // so "ca" is here once more. Its private key is encrypted; the passphrase is not in any file.
    "localhost:${mutual.port}": {
      "cert": "certs/client.pem",
      "key": "certs/client-key.pem",
      "passphrase": "\${env:PADLOCK_DEMO_PASSPHRASE}",
      "ca": ["certs/demo-ca.pem"]
    },
    // This server must have one certain key, not just a certificate that verifies.
    "localhost:${otherKey.port}": {
      "ca": ["certs/demo-ca.pem"],
      "pins": ["${pin}"]
    }
  },

  // The secrets that request files may use, and the only hosts that each may go to.
  "padlock.secrets": {
    "PADLOCK_DEMO_TOKEN": ["localhost:${api.port}"]
  },

  // How long Padlock waits: for the TCP connection, the TLS handshake, the first byte of the response,
  // between two pieces of it, and for everything together.
  "padlock.timeout": {
    "connect": "5s",
    "handshake": "5s",
    "response": "10s",
    "idle": "10s",
    "total": "30s"
  },

  // The demo's files explain themselves in long comments.
  "editor.wordWrap": "on"
}
`;

const readme = () => `# The Padlock demo

Eight HTTPS servers are running on your machine. These files talk to them. Nothing leaves your computer.

| open | and see |
|---|---|
| \`1-first-request.https\` | a request, its response, and the verified connection it came over |
| \`2-mutual-tls.https\` | a server that asks for your client certificate |
| \`3-secrets.https\` | a token that is sent but never shown |
| \`4-bodies-and-headers.https\` | JSON bodies, bodies from files, variables, long queries |
| \`5-slow-large-redirect.https\` | slow, large and streamed responses, a redirect |
| \`6-must-fail.https\` | five servers that Padlock refuses to trust, and why |
| \`7-http2-and-cookies.https\` | HTTP/2, and a cookie that is kept and sent along |

Open the first one and click **Send** above a request.

The certificates in \`certs\` were made when the demo started and are worth nothing anywhere else.
\`.vscode/settings.json\` says which of them goes to which host; its comments explain every line.
The servers, their ports and the two environment variables that the settings name live only as long as the demo runs.
`;
