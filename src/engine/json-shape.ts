import type { JsonShape } from "../common/known-response.ts";

const deepest = 12;
/** Of all objects together: completion needs no more, and a response can hold millions. */
const mostProperties = 2000;

/** The names and nesting of a JSON text; undefined for what is not JSON. `isSafe`: may the name be shown? */
export function shapeOf(body: Uint8Array | undefined, isSafe: (name: string) => boolean): JsonShape | undefined {
  if (!body || body.length === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  let properties = 0;
  const shape = (part: unknown, depth: number): JsonShape => {
    if (part === null || typeof part !== "object" || depth > deepest) return { kind: "value" };
    if (Array.isArray(part)) {
      return { kind: "array", items: part.length === 0 ? undefined : shape(part[0], depth + 1) };
    }
    const members = new Map<string, JsonShape>();
    for (const name of Object.keys(part)) {
      if (++properties > mostProperties) break;
      if (isSafe(name)) members.set(name, shape((part as Record<string, unknown>)[name], depth + 1));
    }
    return { kind: "object", properties: members };
  };
  return shape(value, 0);
}
