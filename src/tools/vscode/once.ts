import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { type PanelReading, sendAndRead } from "./panel.ts";
import type { PageProblem } from "./problems.ts";
import { type RequestLine, requestLines } from "./request-lines.ts";
import { startSession } from "./session.ts";

export interface OnceOptions {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Absolute path of the extension: the folder of its package.json, built. */
  readonly extensionPath: string;
  /** Absolute paths of request files in the workspace. */
  readonly files: readonly string[];
  /** Environment variables that the requests need. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each result as soon as it is there. */
  readonly onResult?: (result: SentRequest) => void;
}

export interface SentRequest extends PanelReading, RequestLine {
  /** Relative to the workspace. */
  readonly file: string;
}

export interface OnceReport {
  /** In the order of the files and of the requests in each. */
  readonly requests: readonly SentRequest[];
  /** Policy violations and script errors in the page meanwhile: there should be none. */
  readonly problems: readonly PageProblem[];
}

/** A tall window, so that most files need no scrolling. */
const viewport = { width: 1600, height: 1400 };

/** In real VS Code, without a person: clicks "Send" above every request of each file in turn and reads the panel. */
export async function once(options: OnceOptions): Promise<OnceReport> {
  const { workspace, extensionPath, files, env = {}, onResult } = options;
  const session = await startSession({ env });
  try {
    const requests: SentRequest[] = [];
    const [first] = files;
    if (first === undefined) return { requests, problems: [] };
    const window = await session.open({
      folder: workspace,
      file: first,
      extensionDevelopmentPath: extensionPath,
      viewport,
    });
    for (const path of files) {
      if (path !== first) await window.openFile(path);
      await window.waitForCodeLens("Send");
      // By the text, not by the screen: a request without its "Send" must not go unnoticed.
      for (const { line, title } of requestLines(await readFile(path, "utf8"))) {
        const result = { file: relative(workspace, path), line, title, ...(await sendAndRead(window, line)) };
        requests.push(result);
        onResult?.(result);
      }
    }
    return { requests, problems: window.problems };
  } finally {
    await session.close();
  }
}
