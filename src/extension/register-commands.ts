import { commands, type Disposable, type LogOutputChannel, window } from "vscode";
import { type CommandId, commandTable } from "./manifest.ts";

/** Arguments are checked by the handler: any extension and any key binding can call a command. */
export type CommandHandlers = Readonly<Record<CommandId, (...args: readonly unknown[]) => unknown>>;

/** Registers every command of the manifest; what a handler throws is a defect of ours and goes to the log. */
export function registerCommands(handlers: CommandHandlers, log: LogOutputChannel): Disposable[] {
  return Object.entries(handlers).map(([id, handler]) =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        await handler(...args);
      } catch (error) {
        log.error(`${id}:`, error instanceof Error ? error : String(error));
        void reportDefect(commandTable[id as CommandId].title, log);
      }
    }),
  );
}

async function reportDefect(title: string, log: LogOutputChannel): Promise<void> {
  const showLog = "Show Log";
  const answer = await window.showErrorMessage(`Padlock could not finish “${title}”. The log says why.`, showLog);
  if (answer === showLog) log.show();
}
