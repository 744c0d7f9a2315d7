import { createLineMap, type LineMap, type RequestFile } from "../syntax/index.ts";

const lineMaps = new WeakMap<RequestFile, LineMap>();

/** The file's line map, made once however many features ask for it. */
export function lineMapOf(file: RequestFile): LineMap {
  let map = lineMaps.get(file);
  if (!map) {
    map = createLineMap(file.text);
    lineMaps.set(file, map);
  }
  return map;
}
