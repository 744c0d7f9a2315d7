import { nearName } from "../../common/near-name.ts";
import { directiveFacts, scanReferences } from "../../syntax/index.ts";
import { declarativeAssertions } from "../declarative-assertions.ts";
import type { Fixer } from "./fix.ts";
import { insertAboveRequest, insertAt, removeLines } from "./lines.ts";

/** `# @nmae x` → `# @name x`. */
export const correctDirective: Fixer = ({ range, text }) => {
  const at = text.indexOf("@") + 1;
  const [written = ""] = /^[\w.-]+/.exec(text.slice(at)) ?? [];
  const near = directiveFacts.has(written) ? undefined : nearName(written, directiveFacts.keys());
  if (written === "" || near === undefined) return [];
  const name = { start: range.start + at, end: range.start + at + written.length };
  return [{ title: `Change to "@${near}"`, edits: [{ range: name, newText: near }], isPreferred: true }];
};

/** `## @name x` and `# @name=x` → `# @name x`. */
export const oneHash: Fixer = ({ range, text }) => {
  const [, mark = "", more = "", name = "", sign = ""] = /^(#|\/\/)(#*)([ \t]*@[\w.-]+)([ \t]*[=:])?/.exec(text) ?? [];
  if (more === "" && sign === "") return [];
  const start = range.start + mark.length;
  const edits = more === "" ? [] : [{ range: { start, end: start + more.length }, newText: "" }];
  const behind = start + more.length + name.length;
  if (sign !== "") edits.push({ range: { start: behind, end: behind + sign.length }, newText: " " });
  return [{ title: `Write "# ${name.trim()}" to make it a directive`, edits, isPreferred: true }];
};

/** A line that belongs above the request line: a directive below it, a definition among the headers. */
export const moveAboveRequest: Fixer = ({ document, range, text, block }) => {
  const request = block?.request;
  if (!request || request.dialect === "curl" || range.start < request.lineRange.end || text.trim() === "") return [];
  return [
    {
      title: "Move it above the request line",
      edits: [insertAboveRequest(document, request, [text.trim()]), removeLines(document, range)],
      isPreferred: true,
    },
  ];
};

/** `@timeout 5s` is a directive without its `#`; `@name value` a definition without its `=`. */
export const completeDefinition: Fixer = ({ range, text }) => {
  const [whole = "", name = "", blanks = ""] = /^@[ \t]*([\w.-]+)([ \t]+)(?=[^=\s])/.exec(text) ?? [];
  if (whole === "") return [];
  if (directiveFacts.has(name)) {
    const newText = `# @${name} `;
    const start = { start: range.start, end: range.start + whole.length };
    return [{ title: `Make it the directive "@${name}"`, edits: [{ range: start, newText }], isPreferred: true }];
  }
  const gap = { start: range.start, end: range.start + whole.length };
  if (scanReferences(name + blanks).length > 0) return [];
  return [
    { title: `Define the variable "${name}"`, edits: [{ range: gap, newText: `@${name} = ` }], isPreferred: true },
  ];
};

/** A `??` line becomes directives; a script stays, because it may check more than was understood. */
export const stateAssertions: Fixer = ({ document, range, block }) => {
  const node = block?.foreign.find((foreign) => foreign.range.start === range.start);
  const request = block?.request;
  if (!node || !request) return [];
  const stated = new Set(block.directives.filter(({ name }) => name.text === "assert").map(({ value }) => value.text));
  const assertions = declarativeAssertions(node).filter((assertion) => !stated.has(assertion));
  if (assertions.length === 0) return [];
  const insertion = insertAboveRequest(
    document,
    request,
    assertions.map((assertion) => `# @assert ${assertion}`),
  );
  const edits = node.kind === "assertion" ? [insertion, removeLines(document, node.range)] : [insertion];
  // While no assertion is carried out, one keeps the request from being sent: nothing to apply without asking.
  const isPreferred = directiveFacts.get("assert")?.supported === true;
  return [{ title: `Write "# @assert ${assertions.join('", "# @assert ')}"`, edits, isPreferred }];
};

export const addRef: Fixer = ({ document, block, data: { requestName } }) => {
  const request = block?.request;
  if (!request || requestName === undefined) return [];
  const line = `# @ref ${requestName}`;
  return [{ title: `Add "${line}"`, edits: [insertAboveRequest(document, request, [line])], isPreferred: true }];
};

export const removeDefinition: Fixer = ({ document, range, block }) => {
  const definition = block?.variables.find((variable) => variable.range.start === range.start);
  if (!definition) return [];
  return [{ title: `Remove "${definition.name.text}"`, edits: [removeLines(document, definition.range)] }];
};

export const closeReference: Fixer = ({ document, range }) => {
  const behind = document.text.slice(range.start, range.start + 200);
  const [whole = "", brace = ""] = /^\{\{[ \t]*[%$]?\w[\w.-]*(\}?)/.exec(behind) ?? [];
  if (whole === "" || behind.startsWith("}}", whole.length - brace.length)) return [];
  const missing = brace === "" ? "}}" : "}";
  return [
    {
      title: `Close it: "${whole}${missing}"`,
      edits: [insertAt(range.start + whole.length, missing)],
      isPreferred: true,
    },
  ];
};

/** A variable without a value may be one that a person gives when the request is sent. */
export const askForVariable: Fixer = ({ document, text, block }) => {
  const request = block?.request;
  const name = scanReferences(text)[0]?.name.text;
  if (!request || name === undefined || !/^[\w.-]+$/.test(name)) return [];
  return [
    {
      title: `Ask for "${name}" when the request is sent`,
      edits: [insertAboveRequest(document, request, [`# @prompt ${name}`])],
    },
  ];
};
