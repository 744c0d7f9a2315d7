/** Replaces secret values by the reference they came from. Interface first; see `createRedactor`. */
export interface Redactor {
  /** From now on `value` and its encoded forms are replaced by `{{$env.NAME}}`. */
  add(name: string, value: string): void;
  /** The text with every known secret value (plain, percent-, form-, JSON-, base64-, hex-encoded) replaced. */
  redact(text: string): string;
  /** True when nothing is to be redacted. */
  readonly isEmpty: boolean;
}
