/** Why no certificate was made. */
export interface Problem {
  /** `usage`: what was asked for cannot be; `exists`: files are there already; `refused`: anything else on the disk. */
  readonly kind: "usage" | "exists" | "refused";
  /** One short sentence without a full stop. */
  readonly title: string;
  /** Full sentences. */
  readonly detail: string;
  /** For the command line. */
  readonly fix: string;
}
