import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { parseArguments } from "../../../src/cli/arguments.ts";

const runCommand = {
  kind: "run",
  paths: ["a.https"],
  names: [],
  environment: "",
  variables: new Map(),
  json: false,
  tls: false,
  person: undefined,
  log: undefined,
};

describe("parseArguments", () => {
  const accepted: readonly (readonly [args: string, command: object])[] = [
    ["--help", { kind: "help", topic: "padlock" }],
    ["-h", { kind: "help", topic: "padlock" }],
    ["--version", { kind: "version" }],
    ["run --help", { kind: "help", topic: "run" }],
    ["run a.https", runCommand],
    ["run --tls a.https", { ...runCommand, tls: true }],
    ["run --json a.https b.https", { ...runCommand, paths: ["a.https", "b.https"], json: true }],
    ["run a.https --name one --name=two", { ...runCommand, names: ["one", "two"] }],
    ["run a.https --env staging", { ...runCommand, environment: "staging" }],
    ["run a.https --env=", runCommand],
    ["run a.https --log run.log", { ...runCommand, log: "run.log" }],
    ["run a.https --log -", { ...runCommand, log: "-" }],
    ["run a.https --name=--odd", { ...runCommand, names: ["--odd"] }],
    [
      "run a.https --var user=alice --var url=a=b",
      {
        ...runCommand,
        variables: new Map([
          ["user", "alice"],
          ["url", "a=b"],
        ]),
      },
    ],
    ["run a.https --var empty=", { ...runCommand, variables: new Map([["empty", ""]]) }],
    [
      "run a.https --allow-secret T=a.test --allow-secret T=*.b.test:8443 --allow-secret U=[::1]:*",
      { ...runCommand, person: { "padlock.secrets": { T: ["a.test", "*.b.test:8443"], U: ["[::1]:*"] } } },
    ],
    [
      "run a.https --unverified a.test --unverified 10.0.0.1:8443 --plain-http *.lab.test",
      {
        ...runCommand,
        person: {
          "padlock.unverifiedHosts": ["a.test", "10.0.0.1:8443"],
          "padlock.plainHttpHosts": ["*.lab.test"],
        },
      },
    ],
    [
      "run a.https --outside-path /etc/ssl/../team --outside-path ~/certs --outside-path certs",
      {
        ...runCommand,
        person: { "padlock.outsidePaths": ["/etc/team", join(homedir(), "certs"), resolve("certs")] },
      },
    ],
    ["list", { kind: "list", paths: ["."], json: false }],
    ["list a b --json", { kind: "list", paths: ["a", "b"], json: true }],
    ["list --help", { kind: "help", topic: "list" }],
    ["check", { kind: "check", paths: ["."], json: false, maxWarnings: undefined }],
    ["check a --json --max-warnings 0", { kind: "check", paths: ["a"], json: true, maxWarnings: 0 }],
    ["check -h", { kind: "help", topic: "check" }],
    ["run -- --odd.https", { ...runCommand, paths: ["--odd.https"] }],
  ];
  for (const [args, command] of accepted) {
    it(`reads ${args}`, () => assert.deepEqual(parseArguments(args.split(" ")), command));
  }

  const refused: readonly (readonly [args: string, message: string, hint: string])[] = [
    ["rnu a.https", 'padlock has no command "rnu"', "Did you mean padlock run?"],
    ["lsit", 'padlock has no command "lsit"', "Did you mean padlock list?"],
    ["run a.https --var user", "--var needs a name and a value", "For example: --var user=alice"],
    ["run a.https --var =alice", "--var needs a name and a value", "For example: --var user=alice"],
    ["run a.https --var a=1 --var a=2", "--var a is given twice", "Keep one of them."],
    ["check --max-warnings few", "--max-warnings needs a number", "For example: --max-warnings 0"],
    ["list --env dev", "padlock list has no option --env", "See padlock list --help."],
    ["api.https", 'padlock has no command "api.https"', "Did you mean padlock run api.https?"],
    ["audit", 'padlock has no command "audit"', "See padlock --help."],
    ["inspekt", 'padlock has no command "inspekt"', "Did you mean padlock inspect?"],
    ["--verison", "padlock has no option --verison", "Did you mean --version?"],
    ["run", "padlock run needs at least one request file", "For example: padlock run api.https"],
    ["run a.https --jsno", "padlock run has no option --jsno", "Did you mean --json?"],
    ["run a.https --insecure", "padlock run has no option --insecure", "See padlock run --help."],
    ["run a.https -k", "padlock run has no option -k", "See padlock run --help."],
    [
      "run a.https --allow-secret TOKEN",
      '--allow-secret needs a name and a host, not "TOKEN"',
      "For example: --allow-secret API_TOKEN=api.example.com",
    ],
    [
      "run a.https --allow-secret =a.test",
      '--allow-secret needs a name and a host, not "=a.test"',
      "For example: --allow-secret API_TOKEN=api.example.com",
    ],
    [
      "run a.https --allow-secret T=https://a.test/x",
      '--allow-secret has the host "https://a.test/x". A host pattern has no scheme.',
      "Write: --allow-secret T=a.test",
    ],
    [
      "run a.https --unverified *",
      '--unverified has the host "*". Only one leading `*.` is a wildcard.',
      "For example: --unverified api.example.com",
    ],
    [
      "run a.https --plain-http a.test/path",
      '--plain-http has the host "a.test/path". A host pattern is only a host and a port: no path, no user name, no blanks.',
      "Write: --plain-http a.test",
    ],
    [
      "run a.https --outside-path /etc/..",
      "--outside-path needs a folder, not all of the disk",
      "For example: --outside-path /etc/ssl/team",
    ],
    [
      "run a.https --outside-path=",
      "--outside-path needs a folder, not all of the disk",
      "For example: --outside-path /etc/ssl/team",
    ],
    ["check --allow-secret T=a.test", "padlock check has no option --allow-secret", "See padlock check --help."],
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
