import type { BodyPart, Span } from "../nodes.ts";
import type { ProblemLog } from "../problems.ts";
import type { Argument } from "./arguments.ts";

export interface FormBody {
  readonly boundary: string;
  readonly parts: readonly BodyPart[];
}

interface Field {
  readonly name: string;
  readonly range: Span["range"];
  /** The text, or the path of the file. */
  readonly content: string;
  readonly isFile: boolean;
  readonly filename: string | undefined;
  readonly type: string | undefined;
}

/** The `multipart/form-data` body (RFC 7578) of `-F` and `--form-string` options, in their order. */
export function readForm(options: readonly Argument[], problems: ProblemLog): FormBody {
  const fields = options.flatMap((argument) => readField(argument, problems) ?? []);
  const boundary = boundaryFor(fields.map(({ content }) => content).join("\n"));
  const parts: BodyPart[] = [];
  for (const [index, field] of fields.entries()) {
    const head = `${index > 0 ? "\r\n" : ""}--${boundary}\r\n${fieldHead(field)}\r\n\r\n`;
    addText(parts, field.isFile ? head : head + field.content, field.range);
    if (!field.isFile) continue;
    const path = { text: field.content, range: field.range };
    parts.push({ kind: "file", range: field.range, path, substitute: false, encoding: undefined, lineEnds: "keep" });
  }
  const last = fields.at(-1);
  if (last) addText(parts, `\r\n--${boundary}--\r\n`, { start: last.range.end, end: last.range.end });
  return { boundary, parts };
}

function addText(parts: BodyPart[], text: string, range: Span["range"]): void {
  const before = parts.at(-1);
  if (before?.kind !== "text") {
    parts.push({ kind: "text", content: { text, range } });
    return;
  }
  const joined = { start: before.content.range.start, end: range.end };
  parts[parts.length - 1] = { kind: "text", content: { text: before.content.text + text, range: joined } };
}

/** `name=text`, `name=@file` and `name=<file`, each with `;type=…` and `;filename=…` behind it. */
function readField({ option, name: optionName, value }: Argument, problems: ProblemLog): Field | undefined {
  const { text, range } = value;
  const refuse = (advice: string) => {
    problems.add("curlOption", range, optionName, advice);
    return undefined;
  };
  const equals = text.indexOf("=");
  if (equals <= 0) return refuse('needs a field, as in "name=text" or "name=@file".');
  const field = { name: text.slice(0, equals), range, isFile: false, filename: undefined, type: undefined };
  const rest = text.slice(equals + 1);
  if (option === "form-string") return { ...field, content: rest };
  const isUpload = rest.startsWith("@");
  const isFile = isUpload || rest.startsWith("<");
  const { content, attributes, fault } = splitAttributes(isFile ? rest.slice(1) : rest);
  if (fault) return refuse(fault);
  if (isFile && (content === "" || content === "-")) return refuse("needs the name of a file.");
  if (isUpload && content.includes(",") && !rest.startsWith('@"'))
    return refuse("takes one file here; write one -F for each.");
  const filename = attributes.get("filename") ?? (isUpload ? content.replace(/^.*[\\/]/s, "") : undefined);
  const type = attributes.get("type") ?? (isUpload ? mediaTypeOf(content) : undefined);
  return { ...field, content, isFile, filename, type };
}

/** Cuts `;type=…` and `;filename=…` off; a content in double quotes may hold semicolons. */
function splitAttributes(text: string): { content: string; attributes: Map<string, string>; fault?: string } {
  const attributes = new Map<string, string>();
  const quoted = /^"((?:\\["\\]|[^"\\])*)"/.exec(text);
  const start = quoted ? quoted[0].length : text.search(/;[ ]*(?:type|filename|headers|encoder)=/);
  const end = start < 0 ? text.length : start;
  const content = quoted ? unescaped(quoted[1] ?? "") : text.slice(0, end);
  const attribute =
    /;[ ]*([a-z]+)=(?:"((?:\\["\\]|[^"\\])*)"|((?:(?!;[ ]*(?:filename|type|headers|encoder)=)[\s\S])*))/gy;
  attribute.lastIndex = end;
  for (let at = end; at < text.length; at = attribute.lastIndex) {
    const found = attribute.exec(text);
    const [, name = "", inQuotes, bare] = found ?? [];
    if (!found || (name !== "type" && name !== "filename")) {
      return { content, attributes, fault: 'takes only ";type=…" and ";filename=…" behind the content.' };
    }
    attributes.set(name, inQuotes === undefined ? (bare ?? "").trim() : unescaped(inQuotes));
  }
  return { content, attributes };
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, "$1");
}

/** As the HTML standard and curl escape names in a multipart body. */
function escaped(text: string): string {
  return text.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function fieldHead({ name, filename, type }: Field): string {
  const file = filename === undefined ? "" : `; filename="${escaped(filename)}"`;
  const disposition = `Content-Disposition: form-data; name="${escaped(name)}"${file}`;
  return type === undefined ? disposition : `${disposition}\r\nContent-Type: ${type.replace(/[\r\n]/g, " ")}`;
}

/** The types that curl knows; any other file is a stream of bytes. */
const mediaTypes: Readonly<Record<string, string>> = {
  gif: "image/gif",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain",
  htm: "text/html",
  html: "text/html",
  pdf: "application/pdf",
  xml: "application/xml",
};

function mediaTypeOf(path: string): string {
  const extension = /\.([A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return mediaTypes[extension] ?? "application/octet-stream";
}

/** Always the same for the same command, and not part of any text in it. */
function boundaryFor(texts: string): string {
  const base = "------------------------padlock7d1c4b9e2f60a835";
  let boundary = base;
  for (let number = 1; texts.includes(boundary); number++) boundary = `${base}${number}`;
  return boundary;
}
