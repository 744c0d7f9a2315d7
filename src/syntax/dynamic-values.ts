/** A value that is made when the request is sent: what the editor offers and what `resolve` must be able to make. */
export interface DynamicValue {
  /** With its `$`. */
  readonly name: string;
  /** As shown behind the name; what stands in brackets may be left out. "" for none. */
  readonly parameters: string;
  /** One line. */
  readonly documentation: string;
  /** What stands between the braces. */
  readonly example: string;
  /** Bare words among the arguments that stand for themselves; any other bare word names a variable. */
  readonly literals: RegExp | undefined;
  /** `environment-file`: it has a meaning only in the values of environment files. */
  readonly place: "anywhere" | "environment-file";
}

/** Longer names of units too, so that the message can say what a unit is called. */
const dateWord =
  /^(?:iso8601|rfc1123|ms|[a-z]|[A-Z]|(?:milli)?sec(?:ond)?s?|min(?:ute)?s?|hours?|days?|weeks?|months?|quarters?|years?)$/;
const algorithmOrClaim = /^(?:none|(?:HS|RS|ES|PS)\d{3}|EdDSA|Ed25519|[^\s"'=]+=.*)$/is;

const rows: readonly (readonly [
  name: string,
  parameters: string,
  documentation: string,
  example: string,
  literals?: RegExp,
])[] = [
  ["$uuid", "", "A random UUID (version 4).", "$uuid"],
  ["$guid", "", "A random UUID (version 4), the same as $uuid.", "$guid"],
  [
    "$timestamp",
    "[offset unit]",
    "Seconds since 1970, now or at an offset; the units are ms s m h d w M Q y.",
    "$timestamp -3 h",
    dateWord,
  ],
  ["$isoTimestamp", "", "The time in UTC as ISO 8601 writes it.", "$isoTimestamp"],
  [
    "$datetime",
    '[iso8601 | rfc1123 | "format"] [offset unit]',
    'The time in UTC; iso8601 unless told otherwise, or a format such as "YYYY-MM-DD" in quotes.',
    '$datetime "YYYY-MM-DD" 1 d',
    dateWord,
  ],
  [
    "$localDatetime",
    '[iso8601 | rfc1123 | "format"] [offset unit]',
    "The time in the zone of this computer; otherwise as $datetime.",
    "$localDatetime rfc1123",
    dateWord,
  ],
  [
    "$randomInt",
    "[min max]",
    "A random whole number from min up to, not including, max; 0 and 1000 without them.",
    "$randomInt 1 7",
  ],
  [
    "$random.integer",
    "[(min, max)]",
    "A random whole number from min up to, not including, max; 0 and 1000 without them.",
    "$random.integer(1, 7)",
  ],
  [
    "$random.float",
    "[(min, max)]",
    "A random number from min up to, not including, max; 0 and 1000 without them.",
    "$random.float(0.5, 2)",
  ],
  ["$random.alphabetic", "(length)", "Random letters, A to Z and a to z.", "$random.alphabetic(12)"],
  ["$random.alphanumeric", "(length)", "Random letters and digits.", "$random.alphanumeric(12)"],
  ["$random.hexadecimal", "(length)", "Random hexadecimal digits in lower case.", "$random.hexadecimal(32)"],
  ["$random.email", "", "A random address at example.com, which belongs to nobody.", "$random.email"],
  ["$random.uuid", "", "A random UUID (version 4), the same as $uuid.", "$random.uuid"],
  [
    "$basic",
    "user password",
    'The whole value of an Authorization header: "Basic" and the encoded user name and password.',
    '$basic "alice" $env.PASSWORD',
  ],
  [
    "$base64",
    "text …",
    "The Base64 form of the text's UTF-8 bytes; several arguments are put together first.",
    '$base64 "a:b"',
  ],
  [
    "$jwt",
    "algorithm key [claim=value …]",
    "A signed JSON Web Token with the claim iat. The key is a secret (HS256, HS384, HS512) or a private key as PEM text " +
      "(RS…, PS…, ES…, EdDSA). Claims are name=value, a JSON object in quotes, or a variable that holds one; exp and " +
      "nbf take a duration from now, such as exp=5m; header.kid=value sets a header parameter.",
    "$jwt HS256 $env.JWT_KEY sub=alice exp=5m",
    algorithmOrClaim,
  ],
];

/** Every dynamic value. A new one is one row here and one entry in `resolve/dynamic`. */
export const dynamicValues: readonly DynamicValue[] = [
  ...rows.map(
    ([name, parameters, documentation, example, literals]): DynamicValue => ({
      name,
      parameters,
      documentation,
      example,
      literals,
      place: "anywhere",
    }),
  ),
  {
    name: "$shared",
    parameters: "name",
    documentation: "In an environment file: the value that $shared gives the name.",
    example: "$shared host",
    literals: /./,
    place: "environment-file",
  },
];

const byName: ReadonlyMap<string, DynamicValue> = new Map(dynamicValues.map((value) => [value.name, value]));

export function findDynamicValue(name: string): DynamicValue | undefined {
  return byName.get(name);
}
