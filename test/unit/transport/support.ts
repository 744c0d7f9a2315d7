import type { Failure } from "../../../src/common/failure.ts";
import { defaultTimeouts } from "../../../src/settings/model.ts";
import type { ExpandedString, FileReference, TlsProfile } from "../../../src/settings/tls-profile.ts";
import { createTransport, type TransportRequest, type TransportResult } from "../../../src/transport/index.ts";

export const noProfile: TlsProfile = {
  pattern: undefined,
  cert: undefined,
  key: undefined,
  pfx: undefined,
  passphrase: undefined,
  ca: undefined,
  minVersion: undefined,
  unverified: false,
};

export function fileReference(path: string, key: string): FileReference {
  const written = path.replace(/^.*\//, "");
  return { path, value: path, written, setting: `padlock.hosts › localhost:* › ${key}`, location: undefined };
}

export function expanded(value: string): ExpandedString {
  return {
    value,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the settings write it so
    written: "${env:PASSPHRASE}",
    setting: "padlock.hosts › localhost:* › passphrase",
    location: undefined,
  };
}

export function get(url: string, changes: Partial<TransportRequest> = {}): TransportRequest {
  return {
    method: "GET",
    url: new URL(url),
    headers: [],
    body: undefined,
    profile: noProfile,
    timeouts: defaultTimeouts,
    ...changes,
  };
}

/** One request on a transport of its own. */
export async function sendOnce(
  request: TransportRequest,
  signal = new AbortController().signal,
): Promise<TransportResult> {
  const transport = createTransport();
  try {
    return await transport.send(request, signal);
  } finally {
    await transport.close();
  }
}

export function failureOf({ outcome }: TransportResult): Failure & { requestSent?: boolean } {
  if (outcome.kind === "failure") return outcome.failure;
  throw new Error(`expected a failure, got status ${outcome.response.status}`);
}

export function responseOf({ outcome }: TransportResult) {
  if (outcome.kind === "response") return outcome.response;
  throw outcome.failure;
}
