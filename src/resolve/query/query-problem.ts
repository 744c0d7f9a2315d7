/** Why a part of an exchange cannot be given. Its texts quote the path as written, never the message itself. */
export interface QueryProblem {
  /** A full sentence. */
  readonly detail: string;
  /** What to write instead, a full sentence. */
  readonly fix: string;
}

/** Thrown inside of this folder. */
export class QueryError extends Error {
  readonly problem: QueryProblem;

  constructor(detail: string, fix: string) {
    super(detail);
    this.name = "QueryError";
    this.problem = { detail, fix };
  }
}
