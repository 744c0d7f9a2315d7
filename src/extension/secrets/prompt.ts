import { CancellationTokenSource, window } from "vscode";
import type { PromptQuestion } from "../../engine/contract.ts";
import { escapeControls, shorten } from "../text.ts";

/** Asks for the value of `@prompt`, masked for a secret. Undefined where it was dismissed or the request was canceled. */
export async function askValue(question: PromptQuestion, signal: AbortSignal): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  const { name, text, isSecret, file, line } = question;
  const source = new CancellationTokenSource();
  const cancel = () => source.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await window.showInputBox(
      {
        title: plain(`${name} — ${file}:${line}`),
        prompt: text === "" ? plain(`The value of “${name}”`) : plain(text),
        password: isSecret,
        ignoreFocusOut: true,
      },
      source.token,
    );
  } finally {
    signal.removeEventListener("abort", cancel);
    source.dispose();
  }
}

/** The file's words, which can neither move nor hide what stands beside them. */
function plain(text: string): string {
  return shorten(escapeControls(text), 200);
}
