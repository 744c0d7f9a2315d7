import type { FailureCode } from "../common/failure.ts";

/** What `padlock` ends with. Of several requests the highest number counts: it is the order from harmless to severe. */
export const exitCodes = {
  passed: 0,
  requestFailed: 2,
  wrongInput: 3,
  refusedByPolicy: 4,
  usage: 64,
  internalError: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

type FamilyOf<Code extends string> = Code extends `${infer Family}.${string}` ? Family : Code;
type FailureFamily = FamilyOf<FailureCode>;

/** One row a family; the compiler refuses the table while a family of `failureCodes` is missing. */
const exitCodeOfFamily: Readonly<Record<FailureFamily, ExitCode>> = {
  parse: exitCodes.wrongInput,
  settings: exitCodes.wrongInput,
  variable: exitCodes.wrongInput,
  value: exitCodes.wrongInput,
  identity: exitCodes.wrongInput,
  policy: exitCodes.refusedByPolicy,
  network: exitCodes.requestFailed,
  tls: exitCodes.requestFailed,
  timeout: exitCodes.requestFailed,
  response: exitCodes.requestFailed,
  redirect: exitCodes.requestFailed,
  internal: exitCodes.internalError,
  canceled: exitCodes.interrupted,
};

export function exitCodeOf(code: FailureCode): ExitCode {
  return exitCodeOfFamily[familyOf(code)];
}

export function worstExitCode(codes: Iterable<ExitCode>): ExitCode {
  let worst: ExitCode = exitCodes.passed;
  for (const code of codes) if (code > worst) worst = code;
  return worst;
}

function familyOf<Code extends string>(code: Code): FamilyOf<Code> {
  const dot = code.indexOf(".");
  return (dot < 0 ? code : code.slice(0, dot)) as FamilyOf<Code>;
}
