/** What an environment variable can be called in every shell. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w{0,99}$/.test(name);
}

/** Too general to be the name of one credential among several. */
const general =
  /^(?:API_?KEY|AUTH|AUTHORIZATION|COOKIE|CREDENTIALS?|KEY|PASS|PASSPHRASE|PASSWORD|PWD|SECRET|SESSION|SID|TOKEN)$/;

const kinds: readonly (readonly [RegExp, string])[] = [
  [/password|passphrase/, "PASSWORD"],
  [/private key/, "PRIVATE_KEY"],
  [/cookie/, "SESSION"],
  [/key/, "API_KEY"],
];

/**
 * A name for a credential that nothing else has: `EXAMPLE_TOKEN` for a bearer token of api.example.com, `API_TOKEN`
 * where no name of a host says more, else what the file calls it.
 */
export function variableName(
  credential: { readonly name: string; readonly what: string },
  host: string | undefined,
  isTaken: (name: string) => boolean,
): string {
  const own = constantCase(credential.name).replace(/^X_(?=.)/, "");
  const kind = kinds.find(([words]) => words.test(credential.what))?.[1] ?? "TOKEN";
  const base = own === "" ? kind : own;
  const label = (general.test(base) && host !== undefined && labelOf(host)) || (base.includes("_") ? "" : "API");
  const name = general.test(base) && label !== "" ? `${label}_${base}` : base;
  const start = isVariableName(name) ? name : `API_${kind}`;
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? start : `${start}_${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** `x-api-key` and `apiKey` → `API_KEY`. */
function constantCase(name: string): string {
  // `GitLab token` is a name in words, whose capitals are its own.
  const parted = name.includes(" ") ? name : name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2");
  const words = parted.replaceAll(/[^A-Za-z\d]+/g, "_");
  return words
    .replaceAll(/^_+|_+$/g, "")
    .toUpperCase()
    .slice(0, 40);
}

/** The label of the organisation: `EXAMPLE` of `api.example.com` and of `example.co.uk`; none of addresses and names without a domain. */
function labelOf(host: string): string | undefined {
  const labels = host.replace(/:\d+$/, "").split(".");
  if (labels.length < 2 || host.startsWith("[") || /^\d+$/.test(labels.at(-1) ?? "")) return undefined;
  const isSecondLevel = labels.length > 2 && /^(?:ac|co|com|edu|gov|net|org)$/.test(labels.at(-2) ?? "");
  const label = constantCase(labels.at(isSecondLevel ? -3 : -2) ?? "");
  return /^[A-Z]/.test(label) ? label : undefined;
}
