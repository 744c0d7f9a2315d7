/** Why a dynamic value cannot be made. Its texts name no value. */
export class DynamicError extends Error {
  /** What is wrong, a full sentence. */
  readonly detail: string;
  /** What to write instead, a full sentence. */
  readonly fix: string;

  constructor(detail: string, fix: string) {
    super(detail);
    this.name = "DynamicError";
    this.detail = detail;
    this.fix = fix;
  }
}
