import type { Node } from "@xmldom/xmldom";

/** What an XPath 1.0 expression gives: a node set, or a value of its functions. */
export type Selected = readonly Node[] | Node | string | number | boolean | null;

export interface NamespaceResolver {
  readonly lookupNamespaceURI: (prefix: string) => string | null;
}

/** @throws for expressions that cannot be read, and for prefixes that the resolver does not know */
export function selectWithResolver(expression: string, node: Node, resolver: NamespaceResolver): Selected;
