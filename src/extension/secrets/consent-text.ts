import type { ConsentAnswer, ConsentQuestion } from "../../engine/contract.ts";
import { escapeControls, shorten } from "../text.ts";

export interface ConsentButton {
  readonly title: string;
  /** `show`: go to the line and allow nothing. */
  readonly answer: ConsentAnswer | "show";
  /** What Escape and the dialog's own cross press. */
  readonly isCloseAffordance?: true;
}

export interface ConsentText {
  readonly title: string;
  readonly detail: string;
  /** VS Code gives the first one the focus: Enter must allow nothing. */
  readonly buttons: readonly ConsentButton[];
}

const show: ConsentButton = { title: "Show the Line", answer: "show" };
const refuse: ConsentButton = { title: "Not Now", answer: "refuse", isCloseAffordance: true };
const closing = `“${refuse.title}” sends nothing and changes nothing.`;

/** `folder`: the name of the workspace folder. */
export function consentText(question: ConsentQuestion, folder: string): ConsentText {
  return question.kind === "secret" ? secretText(question, plain(folder)) : pathText(question);
}

function secretText(
  { mayBePublic, file, line, ...question }: Extract<ConsentQuestion, { kind: "secret" }>,
  folder: string,
): ConsentText {
  const name = plain(question.name);
  // Never shortened: the end of a host's name says whose it is.
  const host = escapeControls(question.host);
  const allow = "Allow for This Host";
  const open = "It Is Not a Secret";
  return {
    title: `Send the secret ${name} to ${host}?`,
    detail: paragraphs([
      `${placeOf(file, line)} needs ${name} for ${host}.`,
      `“${allow}” adds ${host} for it to padlock.secrets in .vscode/settings.json of “${folder}”: from then on every request file of this folder may send it there.`,
      mayBePublic &&
        `“${open}” adds it to padlock.publicEnv in the same file: from then on it may go to any host, and its value is shown.`,
      closing,
    ]),
    buttons: [
      show,
      { title: allow, answer: "allow" },
      ...(mayBePublic ? [{ title: open, answer: "public" } as const] : []),
      refuse,
    ],
  };
}

function pathText({ file, line, ...question }: Extract<ConsentQuestion, { kind: "path" }>): ConsentText {
  const path = plain(question.path);
  const folder = plain(question.folder);
  const allow = "Allow This Folder";
  return {
    title: `Use the file ${path} outside of this workspace?`,
    detail: paragraphs([
      `${placeOf(file, line)} names it.`,
      `“${allow}” adds ${folder} to padlock.outsidePaths in your own user settings: from then on every workspace that you trust may use the files in it.`,
      closing,
    ]),
    buttons: [show, { title: allow, answer: "allow" }, refuse],
  };
}

function placeOf(file: string, line: number): string {
  return `${plain(file)}, line ${line},`;
}

function paragraphs(texts: readonly (string | false)[]): string {
  return texts.filter((text) => text !== false).join("\n\n");
}

/** The words of a file, which can neither move nor hide what stands beside them. */
function plain(text: string): string {
  return shorten(escapeControls(text), 300);
}
