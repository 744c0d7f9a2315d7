import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { cached } from "./cache.ts";
import { npmInstall, progress } from "./npm.ts";
import { cleanEnvironment, runToEnd } from "./processes.ts";

/** An npm package that holds a headless Chromium for Linux on x64, with fonts and the libraries that a server lacks. */
const browserPackage = { name: "@sparticuz/chromium", version: "153.0.0" };

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

export interface BrowserProgram {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A Chromium: $PADLOCK_CHROMIUM, one that is installed, or one from npm, fetched on first use. */
export async function findBrowser(): Promise<BrowserProgram> {
  const chosen = process.env["PADLOCK_CHROMIUM"];
  if (chosen && !existsSync(chosen)) throw new Error(`PADLOCK_CHROMIUM names ${chosen}, which does not exist.`);
  const executablePath = chosen || installed.find((path) => existsSync(path));
  if (executablePath) return { executablePath, args: flags, env: {} };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium was found. Install Google Chrome, or name a Chromium in PADLOCK_CHROMIUM.");
  }
  return fetchBrowser();
}

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser();
  return chromium.launch({
    executablePath,
    args: [...args],
    // Playwright's type wants no undefined values; a process's environment holds none.
    env: cleanEnvironment(env) as Record<string, string>,
    headless: true,
    chromiumSandbox: false,
  });
}

const flags: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // The workbench and the panel need this machine only; anything else is a bug that must not pass unseen.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

async function fetchBrowser(): Promise<BrowserProgram> {
  const folder = await cached(`chromium-${browserPackage.version}`, async (partial) => {
    progress(`Fetching Chromium from npm (${browserPackage.name} ${browserPackage.version}, once, about 210 MB) …`);
    await npmInstall(partial, `${browserPackage.name}@${browserPackage.version}`);
    await unpack(partial);
    await writeFile(join(partial, "fonts.conf"), fontsConfiguration);
    await rm(join(partial, "node_modules"), { recursive: true });
  });
  const executablePath = join(folder, "chromium");
  const fonts = { FONTCONFIG_FILE: join(folder, "fonts.conf") };
  if (await starts(executablePath, fonts)) return { executablePath, args: flags, env: fonts };
  const before = process.env["LD_LIBRARY_PATH"];
  const libraries = [join(folder, "al2023", "lib"), ...(before ? [before] : [])].join(delimiter);
  return { executablePath, args: flags, env: { ...fonts, LD_LIBRARY_PATH: libraries } };
}

/** The package unpacks into the temporary folder, and the libraries only where it believes to be in a cloud function. */
async function unpack(folder: string): Promise<void> {
  const entry = join(folder, "node_modules", browserPackage.name, "build", "index.js");
  const program = `import chromium from ${JSON.stringify(pathToFileURL(entry).href)}; await chromium.executablePath();`;
  const env = cleanEnvironment({ TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" });
  const { code, output } = await runToEnd(process.execPath, ["--input-type=module", "--eval", program], { env });
  if (code !== 0) throw new Error(`Chromium could not be unpacked (exit code ${code}):\n${output.trim()}`);
}

async function starts(executablePath: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  return (await runToEnd(executablePath, ["--version"], { env: cleanEnvironment(env) })).code === 0;
}

/** The machine's own fonts first; a machine without any still shows text, in the font that the package brings. */
const fontsConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
