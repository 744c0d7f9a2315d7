import { checkPath, type FileReference, outsideFailure, type Settings, type TlsProfile } from "../settings/index.ts";

/**
 * The files of a profile lie where files of the workspace may lie. Whether one is there is a matter of reading it.
 * @throws {Failure} `policy.path-outside-workspace`
 */
export async function refuseOutsideFiles(profile: TlsProfile, { root }: Pick<Settings, "root">): Promise<void> {
  for (const file of filesOf(profile)) {
    const checked = await checkPath(file.path, file.folders);
    if (checked.kind !== "outside") continue;
    throw outsideFailure(checked, {
      title: `The file ${file.written} is outside the workspace`,
      detail: `${file.setting} names ${file.written}. What stands in a workspace may only name files of its own folder, ${root}, also after following symbolic links. Nothing was read or sent.`,
      location: file.location,
      setting: file.setting,
    });
  }
}

function filesOf({ cert, key, pfx, ca = [] }: TlsProfile): readonly FileReference[] {
  return [cert, key, pfx, ...ca].filter((file) => typeof file === "object");
}
