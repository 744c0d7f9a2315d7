import type { Diagnostic } from "./diagnostic.ts";

interface Reason {
  readonly detail: string;
  readonly fix: string;
}

const reasons: Readonly<Record<string, Reason>> = {
  ENOENT: { detail: "There is no such file or folder.", fix: "Check the path; it starts from the current folder." },
  ENOTDIR: { detail: "A part of the path is a file, not a folder.", fix: "Check the path." },
  ELOOP: { detail: "Its symbolic links lead in a circle.", fix: "Check the path." },
  EACCES: { detail: "This user may not read it.", fix: "Change the permissions of the file or of its folder." },
  EPERM: { detail: "This user may not read it.", fix: "Change the permissions of the file or of its folder." },
};

/** What the system said when a file or folder was to be read. */
export function unreadable(given: string, error: unknown): Diagnostic {
  const systemCode = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  const reason = reasons[systemCode] ?? { detail: `The system says ${systemCode}.`, fix: "Check the file." };
  return { code: "value.unreadable-file", title: `Cannot read ${given}`, path: given, ...reason };
}
