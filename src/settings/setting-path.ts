/** The way to a setting: `["padlock.hosts", "api.example.com", "key"]`; an array index is its decimal string. */
export type SettingPath = readonly string[];

/** `padlock.hosts › api.example.com › key`, as messages name a setting. */
export function shownPath(path: SettingPath): string {
  return path.join(" › ");
}
