import { isAbsolute, relative, sep } from "node:path";

/** A file as a person would write it: relative to the workspace folder with `/`, or absolute where it is outside. */
export function shownFile(root: string, file: string): string {
  const path = relative(root, file);
  const inside = path !== "" && !isAbsolute(path) && path.split(sep)[0] !== "..";
  return inside ? path.split(sep).join("/") : file;
}
