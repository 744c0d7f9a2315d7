import { byteSize } from "../common/units.ts";

/** How good the news is: decides colour, icon and word together, so that colour never stands alone. */
export type Level = "ok" | "info" | "warning" | "error" | "neutral";

/** RFC 9110, section 15: the class of a status is its first digit. */
export function statusLevel(status: number): Level {
  if (status >= 500) return "error";
  if (status >= 400) return "warning";
  if (status >= 300 || status < 200) return "info";
  return "ok";
}

/** Decoded size, and in brackets what crossed the wire where that differs: `2.4 KB (1.1 KB gzip)`. */
export function bodySize(size: number, encodedSize: number, contentEncoding: string | undefined): string {
  if (size === encodedSize) return byteSize(size);
  return `${byteSize(size)} (${byteSize(encodedSize)} ${contentEncoding || "on the wire"})`;
}

/** `2026-12-10 10:00 UTC`: the same for every reader, unlike a local date. Text that is no date stays as it is. */
export function instant(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `2026-12-10`. */
export function day(iso: string): string {
  return instant(iso).slice(0, 10);
}

/** The reader's own clock: `12:04:31`. */
export function timeOfDay(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleTimeString(undefined, { timeStyle: "medium" });
}

/** The same with the day: `21 Nov 2026, 12:04:31`. */
export function dayAndTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}
