import { type FailureCode, failureCodes } from "../common/failure.ts";

/** What a demo request says about itself in a comment line `# expect: …`. */
export interface Expectation {
  /** Of the comment; 1-based. It stands in the same block as its request, above the request line. */
  readonly line: number;
  /** The text behind the block's `###`; empty without one. */
  readonly title: string;
  readonly expected: ExpectedOutcome;
}

export type ExpectedOutcome =
  /** `# expect: 200 verified TLSv1.3`: the status, a verified server, the TLS version. */
  | { readonly kind: "response"; readonly status: number; readonly protocol: string }
  /** `# expect: failure tls.expired`. */
  | { readonly kind: "failure"; readonly code: FailureCode };

/**
 * All expectations of a request file, in order.
 * @throws {SyntaxError} at an `# expect:` line in no known form: what is not understood must not pass as expected.
 */
export function readExpectations(text: string): Expectation[] {
  const expectations: Expectation[] = [];
  let title = "";
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith("###")) title = line.replace(/^#+/, "").trim();
    const written = /^# expect:(.*)$/.exec(line)?.[1]?.trim();
    if (written === undefined) continue;
    const expected = readOutcome(written);
    if (!expected) throw new SyntaxError(`line ${index + 1}: cannot read the expectation "${written}"`);
    expectations.push({ line: index + 1, title, expected });
  }
  return expectations;
}

function readOutcome(written: string): ExpectedOutcome | undefined {
  const response = /^(\d{3}) verified (TLSv1\.[23])$/.exec(written);
  if (response) return { kind: "response", status: Number(response[1]), protocol: String(response[2]) };
  const failure = /^failure (\S+)$/.exec(written)?.[1];
  const code = failureCodes.find((known) => known === failure);
  return code && { kind: "failure", code };
}
