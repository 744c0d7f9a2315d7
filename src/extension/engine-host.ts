import type { KnownResponse } from "../common/known-response.ts";
import type { CookieFilter, Engine, EnginePorts, HeaderPlace } from "../engine/contract.ts";
import type { KeptCookieView } from "../protocol/cookie-view.ts";

/** Loads the engine's bundle at the first send and keeps one engine, with its connections, for the window. */
export class EngineHost {
  readonly #ports: EnginePorts;
  #loading: Promise<Engine> | undefined;
  #engine: Engine | undefined;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  get(): Promise<Engine> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /** Undefined also before the engine was needed for the first time: it is never loaded for this. */
  lastResponse(file: string, requestName: string): KnownResponse | undefined {
    return this.#engine?.lastResponse(file, requestName);
  }

  /** Undefined also before the engine was needed for the first time. */
  reveal(exchangeId: string, header: HeaderPlace): string | undefined {
    return this.#engine?.reveal(exchangeId, header);
  }

  /** None before the engine was needed for the first time. */
  cookies(): readonly KeptCookieView[] {
    return this.#engine?.cookies() ?? [];
  }

  revealCookie(id: string): string | undefined {
    return this.#engine?.revealCookie(id);
  }

  clearCookies(filter: CookieFilter): number {
    return this.#engine?.clearCookies(filter) ?? 0;
  }

  /** See `Engine`; false also before the engine was needed for the first time. */
  async saveBody(exchangeId: string, file: string): Promise<boolean> {
    return (await this.#engine?.saveBody(exchangeId, file)) ?? false;
  }

  async bodyFile(exchangeId: string, name: string): Promise<string | undefined> {
    return this.#engine?.bodyFile(exchangeId, name);
  }

  async close(): Promise<void> {
    const engine = await this.#loading;
    await engine?.close();
  }

  async #load(): Promise<Engine> {
    const { createEngine } = await import("../engine/index.ts");
    this.#engine = createEngine(this.#ports);
    return this.#engine;
  }
}
