/**
 * What the request files of other tools run. HOST stands for the test's server, CANARY for a file that each script would
 * make in its folder.
 */

/** Makes the file, calls the server, leaves marks in the process, and never ends. */
const script = [
  'require("fs").writeFileSync("CANARY", "run");',
  'process.env.MARK = "run"; globalThis.mark = "run";',
  'fetch("https://HOST/canary"); client.global.set("x", "run"); request.variables.set("x", "run");',
  "for (;;) {}",
].join(" ");

const command = "touch CANARY";
const substitution = `$(${command})`;
const exit = `\${process.exit(9)}`;
const lua = `os.execute("${command}") io.open("CANARY", "w"):write("run") while true do end`;
const body = `{"a":"{{${substitution}}}","b":"${exit}","c":"<%= process.exit(9) %>"}`;

/** Files beside the request file. */
export const scriptFiles: Readonly<Record<string, string>> = {
  "script.js": script,
  "script.mjs": 'import { writeFileSync } from "node:fs"; writeFileSync("CANARY", "run"); for (;;) {}',
  "script.lua": lua,
  "curl.config": 'url = "https://HOST/canary"\noutput = "CANARY"\n',
  "body.json": body,
  "httpyac.config.js": `${script} module.exports = { log: {} };`,
  ".httpyac.js": script,
  "http-client.env.json": JSON.stringify({
    dev: { js: "{% global.mark = 1 %}", command: substitution, template: exit, reference: "{{$processEnv PATH}}" },
  }),
};

export interface ScriptForm {
  readonly name: string;
  readonly text: string;
  /** What reaches the server: method, target and body; undefined where nothing is sent. */
  readonly arrives: string | undefined;
}

const get = "GET HOST/it";
const post = "POST HOST/it\nContent-Type: text/plain\n\nbody";

type Row = readonly [name: string, text: string, arrives?: string];

/** A script that could change the request keeps it from being sent; one that would look at the response does not. */
const rows: readonly Row[] = [
  // JetBrains' client, and Kulala, which reads the same
  ["script above, on one line", `< {% ${script} %}\n${get}`],
  ["script above, on several lines", `< {%\n  ${script}\n%}\n${get}`],
  ["script above, never closed", `< {%\n  ${script}\n${get}`],
  ["script file above", `< ./script.js\n${get}`],
  ["script file above, with @", `<@ ./script.js\n${get}`],
  ["script file of Lua above", `< ./script.lua\n${get}`],
  ["script of Lua above", `< {% -- lua\n${lua}\n%}\n${get}`],
  ["language of a script", `# @lang lua\n< {%\n${lua}\n%}\n${get}`],
  ["script below", `${get}\n\n> {% ${script} %}`, "GET /it"],
  ["script below a body", `${post}\n\n> {%\n  ${script}\n%}`, "POST /it body"],
  ["script among headers", `${get}\nA: b\n> {% ${script} %}`, "GET /it"],
  ["script below, of Lua", `${get}\n\n> {% lua\n${lua}\n%}`, "GET /it"],
  ["script below, of rest.nvim", `${get}\n\n--{%\n${lua}\n--%}`, "GET /it"],
  ["script file below", `${post}\n\n> ./script.js`, "POST /it body"],
  ["script file below, of Lua", `${post}\n\n> ./script.lua`, "POST /it body"],
  ["script module below", `${post}\n\n> script.mjs`, "POST /it body"],
  ["globals of a script", `${get}?x={{$global.x}}`],
  ["globals of a client", `${get}?x={{client.global.get("x")}}`],
  // httpYac
  ["script block above", `{{\n  ${script}\n}}\n${get}`],
  ["script block for every request", `{{+\n  ${script}\n}}\n${get}`],
  ["script block at an event", `{{@request\n  ${script}\n}}\n${get}`],
  ["script block at the response, above", `{{@response\n  ${script}\n}}\n${get}`],
  ["script block below", `${post}\n\n{{\n  ${script}\n}}`, "POST /it body"],
  ["script block at the response, below", `${post}\n\n{{@response\n  ${script}\n}}`, "POST /it body"],
  ["script block at the request, below", `${post}\n\n{{@request\n  ${script}\n}}`],
  ["assertion in JavaScript", `${get}\n\n?? js (() => { ${script} })() == 1`],
  ["expression as a value", `${get}?x={{ require("fs").writeFileSync("CANARY", "run") }}`],
  ["expression in a variable", `@x = {{ (() => { ${script} })() }}\n${get}?x={{x}}`],
  ["expression with a call", `${get}?x={{process.exit(9)}}`],
  ["condition of a loop", `# @loop for item of (() => { ${script} })()\n${get}`, "GET /it"],
  // Shells
  ["command as a value", `${get}?x={{${substitution}}}`],
  ["command behind exec", `${get}?x={{$exec ${command}}}`],
  ["command of Kulala", `# @env-stdin-cmd x ${command}\n# @stdin-cmd ${command}\n${get}`, "GET /it"],
  ["command in a URL", `${get}?x=$(touch+CANARY)`, "GET /it?x=$(touch+CANARY)"],
  ["backticks in a header", `${get}\nX: \`${command}\``, "GET /it"],
  ["command in a body", `${post} ${substitution} \`${command}\``, `POST /it body ${substitution} \`${command}\``],
  ["template string", `${post} ${exit}`, `POST /it body ${exit}`],
  ["templates of others", `${post} <%= process.exit(9) %> #{exit}`, "POST /it body <%= process.exit(9) %> #{exit}"],
  ["command in curl", `curl https://HOST/it -d "${substitution}"`],
  ["backticks in curl", `curl https://HOST/it -d \`${command}\``],
  ["second command behind curl", `curl https://HOST/it; ${command}`],
  ["pipe behind curl", `curl https://HOST/it | sh -c '${command}'`],
  ["output of curl", "curl https://HOST/it -o CANARY", "GET /it"],
  ["configuration of curl", "curl https://HOST/it --config ./curl.config"],
  ["configuration of curl, short", "curl -K ./curl.config https://HOST/it"],
  ["variable of a shell in curl", 'curl "https://HOST/it?x=$MARK"'],
  // Values
  ["name of a variable from a variable", `@n = ${substitution}\n${get}?x={{$processEnv %n}}`],
  ["value of an environment, JavaScript", `${post} {{js}}`, "POST /it body {% global.mark = 1 %}"],
  ["value of an environment, a command", `${post} {{command}}`, `POST /it body ${substitution}`],
  ["value of an environment, a template", `${post} {{template}}`, `POST /it body ${exit}`],
  ["value of an environment, a secret", `${post} {{reference}}`],
  ["file whose references are replaced", "POST HOST/it\n\n<@ ./body.json"],
  ["file as it is", "POST HOST/it\n\n< ./body.json", `POST /it ${body}`],
  ["script as a body", "POST HOST/it\n\n< ./script.js", `POST /it ${script}`],
  // Imports and settings of others
  ["script imported as a request file", `import ./script.js\n${get}`, "GET /it"],
  ["configuration beside the file", get, "GET /it"],
];

export const scriptForms: readonly ScriptForm[] = rows.map(([name, text, arrives]) => ({ name, text, arrives }));
