import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseArguments } from "../../../src/cli/arguments.ts";

describe("the arguments of padlock inspect", () => {
  const right: readonly (readonly [written: string, host: string, port: number])[] = [
    ["api.example.com", "api.example.com", 443],
    ["API.example.com:8443", "api.example.com", 8443],
    ["https://api.example.com/path?query", "api.example.com", 443],
    ["https://api.example.com:8443", "api.example.com", 8443],
    ["127.0.0.1:65535", "127.0.0.1", 65535],
    ["[::1]:8443", "::1", 8443],
    ["::1", "::1", 443],
    ["b\u00fccher.example", "xn--bcher-kva.example", 443],
  ];
  for (const [written, host, port] of right) {
    it(`${written} is port ${port} of ${host}`, () => {
      const command = parseArguments(["inspect", written]);
      assert.equal(command.kind, "inspect", JSON.stringify(command));
      assert.deepEqual(command.kind === "inspect" && [command.host, command.port], [host, port]);
    });
  }

  it("sends a --servername as SNI has it", () => {
    const command = parseArguments(["inspect", "127.0.0.1", "--servername", "B\u00dcCHER.example."]);
    assert.equal(command.kind === "inspect" && command.serverName, "xn--bcher-kva.example");
  });

  const wrong: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[], /needs a host/],
    [["a", "b"], /takes one host/],
    [["http://localhost"], /is not a host/],
    [["a b"], /is not a host/],
    [["localhost:0"], /is not a host/],
    [["localhost:65536"], /is not a host/],
    [["user@localhost"], /is not a host/],
    [["localhost/path"], /is not a host/],
    [["localhost", "--starttls", "smtp"], /--starttls smtp is not supported/],
    [["localhost", "--servername", "a b"], /--servername needs a host name/],
    [["localhost", "--servername", "127.0.0.1"], /not an address/],
    [["localhost", "--servername", "[::1]"], /not an address/],
    [["*.example.com"], /is not a host/],
    [["$(x).example.com"], /is not a host/],
    [["localhost", "--unverified", "x"], /no option --unverified/],
  ];
  for (const [args, message] of wrong) {
    it(`refuses ${args.join(" ") || "no host"}`, () => {
      const command = parseArguments(["inspect", ...args]);
      assert.equal(command.kind, "usage-error");
      assert.match(command.kind === "usage-error" ? command.message : "", message);
    });
  }
});
