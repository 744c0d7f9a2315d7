/** Files that only hold credentials: those that Padlock reads secrets and private variables from, and well-known ones. */
const names = [
  /^\.env(?:\.(?!example$|sample$|template$|dist$|defaults$).+)?$/i,
  /^(?:http|rest)-client\.private\.env\.json$/i,
  /\.env\.json\.user$/i,
  /^\.git-credentials$/i,
  /^[._]netrc$/i,
  /^\.(?:npmrc|pypirc|pgpass|vault-token)$/i,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/i,
];

/** All of some folders, and single files of others. */
const place =
  /(?:^|[\\/])\.(?:(?:git|ssh|gnupg)[\\/]|(?:aws[\\/]credentials|kube[\\/]config|docker[\\/]config\.json)$)/i;

/** A request file may use single values of such a file where they are allowed, never the file itself. */
export function isSecretFile(path: string): boolean {
  return names.some((name) => name.test(path.split(/[\\/]/).at(-1) ?? "")) || place.test(path);
}
