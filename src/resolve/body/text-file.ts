import { Failure } from "../../common/failure.ts";
import type { SourceLocation } from "../../common/range.ts";
import type { FileContent } from "../../syntax/index.ts";
import type { Locate } from "../places.ts";
import type { Scope } from "../scope.ts";
import { shownTemplate, type Template, valuesOf } from "../template.ts";
import { type BodyFiles, readBodyFile } from "./body-file.ts";
import { type Charset, charsetNames, findCharset, utf8 } from "./charset.ts";

export interface TextFile {
  readonly text: string;
  readonly charset: Charset;
  readonly location: SourceLocation;
}

/**
 * The text of a `<@ path` or `<@latin1 path` file. It is read before any secret is allowed, so that its path may use
 * none.
 * @throws {Failure} `value.unreadable-file`, `policy.path-outside-workspace`, and those of the scope
 */
export async function readTextFile(
  { path, encoding }: FileContent,
  scope: Scope,
  locate: Locate,
  files: BodyFiles,
): Promise<TextFile> {
  const location = locate(path.range);
  const template = scope.expandForHead(path.text, path.range.start);
  const shown = shownTemplate(template);
  reportValues(template, shown, location);
  const charset = encoding === undefined ? utf8 : findCharset(encoding.text);
  if (!charset) {
    const name = encoding?.text ?? "";
    throw unreadable(
      `"${name}" is not an encoding that Padlock knows`,
      `${shown} is to be read as ${name}. Nothing was sent.`,
      `Use one of ${charsetNames.join(", ")}, or "< ${shown}" to send its bytes as they are.`,
      location,
    );
  }
  const bytes = await readBodyFile({ path: shown, shown, location }, files);
  try {
    return { text: charset.decode(bytes), charset, location };
  } catch {
    throw unreadable(
      `The body file ${shown} is not ${charset.name} text`,
      `"<@" replaces the references in a text, but some bytes of ${shown} are not valid ${charset.name}. Nothing was sent.`,
      `Name its encoding, as in "<@latin1 ${shown}", or write "< ${shown}" to send its bytes as they are.`,
      location,
    );
  }
}

function reportValues(path: Template, shown: string, location: SourceLocation): void {
  if (valuesOf(path).length === 0) return;
  throw unreadable(
    "The path of this body file is not known in time",
    `${shown} is read to replace the references in it, before any secret or response may be used. Nothing was sent.`,
    'Use only variables of this file in the path, or "<" to send the file as it is.',
    location,
  );
}

function unreadable(title: string, detail: string, fix: string, location: SourceLocation): Failure {
  return new Failure({ code: "value.unreadable-file", title, detail, fix, location });
}
