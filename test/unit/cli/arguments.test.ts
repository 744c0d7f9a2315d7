import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseArguments } from "../../../src/cli/arguments.ts";

const runCommand = { kind: "run", files: ["a.https"], names: [], environment: "", json: false };

describe("parseArguments", () => {
  const accepted: readonly (readonly [args: string, command: object])[] = [
    ["--help", { kind: "help", topic: "padlock" }],
    ["-h", { kind: "help", topic: "padlock" }],
    ["--version", { kind: "version" }],
    ["run --help", { kind: "help", topic: "run" }],
    ["run a.https", runCommand],
    ["run --json a.https b.https", { ...runCommand, files: ["a.https", "b.https"], json: true }],
    ["run a.https --name one --name=two", { ...runCommand, names: ["one", "two"] }],
    ["run a.https --env staging", { ...runCommand, environment: "staging" }],
    ["run a.https --env=", runCommand],
    ["run a.https --name=--odd", { ...runCommand, names: ["--odd"] }],
    ["run -- --odd.https", { ...runCommand, files: ["--odd.https"] }],
  ];
  for (const [args, command] of accepted) {
    it(`reads ${args}`, () => assert.deepEqual(parseArguments(args.split(" ")), command));
  }

  const refused: readonly (readonly [args: string, message: string, hint: string])[] = [
    ["rnu a.https", 'padlock has no command "rnu"', "Did you mean padlock run?"],
    ["api.https", 'padlock has no command "api.https"', "Did you mean padlock run api.https?"],
    ["inspect", 'padlock has no command "inspect"', "See padlock --help."],
    ["--verison", "padlock has no option --verison", "Did you mean --version?"],
    ["run", "padlock run needs at least one request file", "For example: padlock run api.https"],
    ["run a.https --jsno", "padlock run has no option --jsno", "Did you mean --json?"],
    ["run a.https --insecure", "padlock run has no option --insecure", "See padlock run --help."],
    ["run a.https -k", "padlock run has no option -k", "See padlock run --help."],
    ["run a.https --constructor", "padlock run has no option --constructor", "See padlock run --help."],
    ["run a.https --json=yes", "--json takes no value", "Write --json alone."],
    ["run a.https --name", "--name needs a value", "See padlock run --help."],
    [
      "run a.https --name --json",
      "--name needs a value, but --json follows it",
      "For a value that starts with a dash write --name=--json.",
    ],
    ["run a.https --env a --env b", "--env is given twice", "Keep one of them."],
  ];
  for (const [args, message, hint] of refused) {
    it(`refuses ${args}`, () =>
      assert.deepEqual(parseArguments(args.split(" ")), { kind: "usage-error", message, hint }));
  }

  it("refuses no arguments", () => assert.equal(parseArguments([]).kind, "usage-error"));
});
