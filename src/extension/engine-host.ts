import type { Engine } from "../engine/contract.ts";

/** Loads the engine's bundle at the first send and keeps one engine, with its connections, for the window. */
export class EngineHost {
  readonly #lookUp: (name: string) => string | undefined;
  #engine: Promise<Engine> | undefined;

  /** `lookUp` reads an environment variable, at each run anew: the demo adds its own while the window is open. */
  constructor(lookUp: (name: string) => string | undefined) {
    this.#lookUp = lookUp;
  }

  get(): Promise<Engine> {
    this.#engine ??= this.#load().catch((error: unknown) => {
      this.#engine = undefined;
      throw error;
    });
    return this.#engine;
  }

  async close(): Promise<void> {
    const engine = await this.#engine;
    await engine?.close();
  }

  async #load(): Promise<Engine> {
    const { createEngine } = await import("../engine/index.ts");
    return createEngine({ environment: { get: this.#lookUp } });
  }
}
