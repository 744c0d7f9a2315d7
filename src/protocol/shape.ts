/** Says whether an unknown value has the shape of T. Checks look, they never change or throw. */
export type Check<T> = (value: unknown) => value is T;

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

export const isString: Check<string> = (value): value is string => typeof value === "string";
export const isBoolean: Check<boolean> = (value): value is boolean => typeof value === "boolean";
/** NaN and the infinities do not survive JSON, so they are not numbers here. */
export const isNumber: Check<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);

/** A string of at most `length` UTF-16 code units. */
export function stringUpTo(length: number): Check<string> {
  return (value): value is string => typeof value === "string" && value.length <= length;
}

export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): Check<T> {
  const allowed = new Set<unknown>(values);
  return (value): value is T => allowed.has(value);
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

export function arrayOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/**
 * An object with exactly these fields: one missing, one too many or one of the wrong kind and it is refused.
 * The compiler holds `fields` to T, so a contract cannot grow without its check.
 */
export function shape<T extends object>(
  fields: { readonly [K in keyof T]-?: Check<Required<T>[K]> },
  ...optional: readonly OptionalKeys<T>[]
): Check<T> {
  const checks = Object.entries<Check<unknown>>(fields);
  const names = new Set(Object.keys(fields));
  const mayLack = new Set<unknown>(optional);
  return (value): value is T => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const object: Partial<Record<string, unknown>> = value;
    return (
      Object.keys(object).every((name) => names.has(name)) &&
      checks.every(([name, check]) => {
        const field = Object.hasOwn(object, name) ? object[name] : undefined;
        return field === undefined ? mayLack.has(name) : check(field);
      })
    );
  };
}
