import { randomBytes } from "node:crypto";
import {
  type Disposable,
  Uri,
  ViewColumn,
  type WebviewOptions,
  type WebviewPanel,
  type WebviewPanelSerializer,
  window,
} from "vscode";
import { type HostMessage, isPanelMessage, type PanelMessage } from "../../protocol/messages.ts";
import { panelHtml } from "../../protocol/panel-html.ts";
import { panelViewType } from "../manifest.ts";
import { contentOf, type PanelContent } from "./panel-content.ts";
import { idleHeading } from "./panel-title.ts";

export interface PanelEvents {
  onMessage(message: PanelMessage): void;
  /** Something came out of the webview that is no message of ours. */
  onProblem(text: string): void;
}

/**
 * The one webview panel of the window. What it shows is kept here and told again whenever its script starts anew (VS
 * Code throws the page away while its tab is hidden), so the page itself needs no memory.
 */
export class ResponsePanel implements WebviewPanelSerializer {
  readonly #extension: Uri;
  readonly #events: PanelEvents;
  #content: () => PanelContent = () => contentOf({ kind: "idle" }, 0);
  #panel: WebviewPanel | undefined;
  /** Has the page's script said that it listens? */
  #ready = false;

  constructor(extension: Uri, events: PanelEvents) {
    this.#extension = extension;
    this.#events = events;
  }

  register(): Disposable[] {
    return [window.registerWebviewPanelSerializer(panelViewType, this), { dispose: () => this.#panel?.dispose() }];
  }

  /**
   * Opens the panel beside the editor, or brings it to the front where it is; the focus stays in the editor. Where both
   * are in one group the panel would cover the editor: then it moves beside it.
   */
  reveal(): void {
    if (this.#panel) {
      const covers = this.#panel.viewColumn === window.activeTextEditor?.viewColumn;
      if (covers || !this.#panel.visible) this.#panel.reveal(covers ? ViewColumn.Beside : undefined, true);
      return;
    }
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const options = { enableFindWidget: true, ...this.#options() };
    this.#adopt(window.createWebviewPanel(panelViewType, idleHeading.title, place, options));
  }

  /** Shows a content in the open panel; `content` is asked again each time the page starts anew. */
  show(content: () => PanelContent): void {
    this.#content = content;
    this.#update();
  }

  /** Says something about the content that the page shows. Not kept: a page that starts anew does not get it again. */
  answer(message: HostMessage): void {
    if (this.#ready) void this.#panel?.webview.postMessage(message);
  }

  /** After a reload of the window: the exchange is gone with the memory it was in, and the panel says so. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    if (this.#panel) {
      panel.dispose();
      return;
    }
    panel.webview.options = this.#options();
    this.#adopt(panel);
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel = panel;
    this.#ready = false;
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#ready = false;
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.html = this.#html(panel);
    this.#update();
  }

  #receive(message: unknown): void {
    if (!isPanelMessage(message)) {
      this.#events.onProblem("The panel sent a message that Padlock does not know.");
      return;
    }
    if (message.type === "ready") {
      this.#ready = true;
      this.#update();
    }
    this.#events.onMessage(message);
  }

  #update(): void {
    const panel = this.#panel;
    if (!panel) return;
    const { message, heading } = this.#content();
    panel.title = heading.title;
    panel.iconPath = Uri.joinPath(this.#extension, "media", `panel-${heading.icon}.svg`);
    if (this.#ready) void panel.webview.postMessage(message);
  }

  #html({ webview }: WebviewPanel): string {
    return panelHtml({
      cspSource: webview.cspSource,
      scriptUri: webview.asWebviewUri(this.#bundled("webview.js")).toString(),
      styleUri: webview.asWebviewUri(this.#bundled("webview.css")).toString(),
      nonce: randomBytes(18).toString("base64"),
      title: idleHeading.title,
    });
  }

  /** The page may load its own script and style, and nothing else of the disk. */
  #options(): WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#bundled()] };
  }

  #bundled(...path: string[]): Uri {
    return Uri.joinPath(this.#extension, "dist", ...path);
  }
}
