export interface RequestLine {
  /** 1-based. */
  readonly line: number;
  /** The text behind the `###` above; empty without one. */
  readonly title: string;
}

/**
 * The request lines of a file, one in each block between `###` lines. Not by the product's parser, which is what is
 * being tried out here; enough for files that keep comments and variables above the request.
 */
export function requestLines(text: string): RequestLine[] {
  const found: RequestLine[] = [];
  let title = "";
  let open = true;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith("###")) {
      title = line.replace(/^#+/, "").trim();
      open = true;
    } else if (open && !/^\s*($|#|\/\/|@)/.test(line)) {
      found.push({ line: index + 1, title });
      open = false;
    }
  }
  return found;
}
