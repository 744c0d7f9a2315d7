import type { BodyNode, ForeignKind, RequestBlock, RequestFile, RequestNode, Span } from "../../syntax/index.ts";

/** A path in a request file, with what following it does, for people. */
export interface FilePath {
  readonly path: Span;
  readonly tooltip: string;
}

/** The paths of the files that a request file names. One with references in it is only known when it is sent. */
export function filePaths(file: RequestFile): readonly FilePath[] {
  return file.blocks.flatMap(pathsOf).filter(({ path }) => path.text !== "" && !path.text.includes("{{"));
}

/** What is only written, as `>> file`, may not be there. */
const foreignTooltips: Partial<Record<ForeignKind, string>> = {
  "pre-script-file": "Open the script",
  "response-script-file": "Open the script",
  "response-reference": "Open the response",
};

function pathsOf({ imports, runs, foreign, request }: RequestBlock): FilePath[] {
  return [
    ...imports.map(({ path }) => ({ path, tooltip: "Open the imported file" })),
    ...runs.flatMap(({ path }) => (path ? [{ path, tooltip: "Open the file with the requests" }] : [])),
    ...foreign.flatMap(({ kind, content }) => {
      const tooltip = foreignTooltips[kind];
      return tooltip === undefined ? [] : [{ path: content, tooltip }];
    }),
    ...(request ? [...bodyPaths(request.body), ...curlPaths(request)] : []),
  ];
}

function bodyPaths(body: BodyNode): FilePath[] {
  const tooltip = "Open the body file";
  if (body.kind === "file") return [{ path: body.path, tooltip }];
  if (body.kind !== "mixed") return [];
  return body.parts.flatMap((part) => (part.kind === "file" ? [{ path: part.path, tooltip }] : []));
}

function curlPaths({ curl }: RequestNode): FilePath[] {
  const found: FilePath[] = [];
  const add = (path: Span | undefined, tooltip: string) => path && found.push({ path, tooltip });
  add(curl?.cert, "Open the client certificate");
  add(curl?.key, "Open the key");
  add(curl?.cacert, "Open the authorities' certificates");
  return found;
}
