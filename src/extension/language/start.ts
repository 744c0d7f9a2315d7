import { Disposable, type Event, workspace } from "vscode";
import type { LanguageHost } from "../../language/index.ts";
import type { Documents } from "../documents.ts";
import { settings } from "../manifest.ts";
import { PublishedDiagnostics } from "./diagnostics.ts";
import { registerLanguage } from "./register.ts";

/** The settings that rules ask for. */
const asked = [settings.diagnostics, settings.secrets, settings.publicEnv];

/**
 * The language service in VS Code: a bundle of its own, so that the lenses above the requests do not wait for it.
 * `onDidChange` says that the host's answers have changed. @throws what loading the bundle does
 */
export async function startLanguage(
  host: LanguageHost,
  documents: Documents,
  ...onDidChange: readonly Event<void>[]
): Promise<Disposable> {
  const { createLanguageService, diagnoseEnvironmentFile } = await import("../../language/index.ts");
  const onDidReadImports = (uri: string) => diagnostics.refreshOne(uri);
  const parts = {
    service: createLanguageService(host, { onDidReadImports }),
    documents,
    environmentFile: (text: string, uri: string) =>
      diagnoseEnvironmentFile(text, host.ruleLevels(uri), host.documentation),
  };
  const diagnostics = new PublishedDiagnostics(parts);
  const refresh = () => diagnostics.refresh();
  return Disposable.from(
    ...registerLanguage(parts, diagnostics),
    ...onDidChange.map((event) => event(refresh)),
    workspace.onDidGrantWorkspaceTrust(refresh),
    workspace.onDidChangeConfiguration((event) => {
      if (asked.some((key) => event.affectsConfiguration(key))) refresh();
    }),
  );
}
