import { storageKeys } from "../manifest.ts";

/** The part of VS Code's `Memento` that is used. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/**
 * The chosen environment of each workspace folder. Kept in the state of the workspace, which VS Code neither shares with
 * another window nor syncs: choosing "production" here must not change what a Send does elsewhere.
 */
export class ActiveEnvironments {
  readonly #memory: Memory;

  constructor(workspaceState: Memory) {
    this.#memory = workspaceState;
  }

  /** "" for none. `folder` is a workspace folder's URI, "" for files outside of all. */
  get(folder: string): string {
    const name = this.#all()[folder];
    return typeof name === "string" ? name : "";
  }

  async set(folder: string, name: string): Promise<void> {
    const { [folder]: _, ...others } = this.#all();
    await this.#memory.update(storageKeys.environments, name === "" ? others : { ...others, [folder]: name });
  }

  #all(): Readonly<Record<string, unknown>> {
    const kept = this.#memory.get(storageKeys.environments);
    return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
  }
}
