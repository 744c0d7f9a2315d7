import type { CompletionItem } from "vscode-languageserver-types";
import { item, Kind } from "./items.ts";
import type { CompletionRequest, ContextOf } from "./request.ts";

/** The entries of the folder that the path names so far; after a folder the next ones are asked for. */
export async function paths(
  { only, written, after }: ContextOf<"path">,
  { document, host, place }: CompletionRequest,
): Promise<CompletionItem[]> {
  // Absolute paths and those with references name no folder beside the file.
  if (/^[/\\~]|^[a-z]:|\{\{/i.test(written)) return [];
  const folderEnd = written.lastIndexOf("/") + 1;
  const folder = written.slice(0, folderEnd);
  const [rest = ""] = /^[^/#]*/.exec(after) ?? [];
  const range = { start: place.offset - (written.length - folderEnd), end: place.offset + rest.trimEnd().length };
  const hasSlash = after.startsWith("/", rest.length);
  const entries = await host.listFolder(document.uri, folder === "" ? "." : folder);
  return entries
    .filter(({ name, isFolder }) => isPlain(name) && (isFolder || only === "any" || isRequestFile(name)))
    .map(({ name, isFolder }) =>
      item(document, {
        label: isFolder ? `${name}/` : name,
        kind: isFolder ? Kind.Folder : Kind.File,
        range,
        text: isFolder && !hasSlash ? `${name}/` : name,
        filter: name,
        rank: (name.startsWith(".") ? 2 : 0) + (isFolder ? 1 : 0),
        goesOn: isFolder,
      }),
    );
}

/** A name that can stand in a request file as it is. */
function isPlain(name: string): boolean {
  return !/\p{Cc}|\{\{|^\s|\s$/u.test(name);
}

function isRequestFile(name: string): boolean {
  return /\.(?:https?|rest)$/i.test(name);
}
