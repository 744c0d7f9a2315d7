import { realpath } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import type { Made } from "../../certs/orders.ts";
import type { Problem } from "../../certs/problem.ts";
import type { Result } from "../../common/result.ts";
import { loadRawSettings, type RawSettings, shownFile } from "../../settings/index.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { terminalLine } from "../render/terminal-text.ts";
import { type Channel, reportDiagnostics } from "../reporter.ts";
import type { CertsCommand } from "./arguments.ts";
import { type PassphraseSource, readPassphrase } from "./passphrase.ts";
import { madeJson, renderMade } from "./render.ts";

export interface CertsContext extends PassphraseSource {
  readonly cwd: string;
  readonly out: Channel;
  readonly diagnostics: Channel;
}

/** `padlock certs`: makes certificates in a folder and says, or writes, the settings that use them. */
export async function certs(command: CertsCommand, context: CertsContext): Promise<ExitCode> {
  const { out, diagnostics } = context;
  const passphrase = command.what === "client" ? await readPassphrase(command, context) : undefined;
  if (passphrase?.kind === "interrupted") return exitCodes.interrupted;
  if (passphrase && passphrase.kind !== "given") {
    await reportDiagnostics([passphrase.problem], diagnostics);
    return passphrase.kind === "missing" ? exitCodes.wrongInput : exitCodes.usage;
  }
  const cwd = await realpath(context.cwd);
  const raw = await loadRawSettings(join(cwd, "requests.https"));
  const made = await make(command, cwd, raw, passphrase?.passphrase);
  if (!made.ok) {
    const { kind, ...problem } = made.error;
    await reportDiagnostics([problem], diagnostics);
    return kind === "usage" ? exitCodes.usage : exitCodes.wrongInput;
  }
  const written = command.writeSettings ? await writeSettings(made.value, raw, command.force) : undefined;
  const shown = {
    ...made.value,
    files: made.value.files.map((file) => ({ ...file, path: shownFile(cwd, resolve(raw.root, file.path)) })),
    warnings: [...made.value.warnings, ...outsideWarning(made.value, raw), ...(written?.warnings ?? [])],
  };
  const report = { file: shownFile(cwd, raw.file), written: written?.isWritten ?? false };
  await out.output.write(command.json ? madeJson(shown, report) : renderMade(shown, report, out.style));
  const warning = diagnostics.style.yellow("Warning:");
  for (const text of shown.warnings) await diagnostics.output.write(`${warning} ${terminalLine(text)}\n`);
  return written?.isWritten === false ? exitCodes.wrongInput : exitCodes.passed;
}

async function make(
  command: CertsCommand,
  cwd: string,
  { root }: RawSettings,
  passphrase: string | undefined,
): Promise<Result<Made, Problem>> {
  const { makeAuthority, makeClient, makeServer } = await import("../../certs/index.ts");
  const { dir, force, keyType, days } = command;
  // A folder that is named by its absolute path is a person's own choice; a link in the project is not.
  const place = { folder: resolve(cwd, dir), within: isAbsolute(dir) ? undefined : cwd, root };
  const order = { place, force, keyType, days };
  switch (command.what) {
    case "authority":
      return makeAuthority({ ...order, name: command.name, only: command.only });
    case "server":
      return makeServer({ ...order, names: command.names });
    case "client": {
      const { name, pfx, hosts, passphraseVariable } = command;
      return makeClient({
        ...order,
        name,
        pfx,
        hosts,
        passphrase,
        passphraseVariable: passphraseVariable || undefined,
      });
    }
  }
}

interface WrittenSettings {
  readonly isWritten: boolean;
  readonly warnings: readonly string[];
}

async function writeSettings(made: Made, raw: RawSettings, replace: boolean): Promise<WrittenSettings> {
  const { writeHosts } = await import("../../certs/index.ts");
  const result = await writeHosts(raw, made.hosts, replace);
  if (!result.ok) return { isWritten: false, warnings: [result.error] };
  const { kept } = result.value;
  const other = `${kept.join(", ")}: the settings show another client certificate there, which was left. Use --force to replace it.`;
  return { isWritten: kept.length === 0, warnings: kept.length === 0 ? [] : [other] };
}

/** Such files count only where the person says so. */
function outsideWarning({ files }: Made, { root }: RawSettings): readonly string[] {
  if (!files.some(({ path }) => isAbsolute(path))) return [];
  return [
    `The files are outside of ${root}. Settings may use them once padlock.outsidePaths of your own settings, or --outside-path, names their folder.`,
  ];
}
