import { DOMParser, type Document, MIME_TYPE, type Node, onErrorStopParsing, XMLSerializer } from "@xmldom/xmldom";
import { QueryError } from "./query-problem.ts";
import { type Selected, selectWithResolver } from "./xpath-library.mjs";

/** The kinds of DOM nodes that are told apart here (WHATWG DOM §4.4). */
const element = 1;
const document = 9;

/**
 * What an XPath 1.0 expression selects in an XML text, the first node where it selects several. An attribute, a text or
 * an element that holds only text gives that text; an element with elements in it gives their XML. Prefixes are those
 * that the root element declares. Nothing outside of the text is ever loaded, and no entity of its own is expanded.
 * @throws {QueryError} for an expression or XML that cannot be read, and when nothing is selected
 */
export function selectXml(xml: string, expression: string): string {
  const tree = readXml(xml);
  const selected = evaluate(expression, tree);
  const first = isNodes(selected) ? selected[0] : selected;
  if (first === undefined || first === null) {
    throw new QueryError(`Its body has nothing at ${expression}.`, "Compare the path with the body that was received.");
  }
  return typeof first === "object" ? readText(first) : String(first);
}

/** Entities that a document defines itself can grow without limit, and an external one is a file or a request. */
function readXml(xml: string): Document {
  if (/<!DOCTYPE[^[>]*\[/i.test(xml)) {
    throw new QueryError(
      "Its body is XML with a document type that defines things of its own, which is not safe to read.",
      'Write "body.*" for the whole body.',
    );
  }
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, MIME_TYPE.XML_APPLICATION);
  } catch {
    throw new QueryError(
      "An XPath asks for a part of an XML body, but the body is not XML.",
      'Write "body.*" for the whole body, or a JSONPath such as "body.$.name" for JSON.',
    );
  }
}

function evaluate(expression: string, tree: Document): Selected {
  try {
    return selectWithResolver(expression, tree, {
      lookupNamespaceURI: (prefix) => tree.documentElement?.lookupNamespaceURI(prefix) ?? null,
    });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw new QueryError(
      `${expression} is not an XPath expression, or uses a prefix that the body's root element does not declare.`,
      "Write it as in /items/item[1]/@id or //*[local-name()='id'].",
    );
  }
}

function isNodes(selected: Selected): selected is readonly Node[] {
  return Array.isArray(selected);
}

function readText(node: Node): string {
  try {
    return textOf(node);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep();
  }
}

function tooDeep(): QueryError {
  return new QueryError("The XML of its body is nested too deeply.", 'Write "body.*" for the whole body.');
}

function textOf(node: Node): string {
  const isMarkup =
    node.nodeType === document ||
    (node.nodeType === element && [...node.childNodes].some((child) => child.nodeType === element));
  if (!isMarkup) return node.textContent ?? "";
  const serializer = new XMLSerializer();
  if (node.nodeType === document) return serializer.serializeToString(node);
  return [...node.childNodes].map((child) => serializer.serializeToString(child)).join("");
}
