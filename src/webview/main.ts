import { isHostMessage, type PanelMessage } from "../protocol/messages.ts";
import { tabIds } from "./context.ts";
import { Panel, type PanelState } from "./panel.ts";

start();

/** The API that VS Code gives a page once stays in this function: nothing else on the page can reach it. */
function start(): void {
  const api = acquireVsCodeApi();
  const post = (message: PanelMessage) => api.postMessage(message);
  reportProblems(post);

  const root = document.querySelector<HTMLElement>("#panel");
  const live = document.querySelector<HTMLElement>("#live");
  if (!root || !live) throw new Error("the page lacks its #panel or #live element");

  const panel = new Panel({
    root,
    live,
    state: readState(api.getState()),
    post,
    save: (state) => api.setState(state),
  });
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (isHostMessage(event.data)) panel.receive(event.data);
    else post({ type: "problem", message: "The panel got a message that it does not know." });
  });
  post({ type: "ready" });
}

/** What was saved is untrusted too: an older version of this page may have written it. */
function readState(saved: unknown): PanelState {
  const { id, tab } = typeof saved === "object" && saved !== null ? (saved as Record<string, unknown>) : {};
  return { id: typeof id === "string" ? id : null, tab: tabIds.find((known) => known === tab) ?? "body" };
}

function reportProblems(post: (message: PanelMessage) => void): void {
  const report = (message: string) => post({ type: "problem", message: message.slice(0, 5_000) });
  document.addEventListener("securitypolicyviolation", (event) => {
    report(`The panel's policy blocked ${event.blockedURI || "something"} (${event.violatedDirective})`);
  });
  window.addEventListener("error", (event) => report(`Script error in the panel: ${event.message}`));
  window.addEventListener("unhandledrejection", (event) =>
    report(`Script error in the panel: ${String(event.reason)}`),
  );
}
