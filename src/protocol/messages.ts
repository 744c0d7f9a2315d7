import type { ExchangeView } from "./exchange-view.ts";

/** What the extension sends to the panel. */
export type HostMessage =
  | { readonly type: "empty" }
  | {
      readonly type: "running";
      readonly id: string;
      readonly method: string;
      readonly url: string;
      readonly elapsed: number;
    }
  | { readonly type: "exchange"; readonly exchange: ExchangeView };

/** What the panel sends to the extension. */
export type PanelMessage =
  | { readonly type: "ready" }
  | { readonly type: "cancel"; readonly id: string }
  | { readonly type: "sendAgain" }
  | { readonly type: "copy"; readonly what: "body" | "report" | "curl" }
  | { readonly type: "copyText"; readonly text: string }
  | { readonly type: "openBody" }
  | { readonly type: "saveBody" }
  | { readonly type: "openCertificate"; readonly index: number }
  | { readonly type: "reveal" }
  | { readonly type: "openSettings" }
  /** `took`: milliseconds from the message's arrival to the next painted frame. */
  | { readonly type: "rendered"; readonly id: string; readonly took: number }
  /** A CSP violation or a script error in the panel; goes to the log channel and fails the browser test. */
  | { readonly type: "problem"; readonly message: string };
