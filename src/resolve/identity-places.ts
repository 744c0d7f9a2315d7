import { dirname, parse } from "node:path";
import { isOfKernel } from "../settings/allowed-paths.ts";
import {
  checkPath,
  type FileReference,
  isPlainlyAllowed,
  outsideFailure,
  type Settings,
  type TlsProfile,
} from "../settings/index.ts";

/**
 * The files and the socket of a profile lie where files of the workspace may lie. Whether one is there is a matter of reading it.
 * @throws {Failure} `policy.path-outside-workspace`
 */
export async function refuseOutsideFiles(profile: TlsProfile, { root }: Pick<Settings, "root">): Promise<void> {
  if (profile.socket) await refuseOutsideSocket(profile.socket, root);
  for (const file of filesOf(profile)) {
    if (isPlainlyAllowed(file.path, file.folders)) continue;
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

async function refuseOutsideSocket(socket: FileReference, root: string): Promise<void> {
  const checked = await checkPath(socket.path, socket.folders);
  if (checked.kind !== "outside") return;
  const init = {
    title: `The socket ${socket.written} is outside the workspace`,
    detail: `${socket.setting} names the Unix socket ${socket.written}. What stands in a workspace may only name sockets of its own folder, ${root}, also after following symbolic links. Nothing was sent.`,
    location: socket.location,
    setting: socket.setting,
  };
  const folder = dirname(checked.path);
  const isListable = !isOfKernel(checked.path) && parse(folder).root !== folder;
  const instead = "Have the server listen on a socket in the workspace folder.";
  throw outsideFailure({ ...checked, folder: isListable ? folder : undefined }, init, true, instead);
}

function filesOf({ cert, key, pfx, ca = [], crl = [] }: TlsProfile): readonly FileReference[] {
  return [cert, key, pfx, ...ca, ...crl].filter((file) => typeof file === "object");
}
