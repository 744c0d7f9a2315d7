import { posix } from "node:path";

/** The parts of a URI that say where a file is. */
export interface FilePlace {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/**
 * The path of a URI for a path that stands in a file of `folder`: with `/` or `\`, relative or absolute, as `C:\certs` too.
 */
export function resolvedPath(folder: string, path: string): string {
  const slashes = path.replaceAll("\\", "/");
  const absolute = /^[A-Za-z]:\//.test(slashes) ? `/${slashes}` : slashes;
  return posix.resolve(folder, absolute);
}

/** Is `place` the folder or below it? */
export function isInside(folder: FilePlace, place: FilePlace): boolean {
  if (folder.scheme !== place.scheme || folder.authority !== place.authority) return false;
  const base = folder.path.endsWith("/") ? folder.path : `${folder.path}/`;
  return place.path === folder.path || `${place.path}/` === base || posix.normalize(place.path).startsWith(base);
}
