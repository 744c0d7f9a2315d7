import { createRedactor, type Redactor } from "../../secrets/redactor.ts";
import type { HeaderView } from "../exchange-view.ts";
import { maskHeader } from "./headers.ts";
import { maskJson } from "./json.ts";
import { keepsAdded, keepsAll, mask, maskText } from "./mask.ts";
import { maskForm, maskUrl, maskUrlsIn } from "./urls.ts";

/**
 * Values that are looked for elsewhere. Those of the request come first; a server that sends thousands of cookies only
 * costs its own ones this second look.
 */
const mostEchoes = 100;

/**
 * Masks the credentials of one exchange that nobody has listed as secrets. Each text is redacted first: a listed secret
 * shows as its reference, which stays readable. Give it the headers and URLs before the texts: what was hidden there is
 * hidden where a text repeats it.
 */
export class CredentialMasks {
  readonly #redactor: Redactor;
  readonly #hidden = new Set<string>();
  /** Finds again what was hidden so far. */
  #echoes: { readonly redactor: Redactor; readonly size: number } | undefined;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  headers(fields: readonly (readonly [name: string, value: string])[]): HeaderView[] {
    return fields.map(([name, value]) => {
      const redacted = this.#redactor.redact(value);
      const shown = maskHeader(name, redacted, keepsAdded(value, this.#hidden));
      return { name: this.#redactor.redact(name), value: shown, ...(shown !== redacted && { masked: true }) };
    });
  }

  /** The same headers without what another one hides: a server that sends a credential back under another name. */
  withoutEchoes(headers: readonly HeaderView[]): HeaderView[] {
    return headers.map((header) => {
      const value = this.#withoutEchoes(header.value);
      return value === header.value ? header : { ...header, value, masked: true };
    });
  }

  /** Of a request as it was sent. */
  url(url: string): string {
    return maskUrl(this.#redactor.redact(url), keepsAdded(url, this.#hidden));
  }

  /** As the request file has it: its references are not replaced. */
  sourceUrl(url: string): string {
    return maskUrl(this.#redactor.redact(url), keepsAll);
  }

  /** What is a credential as a whole. */
  value(text: string): string {
    return maskText(this.#redactor.redact(text), keepsAdded(text, this.#hidden));
  }

  text(text: string): string {
    return this.#withoutEchoes(maskUrlsIn(this.#redactor.redact(text), keepsAdded(text)));
  }

  /** Fields of a form or of JSON. `text`: already redacted; `raw`: before that. Every other body stays as it is. */
  requestBody(text: string, raw: string, mediaType: string): string {
    if (mediaType === "application/x-www-form-urlencoded") return maskForm(text, keepsAdded(raw));
    const isJson = /json$/.test(mediaType) || (mediaType === "" && /^\s*[[{]/.test(text));
    return isJson ? maskJson(text, keepsAdded(raw)) : text;
  }

  #withoutEchoes(text: string): string {
    if (this.#hidden.size === 0) return text;
    if (this.#echoes?.size !== this.#hidden.size) {
      const redactor = createRedactor();
      for (const value of [...this.#hidden].slice(0, mostEchoes)) redactor.hide(value, mask);
      this.#echoes = { redactor, size: this.#hidden.size };
    }
    return this.#echoes.redactor.redact(text);
  }
}
