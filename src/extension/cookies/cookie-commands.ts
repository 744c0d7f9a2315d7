import { basename } from "node:path";
import { env, type QuickPickItem, QuickPickItemKind, type Uri, window } from "vscode";
import { plural } from "../../common/units.ts";
import type { CookieFilter } from "../../engine/contract.ts";
import type { KeptCookieView } from "../../protocol/cookie-view.ts";
import { activeRequestEditor } from "../documents.ts";
import type { EngineHost } from "../engine-host.ts";
import { plain } from "../text.ts";
import { workspaceRoot } from "../workspace-settings.ts";
import { type CookieItem, cookieGroups } from "./cookie-items.ts";

type Cookies = Pick<EngineHost, "cookies" | "revealCookie" | "clearCookies">;
type Action = "show" | "delete" | "deleteHost";

/** The cookies that are kept in memory: a value is shown only where a person asks for the one. */
export class CookieCommands {
  readonly #engine: Cookies;
  readonly #environmentOf: (document: Uri) => string;

  constructor(engine: Cookies, environmentOf: (document: Uri) => string) {
    this.#engine = engine;
    this.#environmentOf = environmentOf;
  }

  async show(): Promise<void> {
    const cookies = this.#engine.cookies();
    if (cookies.length === 0) return tellNone();
    const items = cookieGroups(cookies, (root) => basename(root)).flatMap(
      ({ title, items: ofGroup }): (CookieItem | QuickPickItem)[] => [
        { label: title, kind: QuickPickItemKind.Separator },
        ...ofGroup,
      ],
    );
    const chosen = await window.showQuickPick(items, {
      title: "Cookies",
      placeHolder: "Choose a cookie to see its value or to delete it",
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (chosen && "cookie" in chosen) await this.#act(chosen.cookie);
  }

  async clear(): Promise<void> {
    const all = this.#engine.cookies();
    if (all.length === 0) return tellNone();
    const current = this.#current();
    const here = current ? all.filter((cookie) => isIn(cookie, current)) : [];
    const everything = { label: "All Cookies", description: plural(all.length, "cookie"), filter: {} };
    const choices = current
      ? [
          {
            label: current.environment
              ? `Cookies of the Environment “${plain(current.environment, 40)}”`
              : "Cookies Without an Environment",
            description: plural(here.length, "cookie"),
            filter: current,
          },
          everything,
        ]
      : [everything];
    const chosen = await window.showQuickPick<QuickPickItem & { readonly filter: CookieFilter }>(choices, {
      title: "Clear Cookies",
      placeHolder: "Choose what Padlock forgets",
    });
    if (chosen) this.#forget(chosen.filter);
  }

  async #act(cookie: KeptCookieView): Promise<void> {
    const { id, root, environment, domain } = cookie;
    const host = plain(domain, 60);
    const actions: readonly (QuickPickItem & { readonly action: Action })[] = [
      { label: "Show the Value", action: "show" },
      { label: "Delete", action: "delete" },
      { label: `Delete All Cookies of ${host}`, action: "deleteHost" },
    ];
    const chosen = await window.showQuickPick(actions, { title: titleOf(cookie), placeHolder: "The value is masked" });
    if (chosen?.action === "show") await this.#showValue(cookie);
    if (chosen?.action === "delete") this.#forget({ id });
    if (chosen?.action === "deleteHost") this.#forget({ root, environment, domain });
  }

  async #showValue(cookie: KeptCookieView): Promise<void> {
    const value = this.#engine.revealCookie(cookie.id);
    if (value === undefined) return tell("The cookie is no longer there.");
    const shown = { label: value === "" ? "(empty)" : plain(value, 1000) };
    const placeHolder = "Enter copies the value; secrets in it are shown by name";
    const chosen = await window.showQuickPick([shown], { title: titleOf(cookie), placeHolder });
    if (!chosen) return;
    await env.clipboard.writeText(value);
    window.setStatusBarMessage("Copied the value", 3000);
  }

  #forget(filter: CookieFilter): void {
    window.setStatusBarMessage(`Deleted ${plain(plural(this.#engine.clearCookies(filter), "cookie"))}`, 3000);
  }

  /** Whose cookies the request file in the editor would send. */
  #current(): { readonly root: string; readonly environment: string } | undefined {
    const uri = activeRequestEditor()?.document.uri;
    return uri && { root: workspaceRoot(uri), environment: this.#environmentOf(uri) };
  }
}

function isIn(cookie: KeptCookieView, place: { readonly root: string; readonly environment: string }): boolean {
  return cookie.root === place.root && cookie.environment === place.environment;
}

function titleOf({ name, domain }: KeptCookieView): string {
  return `Cookie “${plain(name, 60)}” of ${plain(domain, 60)}`;
}

function tellNone(): void {
  tell("No cookies are kept. They come with responses, stay in memory, and go when VS Code closes.");
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}
