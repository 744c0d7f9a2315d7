import { Failure } from "../common/failure.ts";
import { didYouMean } from "../common/near-name.ts";
import type { Settings } from "../settings/index.ts";
import type { RequestedValue, StoreSource } from "./template.ts";

export type Stored = Extract<RequestedValue, { source: StoreSource }>;
export type Prompt = Extract<RequestedValue, { source: "prompt" }>;

const stores: Readonly<Record<StoreSource, { readonly what: string; readonly where: string }>> = {
  environment: {
    what: "environment variable",
    where: "in the environment that starts VS Code or the command line, or store it in VS Code's secret storage",
  },
  dotenv: {
    what: ".env entry",
    where: "in the file .env beside the request file or above it, or in .env.<environment>",
  },
  secret: {
    what: "stored secret",
    where: "in VS Code's secret storage; for the command line, in the environment variable of that name",
  },
};

/** `text`: "" for a value that is empty. */
export function unset(
  { source, isPublic, name, written, location }: Stored,
  text: string | undefined,
  settings: Settings,
): Failure {
  const listed = isPublic ? [...settings.publicEnv] : settings.secrets.map((entry) => entry.name);
  const { what, where } = stores[source];
  return new Failure({
    code: "variable.unset",
    title: `The ${what} ${name} is ${text === undefined ? "not set" : "empty"}`,
    detail: `${written} needs its value. Nothing was sent.`,
    fix: `Set ${name} ${isPublic ? where.split(", or", 1)[0] : where}.${didYouMean(name, listed)}`,
    location,
  });
}

export function noAnswer({ name, written, location }: Prompt, answer: string | undefined): Failure {
  const why = answer === undefined ? "nobody answered" : "the answer is empty";
  return new Failure({
    code: "canceled",
    title: `There is no answer for ${name}`,
    detail: `${written} is what the request asks for, and ${why}. Nothing was sent.`,
    fix: "Send again and answer the question. Where nobody can be asked, as in CI, use an environment variable: {{$env.NAME}}.",
    location,
  });
}

/** `control` is the character in `text`; `place` says where the value goes: "the URL". */
export function headerInjection(value: RequestedValue, text: string, control: string, place: string): Failure {
  const { written, location, name } = value;
  const what = control === "\0" ? "a NUL character" : "a line break";
  const atEnd = /^[^\r\n\0]*[\r\n]+$/.test(text)
    ? " It is at the end of the value; a file that was read into the variable may have one."
    : "";
  return new Failure({
    code: "value.header-injection",
    title: `The value of ${written} holds ${what}`,
    detail: `${written} goes into ${place}, where ${what} could add a header or a request of its own.${atEnd}`,
    fix: Object.hasOwn(stores, value.source)
      ? `Set ${name} to a value without ${what}.`
      : `Use a value without ${what}.`,
    location,
  });
}
