import type { FailureView } from "../../protocol/exchange-view.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { renderCodeFrame } from "./code-frame.ts";
import type { Style } from "./style.ts";
import { terminalLine, terminalText } from "./terminal-text.ts";

/** Title and code, the place, what happened, what to change: the same order for a failed request and a wrong command. */
export function renderFailure(failure: FailureView | Diagnostic, style: Style): string[] {
  const code = failure.code === undefined ? "" : ` ${style.dim(`[${failure.code}]`)}`;
  const setting = "setting" in failure ? failure.setting : null;
  return [
    `${style.red(style.bold(terminalLine(failure.title)))}${code}`,
    ...(failure.location ? renderCodeFrame(failure.location, style) : []),
    ...paragraph("", failure.detail),
    ...paragraph(`${style.cyan("Fix:")} `, failure.fix),
    ...(setting === null ? [] : [`${style.cyan("Setting:")} ${terminalLine(setting)}`]),
  ];
}

function paragraph(label: string, text: string): string[] {
  return text === "" ? [] : `${label}${terminalText(text)}`.split("\n");
}
