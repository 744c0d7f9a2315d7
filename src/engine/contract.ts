import type { ExchangeView } from "../protocol/exchange-view.ts";
import type { RawSettings } from "../settings/raw-settings.ts";

export type { RawSettings };

/** What extension and CLI see of the engine bundle: requests go in, redacted views come out. */
export interface Engine {
  /** Sends one request. Never rejects: what goes wrong is the view's `failure`. Aborting gives `canceled`. */
  run(input: RunInput): Promise<ExchangeView>;
  /** The settings that apply to a request file, found from its folder upwards: the CLI's way. Never rejects. */
  findSettings(requestFile: string): Promise<RawSettings>;
  /** Closes every kept-alive connection. */
  close(): Promise<void>;
}

export interface RunInput {
  /** The text of the request file (of the editor, saved or not). */
  readonly text: string;
  /** Absolute path of the request file; body files are found from its folder. */
  readonly file: string;
  /** Index into `parse(text).blocks`. */
  readonly block: number;
  readonly settings: RawSettings;
  readonly signal: AbortSignal;
}
