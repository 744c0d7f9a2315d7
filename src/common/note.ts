/** Something to know about an exchange that did not stop it. Its text may hold secret values until `protocol` redacts it. */
export interface Note {
  readonly level: "information" | "warning";
  /** Full sentences: what, and what to change. */
  readonly text: string;
}
