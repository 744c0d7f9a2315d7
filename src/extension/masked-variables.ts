/** The field whose value begins at the end of a text: `sid=`, `"password": "`, `Authorization: Bearer `. */
const field = /([A-Za-z_][\w.-]*)\]?["']?\s*[:=]\s*["']?(?:[A-Za-z][\w-]*\s+)?$/;

/** Of one command: a shell variable for each masked value, called after the field that it is the value of. */
export class MaskedVariables {
  readonly #names = new Set<string>();

  get names(): readonly string[] {
    return [...this.#names];
  }

  /** `before`: what stands before the masked value. With a prefix, so that a cookie `path` does not fill in `$PATH`. */
  nameAfter(before: string): string {
    const found = field.exec(before)?.[1] ?? (before.endsWith("//") ? "user" : "value");
    const base = `MASKED_${found.replace(/\W+/g, "_").toUpperCase()}`;
    let name = base;
    for (let count = 2; this.#names.has(name); count++) name = `${base}_${count}`;
    this.#names.add(name);
    return name;
  }
}
