import { type ForeignNode, readAssertion } from "../syntax/index.ts";

/**
 * What an assertion or script of another tool surely checks, as values of `@assert`; empty where it is not sure. Only
 * a whole comparison with a literal counts, and only in scripts whose every statement is carried out.
 */
export function declarativeAssertions(node: ForeignNode): readonly string[] {
  return understood(node).filter(
    (assertion) => readAssertion({ text: assertion, range: { start: 0, end: assertion.length } }).ok,
  );
}

function understood({ kind, content }: ForeignNode): readonly string[] {
  if (kind === "assertion") {
    const assertion = fromLine(content.text);
    return assertion === undefined ? [] : [assertion];
  }
  return kind === "response-script" && content.text.length <= longestScript ? fromScript(content.text) : [];
}

const longestScript = 20_000;

const predicates: ReadonlyMap<string, string> = new Map([
  ["==", "=="],
  ["===", "=="],
  ["!=", "!="],
  ["!==", "!="],
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
  ["includes", "contains"],
  ["startsWith", "starts-with"],
  ["endsWith", "ends-with"],
]);

const textPredicates = new Set(["==", "!=", "contains", "starts-with", "ends-with"]);

/** `?? status == 200`, `?? header content-type includes json`, `?? body includes text`, `?? duration < 500`. */
function fromLine(line: string): string | undefined {
  const [, query = "", header, written = "", value = ""] =
    /^(status|duration|body|header[ \t]+([\w-]+))[ \t]+([=!<>]+|[A-Za-z]+)[ \t]+(\S.*)$/.exec(line.trim()) ?? [];
  const predicate = predicates.get(written);
  if (predicate === undefined || value.includes("{{")) return undefined;
  if (header === undefined && query !== "body")
    return /^\d+$/.test(value) ? `${query} ${predicate} ${value}` : undefined;
  if (!textPredicates.has(predicate)) return undefined;
  const subject = header === undefined ? query : `header ${header}`;
  return `${subject} ${predicate} ${JSON.stringify(unquoted(value))}`;
}

function unquoted(text: string): string {
  return /^"[^"\\]*"$|^'[^'\\]*'$/.test(text) ? text.slice(1, -1) : text;
}

const assertion =
  /\bclient\.assert\(\s*response\.([\w.]+)(?:\(\s*["']([\w-]+)["']\s*\))?\s*([=!]==?|[<>]=?)\s*("[^"\\\r\n]*"|'[^'\\\r\n]*'|\d+|true|false|null)\s*[,)]/g;

/** Statements that are carried out only sometimes, or more than once. */
const branching = /\b(?:if|else|for|while|do|switch|case|try|catch|return|forEach|map|filter)\b/;

function fromScript(script: string): readonly string[] {
  const plain = script.replaceAll(/\/\*[\s\S]*?\*\/|(?:^|(?<=\s))\/\/[^\r\n]*/g, " ");
  if (branching.test(plain.replaceAll(/"[^"\r\n]*"|'[^'\r\n]*'/g, '""'))) return [];
  const found = [...plain.matchAll(assertion)].flatMap(([, path = "", argument, operator = "", value = ""]) => {
    const query = queryOf(path, argument);
    const predicate = predicates.get(operator === "==" || operator === "!=" ? `${operator}=` : operator);
    if (query === undefined || predicate === undefined) return [];
    const isNumber = /^\d+$/.test(value);
    if (query === "status" && !isNumber) return [];
    if (!isNumber && predicate !== "==" && predicate !== "!=") return [];
    return `${query} ${predicate} ${value.startsWith("'") ? JSON.stringify(value.slice(1, -1)) : value}`;
  });
  return [...new Set(found)];
}

/** `status`, `body.name.more`, `headers.valueOf("Name")`. */
function queryOf(path: string, argument: string | undefined): string | undefined {
  if (argument !== undefined) return path === "headers.valueOf" ? `header ${argument}` : undefined;
  if (path === "status") return path;
  return /^body(?:\.[A-Za-z_]\w*)+$/.test(path) && !path.endsWith(".length")
    ? path.replace("body.", "body.$.")
    : undefined;
}
