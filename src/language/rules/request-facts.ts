import type { HeaderField, RequestBlock, RequestNode } from "../../syntax/index.ts";
import type { ReferenceSite } from "../reference-sites.ts";
import type { FileTexts } from "./file-texts.ts";
import type { Target } from "./target.ts";

/** A header field with its name in lower case: names are compared without regard to case (RFC 9110 section 5.1). */
interface Field {
  readonly key: string;
  readonly node: HeaderField;
}

/** One request of the file, with what several rules ask about it. */
export class RequestFacts {
  readonly block: RequestBlock;
  readonly node: RequestNode;
  readonly sites: readonly ReferenceSite[];
  readonly fields: readonly Field[];
  /** Of the body, without parameters, in lower case; "" without one or where a reference makes it. */
  readonly mediaType: string;
  readonly #texts: FileTexts;
  #target: Target | undefined | null = null;

  constructor(block: RequestBlock, node: RequestNode, sites: readonly ReferenceSite[], texts: FileTexts) {
    this.block = block;
    this.node = node;
    this.sites = sites;
    this.#texts = texts;
    this.fields = node.headers.map((field) => ({ key: texts.lowerCase(field.name.text), node: field }));
    this.mediaType = texts.mediaType(this.#header("content-type")?.value.text ?? "");
  }

  /** Undefined where it depends on what is not known here. */
  get target(): Target | undefined {
    if (this.#target === null) this.#target = this.#findTarget();
    return this.#target;
  }

  #findTarget(): Target | undefined {
    const start = startOfUrl(this.node.url.text);
    if (start !== "") return this.#texts.target(start, this.node.range.start);
    const host = this.#header("host");
    return host && this.#texts.target(host.value.text, host.range.start);
  }

  /** The first field of that name; `key` is in lower case. */
  #header(key: string): HeaderField | undefined {
    return this.fields.find((field) => field.key === key)?.node;
  }
}

/** All up to the path, with the references that stand there. */
function startOfUrl(url: string): string {
  return /^(?:\{\{[^{}\r\n]*\}\}|:\/\/|[^/?#\\{]|\{(?!\{))*/.exec(url)?.[0] ?? "";
}
