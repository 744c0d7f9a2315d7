import { domainToASCII } from "node:url";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { isHostName } from "../../common/host-name.ts";
import { type HostPort, readHostPort } from "../../common/host-port.ts";
import type { HelpTopic } from "../help.ts";
import { checkOptions, type UsageError, usageError } from "../options.ts";

export interface InspectCommand extends HostPort {
  readonly kind: "inspect";
  /** Sent as SNI and verified in place of the host. */
  readonly serverName: string | undefined;
  /** "" for none. */
  readonly environment: string;
  readonly json: boolean;
}

const options = {
  servername: { type: "string" },
  starttls: { type: "string" },
  env: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;

const example = "For example: padlock inspect api.example.com:8443";

export function parseInspect(
  args: readonly string[],
): InspectCommand | UsageError | { readonly kind: "help"; readonly topic: HelpTopic } {
  const problem = checkOptions(args, options, "padlock inspect");
  if (problem) return problem;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) return { kind: "help", topic: "inspect" };
  const [written, second] = positionals;
  if (written === undefined) return usageError("padlock inspect needs a host", example);
  if (second !== undefined) return usageError("padlock inspect takes one host", example);
  if (values.starttls !== undefined && values.starttls !== "no") {
    return usageError(
      `--starttls ${values.starttls} is not supported`,
      "padlock inspect starts with TLS at once, as HTTPS does: leave the option out.",
    );
  }
  const target = readHostPort(written);
  if (!target) {
    const plain = /^http:/i.test(written) ? "http: has no TLS to look at. " : "";
    return usageError(`"${written}" is not a host with an optional port`, `${plain}${example}`);
  }
  const serverName = values.servername === undefined ? undefined : sentName(values.servername);
  if (serverName === "") {
    return usageError("--servername needs a host name, not an address", "For example: --servername api.example.com");
  }
  return { kind: "inspect", ...target, serverName, environment: values.env ?? "", json: values.json ?? false };
}

/** In IDNA ASCII and without the dot at its end, as SNI has it (RFC 6066 §3); "" for what is no name, or is an address. */
function sentName(written: string): string {
  const name = domainToASCII(written).replace(/\.$/, "");
  return isHostName(name) && !/^[\d.]+$|^\[/.test(name) ? name : "";
}
