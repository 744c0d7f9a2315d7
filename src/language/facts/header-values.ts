import { mediaTypes } from "./media-types.ts";

export interface HeaderValueFact {
  readonly value: string;
  readonly documentation: string;
  /** Inserted in place of `value`, in the snippet syntax of LSP 3.18; a new completion starts where it leaves the cursor. */
  readonly snippet?: string;
}

/** What a field can hold. */
export interface HeaderValues {
  /** Several values stand in one field, with commas between. */
  readonly isList: boolean;
  readonly values: readonly HeaderValueFact[];
  /** What may follow a value behind a `;`. */
  readonly parameters: readonly HeaderValueFact[];
}

type Pairs = Readonly<Record<string, string>>;

const facts = (pairs: Pairs): HeaderValueFact[] =>
  Object.entries(pairs).map(([value, documentation]) => ({ value, documentation }));
const one = (values: Pairs, parameters: Pairs = {}): HeaderValues => ({
  isList: false,
  values: facts(values),
  parameters: facts(parameters),
});
const list = (values: Pairs, parameters: Pairs = {}): HeaderValues => ({ ...one(values, parameters), isList: true });

const types = mediaTypes.map(({ name, documentation }) => ({ value: name, documentation }));
const weights: Pairs = {
  "q=0.9": "Weight: less wanted than 1",
  "q=0.5": "Weight: half as wanted",
  "q=0": "Not wanted",
};
const codings: Pairs = {
  gzip: "RFC 9110 section 8.4.1.3",
  br: "Brotli, RFC 7932",
  zstd: "Zstandard, RFC 8878",
  deflate: "RFC 9110 section 8.4.1.2",
};
const digests: Pairs = { "sha-256=": "RFC 9530", "sha-512=": "RFC 9530" };
const etags: Pairs = { "*": "Any version", '""': "An ETag, in quotes" };
const languages: Pairs = {
  en: "English",
  "en-US": "English, United States",
  de: "German",
  fr: "French",
  es: "Spanish",
};

/** Values by field name in lower case; a field that is not here can hold anything. */
export const headerValues: ReadonlyMap<string, HeaderValues> = new Map([
  [
    "accept",
    {
      isList: true,
      values: [{ value: "*/*", documentation: "Any media type" }, ...types, ...facts({ "image/*": "Any image" })],
      parameters: facts(weights),
    },
  ],
  ["accept-encoding", list({ ...codings, identity: "No compression", "*": "Any other one" }, weights)],
  ["accept-language", list({ ...languages, "*": "Any other one" }, weights)],
  [
    "authorization",
    {
      isList: false,
      values: [
        { value: "Bearer", documentation: "An access token, RFC 6750", snippet: "Bearer {{$0}}" },
        { value: "Basic", documentation: "User name and password, RFC 7617", snippet: "{{$basic $0}}" },
        { value: "DPoP", documentation: "A token bound to a key, RFC 9449", snippet: "DPoP {{$0}}" },
        { value: "ApiKey", documentation: "An API key", snippet: "ApiKey {{$0}}" },
        { value: "Token", documentation: "A token, as some services want it", snippet: "Token {{$0}}" },
      ],
      parameters: [],
    },
  ],
  [
    "cache-control",
    list({
      "no-cache": "Ask the server before answering from a cache",
      "no-store": "Keep nothing",
      "max-age=0": "No answer older than this many seconds",
      "max-stale": "A stale answer will do",
      "min-fresh=60": "The answer stays fresh for this many seconds",
      "no-transform": "Proxies leave the body as it is",
      "only-if-cached": "Answer from a cache or not at all",
    }),
  ],
  ["connection", one({ "keep-alive": "The connection stays open", close: "It is closed behind the response" })],
  ["content-encoding", list(codings)],
  ["content-digest", list(digests)],
  [
    "content-disposition",
    one(
      { "form-data": "A part of a form", attachment: "A file" },
      { 'name=""': "Name of the form field", 'filename=""': "Name of the file" },
    ),
  ],
  ["content-language", list(languages)],
  [
    "content-type",
    {
      isList: false,
      values: types,
      parameters: facts({
        "charset=utf-8": "Character encoding of the text",
        "boundary=": "What stands between the parts",
      }),
    },
  ],
  ["depth", one({ "0": "Only the resource", "1": "With its members", infinity: "With all below it" })],
  ["dnt", one({ "1": "No tracking", "0": "Tracking is fine" })],
  ["expect", one({ "100-continue": "The body waits for the server's consent" })],
  ["if-match", list(etags)],
  ["if-none-match", list(etags)],
  ["overwrite", one({ T: "Replace what is there", F: "Fail when something is there" })],
  ["pragma", one({ "no-cache": "For HTTP/1.0 caches" })],
  [
    "prefer",
    list({
      "return=minimal": "No representation in the response",
      "return=representation": "The changed resource in the response",
      "respond-async": "Answer at once, finish later",
      "handling=strict": "Refuse what is not quite right",
      "handling=lenient": "Make the best of what is not quite right",
    }),
  ],
  ["priority", one({ "u=0": "Most urgent", "u=3": "The usual", "u=7": "Background", i: "Useful in parts" })],
  ["proxy-authorization", one({ Basic: "User name and password, RFC 7617" })],
  [
    "range",
    one({
      "bytes=0-": "From the first byte to the last",
      "bytes=0-1023": "The first 1024 bytes",
      "bytes=-1024": "The last 1024 bytes",
    }),
  ],
  ["repr-digest", list(digests)],
  ["sec-fetch-dest", one({ document: "A page", empty: "A script's own use", image: "An image", script: "A script" })],
  [
    "sec-fetch-mode",
    one({ cors: "With CORS", "no-cors": "Without CORS", navigate: "A navigation", "same-origin": "Same origin only" }),
  ],
  [
    "sec-fetch-site",
    one({
      "same-origin": "Same origin",
      "same-site": "Same site",
      "cross-site": "Another site",
      none: "Typed by a person",
    }),
  ],
  ["te", list({ trailers: "Trailer fields are read" }, weights)],
  ["transfer-encoding", list({ chunked: "The body in chunks, RFC 9112 section 7.1" })],
  ["upgrade-insecure-requests", one({ "1": "An encrypted response is preferred" })],
  ["x-request-type", one({ GraphQL: "The body is a GraphQL query and its variables" })],
  ["x-requested-with", one({ XMLHttpRequest: "Made by a script" })],
]);
