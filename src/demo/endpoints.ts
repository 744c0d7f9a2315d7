import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

type Endpoint = (call: Call) => void | Promise<void>;

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** `METHOD /path` of the plain TLS server; without a method, any. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  "GET /": ({ response }) =>
    answerJson(response, 200, {
      message: "Hello from the Padlock demo. This came over a connection that was verified first.",
      try: ["/books", "/books/2", "/echo", "/slow?delay=1500", "/drip?chunks=5&every=300", "/large", "/old-books"],
    }),
  "GET /books": ({ response, url }) => answerJson(response, 200, findBooks(url.searchParams)),
  "POST /books": async ({ request, response }) => {
    const book = parseJson(await readBody(request));
    if (book === undefined) return answerJson(response, 400, { error: "The body is not JSON." });
    response.setHeader("location", `/books/${books.length + 1}`);
    answerJson(response, 201, { created: book });
  },
  "/echo": async ({ request, response, url }) =>
    answerJson(response, 200, {
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: headerPairs(request.rawHeaders),
      body: await readBody(request),
    }),
  "GET /slow": async ({ response, url }) => {
    const milliseconds = numberFrom(url, "delay", 1000, 60_000);
    await pause(response, milliseconds);
    answerJson(response, 200, { message: `This answer was held back for ${milliseconds} ms.` });
  },
  "GET /drip": async ({ response, url }) => {
    const chunks = numberFrom(url, "chunks", 5, 1000);
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
    for (let n = 1; n <= chunks && !response.destroyed; n += 1) {
      response.write(`part ${n} of ${chunks}\n`);
      if (n < chunks) await pause(response, numberFrom(url, "every", 300, 60_000));
    }
    response.end();
  },
  "GET /events": async ({ response, url }) => {
    const count = numberFrom(url, "count", 5, 1000);
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
    for (let n = 1; n <= count && !response.destroyed; n += 1) {
      response.write(`id: ${n}\nevent: progress\ndata: ${JSON.stringify({ done: n, of: count })}\n\n`);
      if (n < count) await pause(response, numberFrom(url, "every", 300, 60_000));
    }
    response.end();
  },
  "POST /login": ({ response }) => {
    response.writeHead(303, { location: "/account", "set-cookie": sessionCookie(randomUUID()) });
    response.end();
  },
  "GET /account": ({ request, response }) =>
    /(?:^|; )__Host-session=[^;]/.test(request.headers.cookie ?? "")
      ? answerJson(response, 200, { message: "Your cookie came along, so I know that you have logged in." })
      : answerJson(response, 401, { error: "There is no cookie: log in first." }),
  "GET /large": ({ response, url }) => {
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
    response.end(largeText(numberFrom(url, "megabytes", 5, 50)));
  },
  "GET /large.json": ({ response, url }) =>
    answerJson(
      response,
      200,
      Array.from({ length: numberFrom(url, "items", 20_000, 200_000) }, (_, n) => ({
        id: n + 1,
        name: `Item ${n + 1}`,
      })),
    ),
  "GET /old-books": ({ response }) => {
    response.writeHead(302, { location: "/books", "content-type": "text/plain; charset=utf-8" });
    response.end("The books have moved to /books.\n");
  },
};

/** The request listener of the plain TLS server. */
export function answer(request: IncomingMessage, response: ServerResponse): void {
  route(request, response).catch((error: unknown) => response.destroy(asError(error)));
}

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = `https://localhost${request.url}`;
  if (!URL.canParse(target)) {
    answerJson(response, 400, { error: "The request target is not a path." });
    return;
  }
  const url = new URL(target);
  const endpoint = endpoints[`${request.method} ${url.pathname}`] ?? endpoints[url.pathname] ?? bookById;
  await endpoint({ request, response, url });
}

/** `GET /books/2`, and the answer to everything that is not in the table. */
const bookById: Endpoint = ({ request, response, url }) => {
  const book = books.find(({ id }) => url.pathname === `/books/${id}`);
  if (book && request.method === "GET") answerJson(response, 200, book);
  else answerJson(response, 404, { error: `There is nothing at ${request.method} ${url.pathname}.` });
};

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(value));
}

/** As strict as a cookie can be (RFC 6265bis, section 4.1.3.2). */
function sessionCookie(value: string): string {
  return `__Host-session=${value}; Path=/; Secure; HttpOnly; SameSite=Strict`;
}

const books = [
  { id: 1, title: "Bulletproof TLS and PKI", author: "Ivan Ristić", year: 2022, topic: "tls" },
  { id: 2, title: "Real-World Cryptography", author: "David Wong", year: 2021, topic: "cryptography" },
  { id: 3, title: "HTTP: The Definitive Guide", author: "David Gourley", year: 2002, topic: "http" },
  { id: 4, title: "SSL and TLS: Theory and Practice", author: "Rolf Oppliger", year: 2023, topic: "tls" },
] as const;

function findBooks(query: URLSearchParams) {
  const topic = query.get("topic");
  const found = books.filter((book) => topic === null || book.topic === topic);
  if (query.get("sort") === "year") found.sort((a, b) => a.year - b.year);
  return { count: found.length, books: found };
}

/** Waits, but no longer than the client does. */
function pause(response: ServerResponse, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      response.off("close", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    response.once("close", end);
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `[name, value]` in the order and case in which they came, doubles kept. */
function headerPairs(rawHeaders: readonly string[]): string[][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, n) => rawHeaders.slice(2 * n, 2 * n + 2));
}

/** A whole number from the query, between 0 and `most`. */
function numberFrom(url: URL, name: string, fallback: number, most: number): number {
  const value = Number(url.searchParams.get(name) ?? fallback);
  return Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), 0), most) : fallback;
}

function largeText(megabytes: number): Buffer {
  const line = "All human beings are born free and equal in dignity and rights.\n";
  return Buffer.alloc(megabytes * 1024 * 1024, line);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
