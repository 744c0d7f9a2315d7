import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { err, ok, type Result } from "../common/result.ts";
import { checkPath, NotWritten, type RawSettings, readAllowedFile, replaceFile, shownFile } from "../settings/index.ts";
import { type EditedSettings, type Hosts, type SettingsText, withAuthority, withHosts } from "./settings-edit.ts";

type SettingsFile = Pick<RawSettings, "root" | "file" | "unreadable">;

/** In MB, as where settings are read. */
const largest = 16;

/** Adds hosts to the settings file on the disk; see `withHosts`. The reason, as full sentences, where nothing was written. */
export function writeHosts(
  settings: SettingsFile,
  hosts: Hosts,
  replace: boolean,
): Promise<Result<EditedSettings, string>> {
  return change(settings, (text) => withHosts(text, hosts, replace));
}

/** Adds an authority to the settings file on the disk; see `withAuthority`. */
export function writeAuthority(
  settings: SettingsFile,
  path: readonly string[],
  file: string,
  entry: Readonly<Record<string, unknown>>,
): Promise<Result<EditedSettings, string>> {
  return change(settings, (text) => {
    const edited = withAuthority(text, path, file, entry);
    return edited.ok ? ok({ text: edited.value, kept: [] }) : edited;
  });
}

type Edit = (settings: SettingsText) => Result<EditedSettings, string>;

async function change({ root, file, unreadable }: SettingsFile, edit: Edit): Promise<Result<EditedSettings, string>> {
  const shown = shownFile(root, file);
  const refuse = (reason: string) => err(`${shown} was not changed: ${reason}.`);
  if (unreadable !== undefined) return refuse(unreadable);
  const folders = [file.endsWith(".code-workspace") ? dirname(file) : root];
  const read = await readAllowedFile(file, folders, largest);
  if (read.kind === "outside") return refuse("it is a link to a file outside of the project");
  if (read.kind === "unreadable" && !read.isMissing) return refuse(read.reason);
  const before = read.kind === "read" ? read.bytes.toString("utf8").replace(/^\uFEFF/, "") : undefined;
  const edited = edit({ file, text: before });
  if (!edited.ok || edited.value.text === before) return edited;
  try {
    const place = await checkPath(file, folders);
    if (place.kind !== "allowed") return refuse("it was exchanged while it was read");
    await mkdir(dirname(place.path), { recursive: true });
    const mode = read.kind === "read" ? Number(read.stats.mode) & 0o777 : 0o644;
    await replaceFile(place.path, Buffer.from(edited.value.text), mode);
    return edited;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return refuse(error instanceof NotWritten ? error.message : `the system says ${code}`);
  }
}
