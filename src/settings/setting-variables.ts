import { mostSpecific } from "./host-pattern.ts";
import type { SettingString, Settings } from "./model.ts";
import { type AskedVariable, isPassphraseReference, variablesOf } from "./placeholders.ts";

/** A variable that `padlock.hosts` asks for. */
export interface SettingVariable extends AskedVariable {
  readonly setting: SettingString;
  /** It is the whole of a passphrase: it opens a key here and is sent nowhere. */
  readonly isPassphrase: boolean;
}

/** The variables that the profile for this URL needs, and no other entry's; those of its proxy are for the proxy. */
export function settingVariables(settings: Settings, url: URL, environmentName: string): readonly SettingVariable[] {
  const entry = mostSpecific(settings.hosts, url, environmentName);
  if (!entry) return [];
  const { cert, key, pfx, ca = [], crl = [], passphrase, socket } = entry;
  const ofTls = url.protocol === "https:" ? [cert, key, pfx, ...ca, ...crl, passphrase] : [];
  return [...ofTls, socket].flatMap((setting) => {
    if (!setting) return [];
    const isPassphrase = setting === passphrase && isPassphraseReference(setting.text);
    return variablesOf(setting.text).map((variable) => ({ ...variable, setting, isPassphrase }));
  });
}
