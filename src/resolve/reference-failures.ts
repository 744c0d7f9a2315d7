import { Failure } from "../common/failure.ts";
import { nearName } from "../common/near-name.ts";
import type { SourceLocation } from "../common/range.ts";
import type { Variables } from "./variables/variables.ts";

/** A reference as it stands in a text, and where. */
export interface Site {
  readonly written: string;
  readonly location: SourceLocation;
  /** A bare word among the arguments of a dynamic value, as in `{{$basic user …}}`. */
  readonly isArgument?: boolean;
}

/** `environmentName`: the active one; "" for none. */
export function undefinedVariable(name: string, site: Site, variables: Variables, environmentName: string): Failure {
  const others = variables.environmentsWith(name);
  const active = environmentName === "" ? "" : `, and neither has the environment "${environmentName}"`;
  const elsewhere =
    others.length === 0
      ? ""
      : environmentName === ""
        ? ` It is defined in the environment ${quoted(others)}, but no environment is active.`
        : ` It is defined in the environment ${quoted(others)} only.`;
  const quotes = site.isArgument ? ` If the text itself is meant, write it in quotes: "${name}".` : "";
  const choose = others.length === 0 ? "" : ` Or choose the environment ${quoted(others)}.`;
  return new Failure({
    code: "variable.undefined",
    title: `The variable ${name} is not defined`,
    detail: `${site.written} is used, but this file has no line "@${name} = …"${active}.${elsewhere}`,
    fix: `Define it above the request: "@${name} = value".${quotes}${choose || instead(name, variables)}`,
    location: site.location,
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

function instead(name: string, variables: Variables): string {
  const environment = /^(?:process\.)?env\.(.+)$/.exec(name)?.[1];
  if (environment !== undefined) return ` For an environment variable write {{$env.${environment}}}.`;
  const known = variables.known();
  const near = nearName(
    name,
    known.map((variable) => variable.name),
  );
  const origin = known.find((variable) => variable.name === near)?.origin;
  return near === undefined ? "" : ` Did you mean "${near}"? It ${origin}.`;
}

export function incompleteReference(location: SourceLocation): Failure {
  return new Failure({
    code: "variable.undefined",
    title: "A reference is not complete",
    detail: "A reference begins with {{ and ends with }}; here one of the braces is missing. Nothing was sent.",
    fix: "Write {{name}}, or \\{\\{ if the braces themselves are meant.",
    location,
  });
}

export function notAReference({ written, location }: Site, near: string): Failure {
  return new Failure({
    code: "variable.undefined",
    title: `${written} is not a reference`,
    detail: `${written} names neither a variable nor a value that Padlock can make. The request is not sent with the text in its place.`,
    fix: `Use a variable, {{name}}, an environment variable, {{$env.NAME}}, or a dynamic value such as {{$uuid}}.${near} To send the braces as they are write \\{\\{ and \\}\\}.`,
    location,
  });
}

/** `names` begin and end with the same one. */
export function cycle(names: readonly string[], location: SourceLocation): Failure {
  return new Failure({
    code: "variable.cycle",
    title: `The variable ${names[0] ?? ""} is defined by itself`,
    detail: `Its value can never be known: ${names.join(" → ")}.`,
    fix: "Give one of these variables a value of its own.",
    location,
  });
}

/** More is a mistake or an attack: ten variables that each use the one above ten times make a text of 10^10 parts. */
export const limits = { pieces: 10_000, characters: 16_000_000, depth: 100 };

export function tooMuch(location: SourceLocation): Failure {
  return new Failure({
    code: "variable.cycle",
    title: "The variables are nested too deeply",
    detail: `Put together they have more than ${limits.depth} levels, ${limits.pieces} parts or ${limits.characters} characters.`,
    fix: "Use fewer references in the variables that this one is made of.",
    location,
  });
}

export function lineBreakInHead({ written, location }: Site, control: string): Failure {
  const what = control === "\0" ? "a NUL character" : "a line break";
  return new Failure({
    code: "value.header-injection",
    title: `The value of ${written} holds ${what}`,
    detail: `${written} goes into the request line or a header, where ${what} could add a header or a request of its own.`,
    fix: `Define it without ${what}.`,
    location,
  });
}

export function providerNotSupported(name: string, provider: string, site: Site, file: string): Failure {
  return new Failure({
    code: "variable.unset",
    title: `${provider} cannot be asked for ${name}`,
    detail: `${site.written} is kept by the provider ${provider}, says ${file}. Padlock does not read it. Nothing was sent.`,
    fix: `Put the value into an environment variable and write {{$env.NAME}}, or into the private environment file http-client.private.env.json.`,
    location: site.location,
  });
}

export function authNotSupported(id: string, type: string, site: Site, file: string | undefined): Failure {
  const provider = [type, id && `"${id}"`].filter(Boolean).join(" ") || "an Auth provider";
  const where = file === undefined ? "No environment file defines it." : `It is defined in ${file}.`;
  return new Failure({
    code: "variable.unset",
    title: `Padlock cannot get a token from ${provider}`,
    detail: `${site.written} asks the Auth provider ${provider} of an environment file for a token. ${where} Padlock does not log in by itself. Nothing was sent.`,
    fix: "Write the login as a request with a name, and use its response: {{login.response.body.$.access_token}}.",
    location: site.location,
  });
}
