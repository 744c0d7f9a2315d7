/** How the text of a body is brought into its media type's form. */
export type BodyForm =
  | { readonly kind: "plain" | "form" | "json" | "json-lines" }
  | { readonly kind: "multipart"; readonly boundary: string | undefined };

/** One JSON text a line: the last line ends like the others (ndjson.org, jsonlines.org, RFC 7464 §2.1). */
const lineTypes = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonl",
  "application/jsonlines",
  "application/x-jsonlines",
  "application/json-seq",
]);

/** Reads the value of a Content-Type header, in which references to values stand as written; undefined for none. */
export function readBodyForm(contentType: string | undefined): BodyForm {
  const type =
    /^[^;]*/
      .exec(contentType ?? "")?.[0]
      .trim()
      .toLowerCase() ?? "";
  if (type === "application/x-www-form-urlencoded") return { kind: "form" };
  if (lineTypes.has(type)) return { kind: "json-lines" };
  if (/^(?:application|text)\/json$|\+json$/.test(type)) return { kind: "json" };
  if (!type.startsWith("multipart/")) return { kind: "plain" };
  const [, quoted, bare] =
    /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|((?:\{\{[^{}]*\}\}|[^\s;"])+))/i.exec(contentType ?? "") ?? [];
  return { kind: "multipart", boundary: quoted?.replace(/\\(.)/g, "$1") ?? bare };
}
