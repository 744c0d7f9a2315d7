import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { parseArguments } from "../../../src/cli/arguments.ts";
import { readPassphrase } from "../../../src/cli/certs/passphrase.ts";
import { helpTexts } from "../../../src/cli/help.ts";

const common = { dir: "certs", keyType: undefined, days: undefined, force: false, json: false, writeSettings: false };

describe("the arguments of padlock certs", () => {
  it("are read", () => {
    const authority = { kind: "certs", what: "authority", ...common, name: undefined, only: [] };
    assert.deepEqual(parseArguments(["certs", "init"]), authority);
    assert.deepEqual(
      parseArguments(["certs", "init", "--name", "Team", "--only", "a.test", "--only", "b.test", "--days", "90"]),
      { ...authority, name: "Team", only: ["a.test", "b.test"], days: 90 },
    );
    const args = ["certs", "server", "localhost", "::1", "--dir", "x", "--key-type", "rsa-3072", "--force", "--json"];
    assert.deepEqual(parseArguments(args), {
      kind: "certs",
      what: "server",
      ...common,
      names: ["localhost", "::1"],
      dir: "x",
      keyType: "rsa-3072",
      force: true,
      json: true,
    });
    const client = { kind: "certs", what: "client", ...common, name: "alice", pfx: false, hosts: [] };
    assert.deepEqual(parseArguments(["certs", "client", "alice"]), { ...client, passphraseVariable: undefined });
    assert.deepEqual(parseArguments(["certs", "client", "alice", "--no-passphrase", "--host", "a.test"]), {
      ...client,
      hosts: ["a.test"],
      passphraseVariable: false,
    });
    assert.deepEqual(
      parseArguments(["certs", "client", "alice", "--p12", "--passphrase-env", "KEY", "--write-settings"]),
      {
        ...client,
        pfx: true,
        passphraseVariable: "KEY",
        writeSettings: true,
      },
    );
  });

  for (const args of [["--help"], ["init", "-h"], ["server", "--help"], ["client", "--help"]]) {
    it(`${args.join(" ")} shows the help`, () => {
      assert.deepEqual(parseArguments(["certs", ...args]), { kind: "help", topic: "certs" });
    });
  }

  const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [[], /needs a command/],
    [["inti"], /no command "inti" Did you mean padlock certs init\?/],
    [["init", "localhost"], /takes no "localhost" For a server's certificate: padlock certs server localhost/],
    [["server"], /at least one name/],
    [["client"], /needs one name/],
    [["client", "a", "b"], /needs one name/],
    [["client", "a", "--p12", "--no-passphrase"], /needs a passphrase/],
    [["client", "a", "--no-passphrase", "--passphrase-env", "X"], /Keep one of them/],
    [["client", "a", "--passphrase-env", "A=b"], /needs the name of a variable/],
    [["client", "a", "--passphrase", "x"], /is no argument: .* --passphrase-env/],
    [["client", "a", "--passphrase=x"], /is no argument: .* --passphrase-env/],
    [["init", "--key-type", "ec-p265"], /Did you mean ec-p256\?/],
    [["init", "--key-type", "dsa"], /Known are: ec-p256, /],
    [["init", "--days", "x"], /--days needs a number For example: --days 90/],
    [["init", "--dir", ""], /--dir needs a folder/],
    [["init", "--p12"], /no option --p12/],
  ];
  for (const [args, says] of wrong) {
    it(`${args.join(" ") || "nothing"} is answered with what to write`, () => {
      const command = parseArguments(["certs", ...args]);
      assert.ok(command.kind === "usage-error", command.kind);
      assert.match(`${command.message} ${command.hint}`, says);
      assert.ok(!command.message.includes('"x"'));
    });
  }

  it("are explained in lines that fit a terminal", () => {
    assert.ok(helpTexts.certs.split("\n").every((line) => line.length <= 120));
    assert.match(helpTexts.padlock, /padlock certs COMMAND/);
  });
});

describe("the passphrase of a client's key", () => {
  function ask(
    typed: readonly string[],
    { pfx = false, isTTY = true, variable = undefined as string | undefined } = {},
  ) {
    const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => input });
    const output = Object.assign(new PassThrough(), { isTTY, columns: 80 });
    let shown = "";
    let next = 0;
    output.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      // An answer for each question, once it is asked.
      if (text.endsWith("(not shown): ")) setImmediate(() => typed[next] !== undefined && input.write(typed[next++]));
    });
    const terminal = { input, output } as unknown as { input: NodeJS.ReadStream; output: NodeJS.WriteStream };
    const environment = { get: (name: string) => (name === "KEY" ? "from the environment" : undefined) };
    const source = { environment, terminal, onInterrupt: () => {} };
    return { answer: readPassphrase({ passphraseVariable: variable, pfx, name: "a" }, source), shown: () => shown };
  }

  it("is asked for twice and never shown", async () => {
    const { answer, shown } = ask(["open sesame\r", "open sesame\r"]);
    assert.deepEqual(await answer, { kind: "given", passphrase: "open sesame" });
    assert.match(shown(), /private key; empty for none \(not shown\): .*The same once more/s);
    assert.ok(!shown().includes("sesame"));
  });

  it("is asked for again where the two differ", async () => {
    const { answer, shown } = ask(["one\r", "two\r", "three\r", "three\r"]);
    assert.deepEqual(await answer, { kind: "given", passphrase: "three" });
    assert.match(shown(), /The two differ/);
  });

  it("may be none, but not for a P12 file", async () => {
    assert.deepEqual(await ask(["\r"]).answer, { kind: "given", passphrase: undefined });
    const { answer, shown } = ask(["\r", "x\r", "x\r"], { pfx: true });
    assert.deepEqual(await answer, { kind: "given", passphrase: "x" });
    assert.match(shown(), /A P12 file needs a passphrase\./);
  });

  it("ends with Ctrl+C", async () => {
    assert.deepEqual(await ask(["\u0003"]).answer, { kind: "interrupted" });
  });

  it("comes from the environment without a question", async () => {
    const { answer, shown } = ask([], { variable: "KEY" });
    assert.deepEqual(await answer, { kind: "given", passphrase: "from the environment" });
    assert.equal(shown(), "");
    assert.equal((await ask([], { variable: "OTHER" }).answer).kind, "missing");
  });

  it("is none where nobody can be asked, and for a P12 file that is wrong usage", async () => {
    assert.deepEqual(await ask([], { isTTY: false }).answer, { kind: "given", passphrase: undefined });
    assert.equal((await ask([], { isTTY: false, pfx: true }).answer).kind, "wrong-usage");
  });
});
