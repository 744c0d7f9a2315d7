import { type QuickPickItem, window } from "vscode";

/* One step of “Create Development Certificates” each; undefined where it was dismissed. */

export interface Wanted {
  readonly server: boolean;
  readonly client: boolean;
}

interface WantedItem extends QuickPickItem, Wanted {}

const title = "Create Development Certificates";

/** `hasAuthority`: one is in the folder already, and is used. */
export async function askWhat(hasAuthority: boolean, folder: string): Promise<Wanted | undefined> {
  const issuer = hasAuthority ? `from the authority in ${folder}` : "with an authority of its own";
  const items: WantedItem[] = [
    { label: "Server and client", description: issuer, detail: "For mutual TLS.", server: true, client: true },
    { label: "Server", description: issuer, detail: "For HTTPS.", server: true, client: false },
    { label: "Client", description: issuer, detail: "To show to a server that asks.", server: false, client: true },
  ];
  return window.showQuickPick(items, { title, placeHolder: "What to make", ignoreFocusOut: true });
}

/** Inside of the workspace folder. */
export function askFolder(): Promise<string | undefined> {
  return ask(
    "The folder for the files. Git will ignore it, and private keys can be read by you alone.",
    "certs",
    (text) =>
      /^(?!\.{0,2}$)[^\s/\\:*?"<>|][^/\\:*?"<>|]*(?:\/[^/\\:*?"<>|]+)*$/.test(text) && !text.split("/").includes("..")
        ? undefined
        : "Write a folder inside of the workspace, such as certs.",
  );
}

export async function askServerNames(check: (name: string) => string | undefined): Promise<string[] | undefined> {
  const read = (text: string) => text.split(/[\s,]+/).filter((name) => name !== "");
  const text = await ask("The names of the server, as they stand in URLs", "localhost, 127.0.0.1, ::1", (written) => {
    const names = read(written);
    return names.length === 0 ? "Write at least one name." : names.map(check).find((problem) => problem !== undefined);
  });
  return text === undefined ? undefined : read(text);
}

export function askClientName(check: (name: string) => string | undefined): Promise<string | undefined> {
  return ask("The name of the client: a person, an e-mail address or a service", "developer", check);
}

/** "" for none. Twice, as nobody sees what is typed. */
export async function askPassphrase(): Promise<string | undefined> {
  const options = { title, password: true, ignoreFocusOut: true };
  const prompt = "A passphrase for the client's private key; leave it empty for none";
  const first = await window.showInputBox({ ...options, prompt });
  if (first === undefined || first === "") return first;
  return window.showInputBox({
    ...options,
    prompt: "The same passphrase once more",
    validateInput: (text) => (text === first ? undefined : "This is not yet the same."),
  });
}

async function ask(
  prompt: string,
  value: string,
  validateInput: (text: string) => string | undefined,
): Promise<string | undefined> {
  return window.showInputBox({ title, prompt, value, ignoreFocusOut: true, validateInput });
}
