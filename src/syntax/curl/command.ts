import { findControlCharacter, isBlank } from "../characters.ts";
import { findColon, isHeaderName } from "../headers.ts";
import type { CurlOptions, CurlRedirects, HeaderField, RequestNode, Span } from "../nodes.ts";
import type { ProblemLog } from "../problems.ts";
import type { Source } from "../source.ts";
import { type Argument, readArguments } from "./arguments.ts";
import { basicValue } from "./credentials.ts";
import { bodyOf, type DataPiece, joinPieces, readData } from "./data.ts";
import { readForm } from "./form.ts";
import type { CurlOption } from "./options.ts";
import { readShellWords } from "./shell-words.ts";
import { readUrl } from "./url.ts";

const httpVersions: Readonly<Record<string, CurlOptions["httpVersion"]>> = { "http1.1": "1.1", http2: "2" };

/** `curl …` in place of a request line. */
export function isCurlLine(source: Source, line: number): boolean {
  const first = source.first(line);
  if (!source.text.startsWith("curl", first)) return false;
  const end = source.end(line);
  const behind = source.text.startsWith(".exe", first + 4) ? first + 8 : first + 4;
  return behind >= end || isBlank(source.text.charCodeAt(behind));
}

export interface CurlRead {
  readonly request: RequestNode;
  /** The first line behind the command. */
  readonly next: number;
  readonly commentLines: readonly number[];
}

/** Reads the command at a line that `isCurlLine` as the request that curl would send. Nothing of it is run. */
export function readCurl(source: Source, line: number, to: number, problems: ProblemLog): CurlRead {
  const { words, faults, commentLines, end, next } = readShellWords(source, line, to);
  for (const { range, message, isWarning } of faults) {
    problems.add(isWarning ? "curlDoubtful" : "curlSyntax", range, "", message);
  }
  const lineRange = source.line(line).range;
  const range = { start: lineRange.start, end: Math.max(end, lineRange.start) };
  const command = new CurlCommand(source, readArguments(words.slice(1), problems), problems);
  const request = command.request({ start: range.start, end: Math.min(lineRange.end, range.end) }, range);
  return { request, next: Math.min(next, to), commentLines };
}

class CurlCommand {
  readonly #source: Source;
  readonly #arguments: readonly Argument[];
  readonly #problems: ProblemLog;
  readonly #headers: HeaderField[] = [];
  /** Lower-case names of headers that `-H "Name:"` leaves out. */
  readonly #removed = new Set<string>();

  constructor(source: Source, words: readonly Argument[], problems: ProblemLog) {
    this.#source = source;
    this.#arguments = words;
    this.#problems = problems;
  }

  request(lineRange: RequestNode["lineRange"], range: RequestNode["range"]): RequestNode {
    for (const argument of this.#all("header")) this.#readHeader(argument);
    this.#addOptionHeaders();
    const data = this.#readData();
    const isGet = this.#last("get") !== undefined;
    const urls = this.#all("url").map(({ value }) => value);
    const mayGlob = this.#last("globoff") === undefined;
    const url = readUrl(urls, isGet ? data : [], { lineRange, mayGlob }, this.#problems);
    const body = this.#readBody(isGet ? [] : data);
    const method = this.#readMethod();
    const headers = this.#headers;
    return { dialect: "curl", range, method, url, version: undefined, lineRange, headers, body, curl: this.#options() };
  }

  #all(...options: CurlOption[]): readonly Argument[] {
    return this.#arguments.filter(({ option }) => options.includes(option));
  }

  #last(...options: CurlOption[]): Argument | undefined {
    return this.#arguments.findLast(({ option }) => options.includes(option));
  }

  #readHeader({ name: option, value: { text, range } }: Argument): void {
    const colon = findColon(text);
    const isEmptied = colon < 0 && text.endsWith(";");
    const name = (isEmptied ? text.slice(0, -1) : text.slice(0, Math.max(colon, 0))).trim();
    const value = isEmptied ? "" : text.slice(colon + 1).trim();
    if (text.startsWith("@")) {
      this.#problems.add("curlOption", range, option, "cannot read headers from a file. Write them here.");
    } else if (!isHeaderName(name)) {
      this.#problems.add("curlOption", range, option, 'needs a header such as "Name: value".');
    } else if (value === "" && !isEmptied) {
      this.#removed.add(name.toLowerCase());
      this.#problems.add("curlIgnored", range, `${option} "${name}:"`);
    } else {
      this.#addHeader(name, value, range);
    }
  }

