/** A response without its values: what completion needs of it. */
export interface KnownResponse {
  readonly status: number;
  readonly headerNames: readonly string[];
  /** Undefined for a body that is not JSON. */
  readonly shape: JsonShape | undefined;
}

/** Property names and nesting of a JSON value; of a list the shape of its first item. */
export type JsonShape =
  | { readonly kind: "value" }
  | { readonly kind: "object"; readonly properties: ReadonlyMap<string, JsonShape> }
  | { readonly kind: "array"; readonly items: JsonShape | undefined };
