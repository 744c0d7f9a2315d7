/*
 * Tokens in the formats of well-known services, made here and now: none stands in this repository, where scanners for
 * credentials would find it.
 */

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const hexadecimal = "0123456789abcdef";

/** The same characters for the same length each time; nothing about them is secret. */
export function made(length: number, alphabet = letters): string {
  let state = 12_345 + length;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return alphabet[(state >> 8) % alphabet.length];
  }).join("");
}

const opsPayload = btoa(
  JSON.stringify({ signInAddress: "my.1password.com", userAuth: {}, email: `${made(80)}@a.test` }),
);
const upperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What is expected to be found, by the name of the service. */
export const madeTokens: Readonly<Record<string, string>> = {
  "1Password": `ops_${opsPayload}`,
  Anthropic: `sk-ant-api03-${made(93)}AA`,
  Atlassian: `ATATT3${made(186)}`,
  "AWS access key": `AKIA${made(16, upperCase)}`,
  Cloudflare: `cfut_${made(40)}${made(8, hexadecimal)}`,
  Databricks: `dapi${made(32, hexadecimal)}`,
  DigitalOcean: `dop_v1_${made(64, hexadecimal)}`,
  Docker: `dckr_pat_${made(27)}`,
  Entra: `a1b8Q~${made(34)}`,
  Figma: `figd_${made(44)}`,
  "GitHub classic": `ghp_${made(36)}`,
  "GitHub OAuth": `gho_${made(36)}`,
  "GitHub fine-grained": `github_pat_${made(82)}`,
  GitLab: `glpat-${made(20)}`,
  "GitLab deploy": `gldt-${made(20)}`,
  Google: `AIza${made(35)}`,
  "Google client secret": `GOCSPX-${made(28)}`,
  Grafana: `glsa_${made(32)}_${made(8, hexadecimal)}`,
  Groq: `gsk_${made(52)}`,
  "Hugging Face": `hf_${made(34, letters.slice(0, 52))}`,
  JWT: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.${made(43)}`,
  Linear: `lin_api_${made(40)}`,
  Mailchimp: `${made(32, hexadecimal)}-us12`,
  Notion: `ntn_${made(11, "123456789")}${made(35)}`,
  npm: `npm_${made(36)}`,
  OpenAI: `sk-proj-${made(74)}T3BlbkFJ${made(74)}`,
  Postman: `PMAK-${made(24, hexadecimal)}-${made(34, hexadecimal)}`,
  PyPI: `pypi-AgEIcHlwaS5vcmc${made(60)}`,
  SendGrid: `SG.${made(22)}.${made(43)}`,
  Shopify: `shpat_${made(32, hexadecimal)}`,
  "Slack bot": `xoxb-${made(12, "123456789")}-${made(24)}`,
  Stripe: `sk_live_${made(24)}`,
  "Stripe restricted": `rk_live_${made(24)}`,
  "Stripe webhook": `whsec_${made(32)}`,
  Tailscale: `tskey-auth-${made(12)}-${made(32)}`,
  Telegram: `${made(9, "123456789")}:AA${made(33)}`,
  Twilio: `SK${made(32, hexadecimal)}`,
  Vault: `hvs.${made(95)}`,
  Vercel: `vcp_${made(40)}`,
};

export const azureKey = `${made(86)}==`;
export const awsSecretKey = made(40);

/** A PEM block with the label of a private key; what it holds is none. `newLine`: how its lines end. */
export function madePrivateKey(newLine: string, label = "PRIVATE KEY"): string {
  const lines = Array.from({ length: 4 }, (_, index) => `${index === 0 ? "MII" : ""}${made(61 + index)}`);
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join(newLine);
}
