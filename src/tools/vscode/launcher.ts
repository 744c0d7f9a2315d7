import { format, parseArgs } from "node:util";
import { isChatter } from "./chatter.ts";
import { startSession } from "./session.ts";

/*
 * Stands in for the `code` program that @vscode/test-electron starts: takes the same arguments, runs the extension's
 * tests in the VS Code server with a headless browser, prints what the tests print and ends with their exit code.
 */

const testsEndWithin = 5 * 60_000;

process.exitCode = await run(process.argv.slice(2));

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    strict: false,
    allowPositionals: true,
    options: {
      extensionTestsPath: { type: "string" },
      extensionDevelopmentPath: { type: "string" },
      "extensions-dir": { type: "string" },
      "user-data-dir": { type: "string" },
      "disable-workspace-trust": { type: "boolean" },
    },
  });
  const option = (name: string) => (typeof values[name] === "string" ? values[name] : undefined);
  const [folder] = positionals;
  const extensionTestsPath = option("extensionTestsPath");
  const extensionDevelopmentPath = option("extensionDevelopmentPath");
  if (!folder || !extensionTestsPath || !extensionDevelopmentPath) {
    process.stderr.write("Needs a folder, --extensionDevelopmentPath=FOLDER and --extensionTestsPath=MODULE.\n");
    return 2;
  }
  const userDataFolder = option("user-data-dir");
  const extensionsFolder = option("extensions-dir");
  const session = await startSession({
    trust: values["disable-workspace-trust"] ? "off" : "restricted",
    ...(userDataFolder === undefined ? {} : { userDataFolder }),
    ...(extensionsFolder === undefined ? {} : { extensionsFolder }),
  });
  try {
    const { promise: ended, resolve: end } = Promise.withResolvers<number>();
    const timer = setTimeout(() => {
      process.stderr.write(
        `The tests did not end within ${testsEndWithin / 60_000} minutes. The server's last lines:\n`,
      );
      process.stderr.write(`${session.server.log().split("\n").slice(-30).join("\n")}\n`);
      end(1);
    }, testsEndWithin);
    const window = await session.open({
      folder,
      extensionDevelopmentPath,
      extensionTestsPath,
      beforeOpen: async (page) => {
        await page.exposeFunction("codeAutomationLog", forward);
        await page.exposeFunction("codeAutomationExit", end);
        page.on("crash", () => end(1));
      },
    });
    const code = await ended;
    clearTimeout(timer);
    await window.close();
    return code;
  } finally {
    await session.close();
  }
}

/** What the tests print: the method's name and the arguments of each `console` call in the extension host. */
function forward(type: string, args: readonly unknown[]): void {
  const line = format(...args);
  if (isChatter(line)) return;
  const stream = type === "error" || type === "warn" ? process.stderr : process.stdout;
  stream.write(`${line}\n`);
}
