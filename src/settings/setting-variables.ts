import { mostSpecific } from "./host-pattern.ts";
import type { SettingString, Settings } from "./model.ts";
import { type AskedVariable, isPassphraseReference, variablesOf } from "./placeholders.ts";

/** A variable that `padlock.hosts` asks for. */
export interface SettingVariable extends AskedVariable {
  readonly setting: SettingString;
  /** It is the whole of a passphrase: it opens a key here and is sent nowhere. */
  readonly isPassphrase: boolean;
}

/** The variables that the profile for this URL needs, and no other entry's. */
export function settingVariables(settings: Settings, url: URL): readonly SettingVariable[] {
  const entry = url.protocol === "https:" ? mostSpecific(settings.hosts, url) : undefined;
  if (!entry) return [];
  const { cert, key, pfx, ca = [], passphrase } = entry;
  return [cert, key, pfx, ...ca, passphrase].flatMap((setting) => {
    if (!setting) return [];
    const isPassphrase = setting === passphrase && isPassphraseReference(setting.text);
    return variablesOf(setting.text).map((variable) => ({ ...variable, setting, isPassphrase }));
  });
}