  #addHeader(name: string, value: string, range: Span["range"]): void {
    const control = findControlCharacter(value);
    if (control >= 0) {
      const hex = value.charCodeAt(control).toString(16).toUpperCase().padStart(4, "0");
      this.#problems.add("controlCharacter", range, `U+${hex}`);
    }
    this.#headers.push({ range, name: { text: name, range }, value: { text: value, range } });
  }

  /** Adds a header unless `-H` has written or removed it. */
  #addDefault(name: string, value: string, range: Span["range"]): void {
    const key = name.toLowerCase();
    if (!this.#removed.has(key) && !this.#header(key)) this.#addHeader(name, value, range);
  }

  #header(key: string): HeaderField | undefined {
    return this.#headers.find(({ name }) => name.text.toLowerCase() === key);
  }

  #addOptionHeaders(): void {
    const agent = this.#last("agent")?.value;
    if (agent) this.#addDefault("User-Agent", agent.text, agent.range);
    const referer = this.#last("referer");
    if (referer?.value.text.endsWith(";auto")) {
      this.#problems.add("curlOption", referer.value.range, referer.name, 'cannot set ";auto". Remove it.');
    } else if (referer) this.#addDefault("Referer", referer.value.text, referer.value.range);
    this.#addCookies();
    const bearer = this.#last("bearer")?.value;
    if (bearer) this.#addDefault("Authorization", `Bearer ${bearer.text}`, bearer.range);
    const user = this.#last("user");
    if (!user) return;
    const basic = basicValue(user.value);
    if ("value" in basic) this.#addDefault("Authorization", basic.value, user.value.range);
    else this.#problems.add("curlOption", user.value.range, user.name, basic.advice);
  }

  #addCookies(): void {
    const cookies = this.#all("cookie");
    for (const { name, value } of cookies) {
      if (!value.text.includes("=") && !value.text.includes("{{")) {
        this.#problems.add("curlOption", value.range, name, 'cannot read cookies from a file. Write "name=value".');
      }
    }
    const [first] = cookies;
    if (first) this.#addDefault("Cookie", cookies.map(({ value }) => value.text).join("; "), first.value.range);
  }

  #readData(): readonly DataPiece[] {
    return this.#all("data", "data-raw", "data-binary", "data-urlencode", "json").flatMap(
      (argument) => readData(argument, this.#problems) ?? [],
    );
  }

  #readBody(data: readonly DataPiece[]): RequestNode["body"] {
    const whole = (range: Span["range"]) => this.#source.span(range.start, range.end);
    const form = this.#all("form", "form-string");
    const upload = this.#last("upload");
    const [firstForm] = form;
    const kinds = [data.length > 0, form.length > 0, upload !== undefined].filter(Boolean).length;
    if (kinds > 1) {
      const { range } = (firstForm ?? upload)?.value ?? { range: { start: 0, end: 0 } };
      this.#problems.add("curlSyntax", range, "", "Only one of -d, -F and -T can be the body. Remove the others.");
    }
    if (firstForm) return this.#readForm(form, whole);
    if (upload) {
      const { value } = upload;
      if (value.text === "-" || value.text === ".") {
        this.#problems.add("curlOption", value.range, upload.name, "needs the name of a file.");
      }
      return {
        kind: "file",
        range: value.range,
        path: value,
        substitute: false,
        encoding: undefined,
        lineEnds: "keep",
      };
    }
    const json = this.#last("json");
    const [first] = this.#all("data", "data-raw", "data-binary", "data-urlencode");
    const range = (json ?? first)?.value.range;
    if (range && data.length > 0) {
      this.#addDefault("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded", range);
      if (json) this.#addDefault("Accept", "application/json", range);
    }
    return joinPieces(data, json ? "" : "&", whole);
  }

  #readForm(form: readonly Argument[], whole: (range: Span["range"]) => Span): RequestNode["body"] {
    const { boundary, parts } = readForm(form, this.#problems);
    const range = form[0]?.value.range ?? { start: 0, end: 0 };
    const written = this.#header("content-type");
    if (written && /^multipart\/form-data$/i.test(written.value.text))
      this.#headers.splice(this.#headers.indexOf(written), 1);
    else if (written) {
      this.#problems.add("curlOption", written.range, "-H", "must not name another Content-Type beside -F. Remove it.");
    }
    this.#addDefault("Content-Type", `multipart/form-data; boundary=${boundary}`, range);
    return bodyOf(parts, whole);
  }

  #readMethod(): Span | undefined {
    const written = this.#last("method")?.value;
    if (written) return written;
    const head = this.#last("head")?.value;
    if (head) return { text: "HEAD", range: head.range };
    const upload = this.#last("upload")?.value;
    if (upload) return { text: "PUT", range: upload.range };
    if (this.#last("get")) return undefined;
    const [data] = this.#all("data", "data-raw", "data-binary", "data-urlencode", "json", "form", "form-string");
    return data && { text: "POST", range: data.value.range };
  }

  #options(): CurlOptions {
    const value = (option: CurlOption) => this.#last(option)?.value;
    const cert = value("cert");
    const [, file = ""] = /^((?:[A-Za-z]:[\\/])?(?:\\:|[^:])*)/.exec(cert?.text ?? "") ?? [];
    const behind = cert?.text.slice(file.length + 1);
    for (const option of ["connect-timeout", "max-time"] as const) {
      const seconds = value(option);
      if (seconds && !/^\d+(?:\.\d+)?$/.test(seconds.text)) {
        this.#problems.add("curlOption", seconds.range, `--${option}`, "needs a number of seconds.");
      }
    }
    return {
      cert: cert && { text: file.replaceAll("\\:", ":"), range: cert.range },
      key: value("key"),
      passphrase: value("pass") ?? (cert && behind ? { text: behind, range: cert.range } : undefined),
      cacert: value("cacert"),
      unixSocket: value("unix-socket"),
      connectTimeout: value("connect-timeout"),
      maxTime: value("max-time"),
      httpVersion: httpVersions[this.#last("http1.1", "http2")?.option ?? ""],
      redirects: this.#redirects(),
    };
  }

  #redirects(): CurlRedirects | undefined {
    const most = this.#last("max-redirs");
    if (most && !/^(?:-1|\d{1,9})$/.test(most.value.text)) {
      this.#problems.add("curlOption", most.value.range, most.name, "needs a whole number.");
    }
    const keepPost = this.#all("keep-post");
    if (this.#last("location")) {
      return { most: most?.value, keepPost: keepPost.map(({ name }) => Number(name.slice(-3))) };
    }
    for (const { name, value } of [...(most ? [most] : []), ...keepPost]) {
      this.#problems.add("curlIgnored", value.range, name);
    }
    return undefined;
  }
}
