import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import type { TextRange } from "../../../common/range.ts";
import { shifted } from "./credential.ts";
import { scanUserinfo } from "./urls.ts";

/*
 * The maintained formats: secretlint's recommended rules (MIT), which know what the issuers publish. Only their
 * places are used: their messages repeat the value.
 */

interface Creator {
  readonly meta: { readonly id: string };
  create(context: Context, options: object): { file?(source: Source): unknown };
}

interface Context {
  createTranslator(): (messageId: string) => { readonly messageId: string };
  report(found: { readonly message: { readonly messageId: string }; readonly range: readonly [number, number] }): void;
  ignore(): void;
}

/** A name and an extension that no rule takes for a file of its own, which it would read. */
interface Source {
  readonly content: string;
  readonly filePath: "";
  readonly ext: "";
  readonly contentType: "text";
}

interface Format {
  readonly range: TextRange;
  readonly what: string;
}

/** Where the credential itself stands in what a rule reports; undefined where it is none of ours. */
const narrowed: Readonly<Record<string, (reported: string, behind: string) => TextRange | undefined>> = {
  // The rule counts from the name in front of the key.
  aws: (reported, behind) => {
    const found = /[A-Za-z\d/+=]{40}/.exec(reported + behind);
    return found ? { start: found.index, end: found.index + 40 } : undefined;
  },
  "database-connection-string": (reported) => scanUserinfo(reported)[0]?.range,
  // A webhook is a URL: its host is no secret.
  slack: (reported) => ({
    start: /^https:\/\/hooks\.slack\.com\/services\//i.exec(reported)?.[0].length ?? 0,
    end: reported.length,
  }),
};

/** By the end of a rule's id. A rule that is not listed is used all the same. */
const names: Readonly<Record<string, string>> = {
  "1password": "a 1Password service account token",
  anthropic: "an Anthropic API key",
  aws: "an AWS secret access key",
  cloudflare: "a Cloudflare token",
  "database-connection-string": "a database password",
  databricks: "a Databricks token",
  docker: "a Docker access token",
  figma: "a Figma token",
  github: "a GitHub token",
  gitlab: "a GitLab token",
  grafana: "a Grafana token",
  groq: "a Groq API key",
  "hashicorp-vault": "a HashiCorp Vault token",
  huggingface: "a Hugging Face token",
  linear: "a Linear API key",
  notion: "a Notion token",
  npm: "an npm token",
  openai: "an OpenAI API key",
  privatekey: "a private key",
  sendgrid: "a SendGrid API key",
  shopify: "a Shopify token",
  slack: "a Slack token or webhook",
  stripe: "a Stripe key",
  tailscale: "a Tailscale key",
  vercel: "a Vercel token",
};

/** Those that are about whole files, comments of their own tool, or URLs, which this rule reads itself. */
const unused: ReadonlySet<string> = new Set(["gcp", "filter-comments", "basicauth"]);

const idOf = (creator: Creator) => creator.meta.id.replace(/^.*secretlint-rule-/, "");

let content = "";
let found: Format[] = [];

const scanners = (rules as unknown as readonly Creator[]).flatMap((creator) => {
  const id = idOf(creator);
  if (unused.has(id)) return [];
  const what = names[id] ?? "a credential in a format that services use";
  const narrow = Object.hasOwn(narrowed, id) ? narrowed[id] : undefined;
  const context: Context = {
    createTranslator: () => (messageId) => ({ messageId }),
    report: ({ range: [start, end] }) => {
      const part = narrow
        ? narrow(content.slice(start, end), content.slice(end, end + 200))
        : { start: 0, end: end - start };
      if (part) found.push({ range: shifted(part, start), what });
    },
    ignore: () => {},
  };
  return [creator.create(context, {})];
});

/** The credentials of a text whose format secretlint knows; at once, though its interface would allow a promise. */
export function scanWithSecretlint(text: string): readonly Format[] {
  content = text;
  found = [];
  for (const scanner of scanners) scanner.file?.({ content, filePath: "", ext: "", contentType: "text" });
  return found;
}
