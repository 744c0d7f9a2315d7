import { posix } from "node:path";
import { FileType, Uri, workspace } from "vscode";
import type { FolderEntry } from "../../language/index.ts";
import { parse, type RequestFile } from "../../syntax/index.ts";
import { hasDisk } from "../documents.ts";
import { workspaceRoot } from "../workspace-settings.ts";
import { isInside, resolvedPath } from "./paths.ts";

/** More than a person reads through in a list. */
const mostEntries = 1000;
/** Bytes. Larger files than any person imports would only make the editor wait. */
const largestImport = 10_000_000;
const mostImports = 100;

interface Known {
  readonly mtime: number;
  readonly size: number;
  readonly file: RequestFile;
}

/** Reads what a request file names beside it, and only inside its workspace folder. Works on any file system of VS Code. */
export class WorkspaceReader {
  readonly #imports = new Map<string, Known>();

  resolve(uri: string, path: string): Uri {
    const base = folderOf(Uri.parse(uri));
    return base.with({ path: resolvedPath(base.path, path) });
  }

  async listFolder(uri: string, folder: string): Promise<FolderEntry[]> {
    const place = this.resolve(uri, folder === "" ? "." : folder);
    if (!isAllowed(uri, place)) return [];
    try {
      const entries = await workspace.fs.readDirectory(place);
      return entries
        .slice(0, mostEntries)
        .map(([name, type]) => ({ name, isFolder: (type & FileType.Directory) !== 0 }));
    } catch {
      // No such folder, or none that may be read: there is nothing to offer.
      return [];
    }
  }

  /** What the editor holds counts, saved or not. */
  async imported(uri: string, path: string): Promise<{ uri: string; file: RequestFile } | undefined> {
    const place = this.resolve(uri, path);
    if (!isAllowed(uri, place)) return undefined;
    const name = place.toString();
    const open = workspace.textDocuments.find((document) => document.uri.toString() === name);
    if (open) return { uri: name, file: parse(open.getText()) };
    const file = await this.#read(place).catch(() => undefined);
    return file && { uri: name, file };
  }

  async #read(place: Uri): Promise<RequestFile | undefined> {
    const { type, mtime, size } = await workspace.fs.stat(place);
    // Neither a folder nor a device behind a link.
    if ((type & FileType.File) === 0 || size > largestImport) return undefined;
    const name = place.toString();
    const known = this.#imports.get(name);
    if (known && known.mtime === mtime && known.size === size) return known.file;
    const file = parse(new TextDecoder().decode(await workspace.fs.readFile(place)));
    if (this.#imports.size >= mostImports) this.#imports.clear();
    this.#imports.set(name, { mtime, size, file });
    return file;
  }
}

/** The folder that relative paths of a file start from; an unsaved one stands in the workspace folder. */
function folderOf(uri: Uri): Uri {
  return uri.scheme === "untitled" ? Uri.file(workspaceRoot(uri)) : uri.with({ path: posix.dirname(uri.path) });
}

function isAllowed(uri: string, place: Uri): boolean {
  const file = Uri.parse(uri);
  const workspaceFolder = workspace.getWorkspaceFolder(file)?.uri;
  const folder = workspaceFolder ?? (hasDisk(file) ? Uri.file(workspaceRoot(file)) : folderOf(file));
  return isInside(folder, place);
}
