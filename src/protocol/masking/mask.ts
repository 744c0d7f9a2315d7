/** Stands for what is hidden: always as long, so that it says nothing about what it hides. */
export const mask = "••••••";

/** `{{…}}` of a request file, `${env:…}` and `${secret:…}` of a settings file. */
const references = /\{\{[^{}]{1,500}\}\}|\$\{(?:env|secret):[^{}]{1,200}\}/g;

/** Of one text that is masked. */
export interface Masking {
  /** May a reference stay? It does where the redactor has put it in the place of a secret. */
  keeps(reference: string): boolean;
  /** Collects what was hidden, so that it can be hidden elsewhere too. */
  readonly hidden?: Set<string>;
}

/** Of a text that holds references because the request file has them there. */
export const keepsAll: Masking = { keeps: () => true };

/** `raw`: the text before it was redacted. A reference that stood there already may be part of a credential. */
export function keepsAdded(raw: string, hidden?: Set<string>): Masking {
  const own = new Set(raw.match(references));
  return { keeps: (reference) => !own.has(reference), ...(hidden && { hidden }) };
}

/** Fewer characters may stand elsewhere by chance. */
const shortestHidden = 6;

/** `abc{{$env.TOKEN}}` → `••••••{{$env.TOKEN}}`; what only joins two references stays. */
export function maskText(text: string, masking: Masking): string {
  let shown = "";
  let hasReference = false;
  let from = 0;
  const hide = (part: string) => {
    if (part === "") return "";
    if (hasReference && /^[\s:;,.|/=&-]{1,2}$/.test(part)) return part;
    remember(part, masking);
    return mask;
  };
  for (const { 0: reference, index } of text.matchAll(references)) {
    if (!masking.keeps(reference)) continue;
    shown += hide(text.slice(from, index)) + reference;
    hasReference = true;
    from = index + reference.length;
  }
  return shown + hide(text.slice(from));
}

/** Text that is hidden here, to be hidden elsewhere too. */
export function remember(text: string, { hidden }: Masking): void {
  if (text.length >= shortestHidden) hidden?.add(text);
}
