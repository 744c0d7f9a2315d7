/** Files that only hold credentials: those that Padlock reads secrets and private variables from, and Git's own. */
const names = [
  /^\.env(?:\.(?!example$|sample$|template$|dist$|defaults$).+)?$/i,
  /^(?:http|rest)-client\.private\.env\.json$/i,
  /\.env\.json\.user$/i,
  /^\.git-credentials$/i,
  /^\.netrc$/i,
];

/** A request file may use single values of such a file where they are allowed, never the file itself. */
export function isSecretFile(path: string): boolean {
  return names.some((name) => name.test(path.split(/[\\/]/).at(-1) ?? "")) || /(?:^|[\\/])\.git[\\/]/i.test(path);
}
