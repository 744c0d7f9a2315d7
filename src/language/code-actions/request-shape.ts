import { parse, type RequestBlock, type RequestNode } from "../../syntax/index.ts";

/** What a request sends, whatever it is written like. Undefined for bodies of several parts. */
function shapeOf({ method, url, headers, body }: RequestNode): string | undefined {
  if (body.kind === "mixed") return undefined;
  const content =
    body.kind === "inline"
      ? body.content.text
      : body.kind === "file"
        ? [body.path.text, body.substitute, body.encoding?.text, body.lineEnds]
        : undefined;
  const fields = headers.map(({ name, value }) => [name.text, value.text]);
  return JSON.stringify([(method?.text ?? "GET").toUpperCase(), url.text, fields, content ?? null]);
}

/** Whether a text is, as a block of its own, one request that sends the same, with nothing beside it. */
export function sendsTheSame(text: string, request: RequestNode): boolean {
  const { blocks, problems } = parse(text);
  const [block, ...others] = blocks;
  if (!block?.request || others.length > 0 || problems.some(({ severity }) => severity === "error")) return false;
  const { directives, comments, variables, foreign, imports, runs } = block;
  const beside = [directives, comments, variables, foreign, imports, runs];
  return beside.every(({ length }) => length === 0) && shapeOf(block.request) === shapeOf(request);
}

/** True when nothing but the request stands in its lines, so that they can be written anew. */
export function standsAlone(
  { directives, comments, variables, foreign }: RequestBlock,
  { range }: RequestNode,
): boolean {
  return [directives, comments, variables, foreign].every((nodes) =>
    nodes.every((node) => node.range.end <= range.start || node.range.start >= range.end),
  );
}
