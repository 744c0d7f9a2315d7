import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { echoes, encodings, markedEchoes, planted } from "./planted.ts";

/** Bodies of these kinds hold every echo. */
export const bodyKinds = ["json", "html", "text", "binary", "gzip"] as const;

const isFieldValue = (text: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
/** As a server writes text into a header: in UTF-8. */
const headerText = (text: string) => Buffer.from(text, "utf8").toString("latin1");

/**
 * `/body/KIND/NAME`, `/headers/NAME`, `/cookies/NAME`, echo the value of NAME;
 * `/status/INDEX`, `/redirect/INDEX` and `/refused/INDEX` echo all values in one encoding.
 */
export function answerPlanted(request: IncomingMessage, response: ServerResponse): void {
  const [, place = "", ...rest] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
  if (place === "body") {
    answerBody(response, rest[0] ?? "", plantedValue(rest[1]));
    return;
  }
  const echo = echoInHeader(Number(rest[0]));
  const value = plantedValue(rest[0]);
  const writable = echoes(value).map((text) => (isFieldValue(headerText(text)) ? headerText(text) : undefined));
  response.statusCode = 200;
  switch (place) {
    case "headers":
      for (const [index, text] of writable.entries()) {
        if (text !== undefined) response.setHeader(`X-Echo-${index}`, `[#${index}#]${text}[#${index}#]`);
      }
      break;
    case "cookies":
      response.setHeader(
        "set-cookie",
        writable.flatMap((text, index) =>
          text === undefined ? [] : [`c${index}=[#${index}#]${text}[#${index}#]; Path=/`],
        ),
      );
      break;
    case "status":
      response.statusMessage = echo;
      break;
    case "redirect":
      response.statusCode = 302;
      response.setHeader("location", `/after?q=${echo}`);
      break;
    case "refused":
      response.statusCode = 302;
      response.setHeader("location", `http://192.0.2.1/${echo}`);
      break;
  }
  response.end("{}");
}

/** The indexes of the encodings that a header can hold for one of the values at least. */
export const headerEncodings = [...encodings.keys()].filter((index) => echoInHeader(index) !== "");

/** All values in this encoding, but for those of which a header cannot hold it. */
function echoInHeader(index: number): string {
  const texts = Object.values(planted).map((value) => headerText(echoes(value)[index] ?? ""));
  return texts.filter(isFieldValue).join(" and ");
}

function answerBody(response: ServerResponse, kind: string, value: string): void {
  const text = markedEchoes(value);
  switch (kind) {
    case "json":
    case "gzip": {
      const members = Object.fromEntries(
        text.split("\n[#").map((echo, index) => [`m${index}`, index === 0 ? echo : `[#${echo}`]),
      );
      const json = JSON.stringify({ value: members, [value]: "a name" });
      response.setHeader("content-type", "application/json");
      if (kind === "gzip") response.setHeader("content-encoding", "gzip");
      response.end(kind === "gzip" ? gzipSync(json) : json);
      return;
    }
    case "html":
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(`<!doctype html><p title="x">${text}</p>`);
      return;
    case "binary":
      response.setHeader("content-type", "application/octet-stream");
      response.end(Buffer.concat([Buffer.from([0, 0xff, 0xfe, 1]), Buffer.from(text)]));
      return;
    default:
      response.setHeader("content-type", "text/plain; charset=utf-8");
      response.end(text);
  }
}

function plantedValue(name: string | undefined): string {
  return name === "KEY" ? planted.KEY : planted.PASSWORD;
}
