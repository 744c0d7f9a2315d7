import { domainToASCII } from "node:url";
import { didYouMean } from "../common/near-name.ts";
import type { SettingString } from "./model.ts";
import { type Reader, readList, readText, readWord } from "./readers.ts";
import { cipherSuites, findCipherSuite, findGroup, keyExchangeGroups } from "./tls-names.ts";

/** `sha256/` and the base64 of 32 bytes (RFC 7469 §2.4). Other tools' spellings are recognised and refused. */
const readPin: Reader<string> = (value, path, report) => {
  const written = readWord(value, path, report);
  if (written === undefined) return undefined;
  const [, key = ""] = /^(?:sha256\/\/?|pin-sha256="?)?([A-Za-z0-9+/]{43}=)"?$/.exec(written.trim()) ?? [];
  const isPin = key !== "" && Buffer.from(key, "base64").toString("base64") === key;
  if (isPin && written === `sha256/${key}`) return written;
  const isFingerprint = /^(?:[0-9a-f]{2}:?){32}$/i.test(written);
  const fix = isPin
    ? `Write "sha256/${key}".`
    : `Write "sha256/" and the 44 characters of the base64 of the public key's SHA-256.${
        isFingerprint
          ? " What stands here is the fingerprint of a whole certificate, which changes at every renewal."
          : ""
      }`;
  return report("settings.wrong-type", path, `is "${written}", which is not a pin`, fix);
};

/** What OpenSSL's own cipher language could switch off or on (`ALL`, `!…`, `@SECLEVEL`) is no suite's name. */
const readCipher: Reader<string> = readKnownName(
  "cipher suite that can be chosen",
  findCipherSuite,
  Object.keys(cipherSuites),
  Object.values(cipherSuites).map(({ openSsl }) => openSsl),
);

const readGroup: Reader<string> = readKnownName(
  "key-exchange group that can be chosen",
  findGroup,
  Object.keys(keyExchangeGroups),
  Object.values(keyExchangeGroups).flat(),
);

/** `others`: further spellings, which are understood and not told. */
function readKnownName(
  kind: string,
  find: (written: string) => string | undefined,
  known: readonly string[],
  others: readonly string[],
): Reader<string> {
  return (value, path, report) => {
    const written = readWord(value, path, report);
    if (written === undefined) return undefined;
    const fix = `Known: ${known.join(", ")}.${didYouMean(written, [...known, ...others])}`;
    return find(written) ?? report("settings.wrong-type", path, `is "${written}", which is no ${kind}`, fix);
  };
}

export const readPins = readList(readPin, '["sha256/…="]');
export const readCiphers = readList(readCipher, '["TLS_AES_256_GCM_SHA384"]');
export const readGroups = readList(readGroup, '["X25519MLKEM768", "X25519"]');

/** RFC 6066 §3: a name, not an address and without a port. Becomes IDNA ASCII in lower case. */
export const readServerName: Reader<string> = (value, path, report) => {
  const written = readWord(value, path, report);
  if (written === undefined) return undefined;
  const name = domainToASCII(written).toLowerCase().replace(/\.$/, "");
  const isName =
    name.length <= 253 && name.split(".").every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  if (isName && !/^[0-9.]+$/.test(name)) return name;
  const fix = 'Write the name that the server\'s certificate is for, such as "api.example.com": no port, no address.';
  return report("settings.wrong-type", path, `is "${written}", which is not a host name`, fix);
};

/** "none", or a proxy's URL. One that begins with a placeholder is checked when it is known. */
export const readProxy: Reader<SettingString> = (value, path, report) => {
  const proxy = readText(value, path, report);
  if (!proxy || proxy.text === "none" || proxy.text.startsWith("${")) return proxy;
  const problem = proxyProblem(proxy.text.replace(/\$\{[^}]*\}/g, "x"));
  const fix = 'Write "http://proxy.example.com:3128", "https://…", "socks5://…", or "none" for a direct connection.';
  // Not quoted: it may hold a password.
  return problem === undefined ? proxy : report("settings.wrong-type", path, problem, fix);
};

function proxyProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.hostname === "") return "is not the URL of a proxy";
  if (!["http:", "https:", "socks5:", "socks5h:"].includes(url.protocol)) {
    return `has the scheme "${url.protocol}", which is not one of a proxy`;
  }
  const rest = url.pathname.replace(/^\/$/, "") + url.search + url.hash;
  return rest === "" ? undefined : "has a path after the proxy's host and port";
}
