/** Settings as found, unchecked; `readSettings` checks them on every run, with the same code for editor and CLI. */
export interface RawSettings {
  /** The workspace folder, absolute. Shown paths are relative to it. */
  readonly root: string;
  /** All `padlock.*` keys: `{ "padlock.hosts": …, "padlock.secrets": … }`. */
  readonly values: Readonly<Record<string, unknown>>;
  /**
   * `padlock.*` keys of the person's own scope: user settings, or options of the command line. Only here do settings
   * that weaken something count; `padlock.secrets` and `padlock.publicEnv` add to those of the workspace.
   */
  readonly person?: Readonly<Record<string, unknown>>;
  /** The settings file, absolute, and its text, for messages with lines; text undefined when there is none. */
  readonly file: string;
  readonly text: string | undefined;
  /** What VS Code's own settings say of proxies; absent in the command line. */
  readonly editorProxy?: EditorProxy;
  /** Why a settings file that is there could not be read: the system's words. `readSettings` refuses such settings. */
  readonly unreadable?: string;
}

/** `off`: the person wants no proxy but those of `padlock.hosts`. */
export type EditorProxy = "off" | { readonly url: string; readonly noProxy: readonly string[] };
