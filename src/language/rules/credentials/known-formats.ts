import type { TextRange } from "../../../common/range.ts";
import { isPlaceholder } from "./placeholders.ts";
import { scanWithSecretlint } from "./secretlint.ts";

interface KnownFormat {
  readonly what: string;
  /** Global, of bounded length, and starting with letters that are rare in a text. */
  readonly pattern: RegExp;
  readonly source: string;
}

const gitleaks = "gitleaks 8, config/gitleaks.toml (MIT)";

/** What secretlint's recommended rules leave out. A pattern's first group, where it has one, is the credential. */
const formats: readonly KnownFormat[] = [
  {
    what: "a JSON Web Token",
    pattern: /\beyJ[\w-]{8,1000}\.eyJ[\w-]{8,8000}\.[\w-]{16,1500}/g,
    source: "RFC 7519 section 3: three base64url parts, the first two JSON objects",
  },
  { what: "an AWS access key ID", pattern: /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g, source: gitleaks },
  { what: "a Google API key", pattern: /\bAIza[\w-]{35}(?![\w-])/g, source: gitleaks },
  {
    what: "a Google OAuth token",
    pattern: /\bya29\.[\w-]{20,2000}/g,
    source: "developers.google.com/identity/protocols/oauth2",
  },
  {
    what: "a Google OAuth client secret",
    pattern: /\bGOCSPX-[\w-]{28}(?![\w-])/g,
    source: "GitHub secret scanning: google_oauth_client_secret",
  },
  { what: "a PyPI token", pattern: /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,1000}/g, source: gitleaks },
  { what: "a Twilio API key", pattern: /\bSK[0-9a-f]{32}\b/g, source: gitleaks },
  {
    what: "an Azure storage account key",
    pattern: /\bAccountKey=([\w+/]{86}==)/g,
    source: "learn.microsoft.com/azure/storage/common/storage-configure-connection-string",
  },
  { what: "a Microsoft Entra client secret", pattern: /\b[\w.]{3}\dQ~[\w~.-]{31,34}/g, source: gitleaks },
  { what: "a Stripe webhook secret", pattern: /\bwhsec_[\w+/]{32,64}/g, source: "docs.stripe.com/webhooks" },
  {
    what: "a GitLab token",
    pattern: /\bgl(?:dt|rt|oas|ptt|ft|imt|agent|cbt|soat)-[\w-]{20,64}/g,
    source: "docs.gitlab.com/security/tokens",
  },
  { what: "an Anthropic key", pattern: /\bsk-ant-[\w-]{40,200}/g, source: gitleaks },
  {
    what: "an OpenAI API key",
    pattern: /\bsk-(?:proj-|svcacct-|admin-)?[\w-]{20,200}T3BlbkFJ[\w-]{20,200}/g,
    source: gitleaks,
  },
  {
    what: "a HashiCorp Vault token",
    pattern: /\bhvs\.[\w-]{24,300}/g,
    source: "developer.hashicorp.com/vault/docs/concepts/tokens",
  },
  { what: "a DigitalOcean token", pattern: /\bdo[opr]_v1_[0-9a-f]{64}\b/g, source: gitleaks },
  { what: "an Atlassian API token", pattern: /\bATATT3[\w=-]{180,200}/g, source: gitleaks },
  { what: "a Postman API key", pattern: /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b/g, source: gitleaks },
  { what: "a New Relic key", pattern: /\bNRAK-[A-Z0-9]{27}\b/g, source: gitleaks },
  { what: "a Telegram bot token", pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/g, source: "core.telegram.org/bots/api" },
  { what: "a Doppler token", pattern: /\bdp\.(?:pt|st|ct|sa|scim|audit)\.[\w.]{40,80}/g, source: gitleaks },
  { what: "a Pulumi token", pattern: /\bpul-[0-9a-f]{40}\b/g, source: gitleaks },
  { what: "a RubyGems key", pattern: /\brubygems_[0-9a-f]{48}\b/g, source: gitleaks },
  { what: "an Airtable token", pattern: /\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b/g, source: gitleaks },
  { what: "a Mailchimp API key", pattern: /\b[0-9a-f]{32}-us\d{1,2}\b/g, source: gitleaks },
  {
    what: "a Supabase token",
    pattern: /\bsbp_[0-9a-f]{40}\b/g,
    source: "GitHub secret scanning: supabase_personal_access_token",
  },
];

interface Found {
  readonly range: TextRange;
  readonly what: string;
}

/** Credentials anywhere in a text, by the formats that their issuers publish; in no order, and some of them twice. */
export function scanKnownFormats(text: string): readonly Found[] {
  const found: Found[] = [...scanWithSecretlint(text), ...scanPrivateKeys(text)];
  for (const { what, pattern } of formats) {
    for (const { 0: all, 1: part, index } of text.matchAll(pattern)) {
      const start = part === undefined ? index : index + all.lastIndexOf(part);
      found.push({ range: { start, end: start + (part ?? all).length }, what });
    }
  }
  return found;
}

/** Longer than any key; in UTF-16 code units. */
const longestKey = 20_000;

/** PEM blocks (RFC 7468 sections 10 and 11, and the older labels), also with their line ends written as `\\n`. */
function scanPrivateKeys(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const { 0: opening, index: start } of text.matchAll(
    /-----BEGIN (?:[A-Z\d]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g,
  )) {
    const content = text.slice(start + opening.length, start + longestKey);
    const ending = /-----(?:END [A-Z\d ]{0,40}KEY(?: BLOCK)?-----|BEGIN )/.exec(content);
    if (!ending?.[0].startsWith("-----END")) continue;
    const written = content.slice(0, ending.index);
    if (isPlaceholder(written) || written.replaceAll(/\\[nr]|[^A-Za-z\d+/]/g, "").length < 64) continue;
    const end = start + opening.length + ending.index + ending[0].length;
    found.push({ range: { start, end }, what: "a private key" });
  }
  return found;
}
