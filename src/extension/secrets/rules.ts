import type { AllowRequest } from "./allow-request.ts";

/** What one setting holds in the folder's own settings and, below it, in those of the `.code-workspace` file. */
export interface SharedValues {
  readonly folder: unknown;
  readonly workspace: unknown;
}

/**
 * `padlock.secrets` of the workspace folder with one more host. A list in the folder's settings takes the place of the
 * same secret's list in the workspace file, so what holds there is kept. A person's own settings add to both: nothing
 * of them is copied into a file that others read.
 */
export function withAllowedHost({ folder, workspace }: SharedValues, { name, host }: AllowRequest): object {
  const hosts = hostsOf(folder, name) ?? hostsOf(workspace, name) ?? [];
  return { ...recordOf(folder), [name]: withMember(hosts, host) };
}

/** `padlock.publicEnv` of the workspace folder with one more name; its list, too, takes the place of the other. */
export function withPublicName({ folder, workspace }: SharedValues, name: string): readonly unknown[] {
  return withMember(listOf(folder) ?? listOf(workspace) ?? [], name);
}

/** A person's `padlock.outsidePaths` with one more folder. */
export function withOutsideFolder(own: unknown, folder: string): readonly unknown[] {
  return withMember(listOf(own) ?? [], folder);
}

function withMember(list: readonly unknown[], member: string): readonly unknown[] {
  return list.includes(member) ? list : [...list, member];
}

function hostsOf(secrets: unknown, name: string): readonly unknown[] | undefined {
  const record = recordOf(secrets);
  return Object.hasOwn(record, name) ? listOf(record[name]) : undefined;
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
