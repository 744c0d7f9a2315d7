/** What `# @retry 3 every 500ms unsafe` says. */
export interface RetryValue {
  /** How often the request is sent again, at most. */
  readonly count: number;
  /** The first pause as written, "500ms"; undefined where none is. */
  readonly every: string | undefined;
  /** Also a request whose method may change something on the server. */
  readonly unsafe: boolean;
}

const form = /^([1-9]\d{0,2})(?:[ \t]+every[ \t]+(\d+(?:\.\d+)?[ \t]*(?:ms|s|m|h)?))?(?:[ \t]+(unsafe))?$/;

/** Undefined for what is not in that form. */
export function readRetry(text: string): RetryValue | undefined {
  const [whole, count, every, unsafe] = form.exec(text) ?? [];
  return whole === undefined ? undefined : { count: Number(count), every, unsafe: unsafe !== undefined };
}
