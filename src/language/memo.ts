/** A function of a text that is called once for each text: files repeat the same few names, types and hosts. */
export function memo<Result>(make: (text: string) => Result): (text: string) => Result {
  const made = new Map<string, Result>();
  return (text) => {
    let result = made.get(text);
    if (result === undefined && !made.has(text)) {
      result = make(text);
      made.set(text, result);
    }
    return result as Result;
  };
}
