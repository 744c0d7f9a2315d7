import { lstat } from "node:fs/promises";
import net from "node:net";
import { Failure } from "../common/failure.ts";
import { checkPath, type FileReference, outsideFailure } from "../settings/index.ts";
import type { Connection } from "./connection.ts";
import type { Route } from "./route.ts";

/** What a socket's address can hold (`sun_path` of unix(7): 108 bytes on Linux, 104 on macOS, with the NUL at its end). */
const longestPath = process.platform === "darwin" ? 103 : 107;

/**
 * The way to a server on this machine that listens on a Unix domain socket. Its place is checked as that of any other
 * file, at each request.
 * @throws {Failure} `network.refused`, `policy.path-outside-workspace`
 */
export async function unixSocketRoute(file: FileReference): Promise<Route> {
  const { written, setting, location } = file;
  const checked = await checkPath(file.path, file.folders);
  if (checked.kind === "outside") {
    const title = `The socket ${written} is outside the workspace`;
    throw outsideFailure(checked, { title, detail: `${setting} names ${written}.`, location, setting });
  }
  if (checked.kind === "unreadable") throw notOpened(file, checked.reason);
  const { path } = checked;
  const problem = await problemOf(path);
  if (problem !== undefined) throw notOpened(file, problem);
  return { key: `unix:${path}`, open: (connection) => dialSocket(connection, file, path) };
}

/** As the end of a sentence; undefined for a socket. */
async function problemOf(path: string): Promise<string | undefined> {
  const entry = await lstat(path).catch(() => undefined);
  if (!entry) return "there is no such file";
  if (!entry.isSocket()) return "it is not a socket";
  return Buffer.byteLength(path) > longestPath ? `its path is longer than ${longestPath} bytes` : undefined;
}

function dialSocket(connection: Connection, file: FileReference, path: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = new net.Socket();
    connection.socket = socket;
    connection.socketPath = file.written;
    connection.times.connectStart = performance.now();
    socket.on("error", (error: NodeJS.ErrnoException) => {
      reject(connection.times.connectEnd === undefined ? notOpened(file, reasonOf(error), error) : error);
    });
    socket.once("close", () => reject(new Error("the connection was closed")));
    socket.once("connect", () => {
      connection.times.connectEnd = performance.now();
      resolve(socket);
    });
    socket.connect({ path });
  });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens on it",
  ENOENT: "there is no such file",
  EACCES: "you may not open it",
  EPERM: "you may not open it",
  ENOTSOCK: "it is not a socket",
};

function reasonOf({ code = "" }: NodeJS.ErrnoException): string {
  return reasons[code] ?? `the system says ${code}`;
}

function notOpened({ written, setting, location }: FileReference, reason: string, cause?: unknown): Failure {
  return new Failure({
    code: "network.refused",
    title: `The socket ${written} cannot be opened`,
    detail: `${setting} names the Unix socket ${written}, but ${reason}. Nothing was sent.`,
    fix: `Start the server that listens there, or correct the path in ${setting}.`,
    location,
    setting,
    cause,
  });
}
