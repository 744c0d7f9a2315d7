import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { describe, it } from "node:test";
import { makeWorkspace } from "../support/temp.ts";
import { padlock } from "./padlock.ts";

const sample = `@base = api.example.com
### Create a user
# @name createUser
# @tag write smoke
post {{base}}/users
  ?notify=true
  &lang={{lang}} HTTP/1.1
Content-Type: application/json
X-Twice: 1
x-twice: 2

{
  "name": "{{name}}"
}

###
https://api.example.com/health

### Upload
PuRgE https://cdn.example.com/
x-custom:  spaced  

< ./files/data.bin

### Own method
Frobnicate https://api.example.com/x
`;

describe("padlock list --json", () => {
  it("gives every request as it is written", async () => {
    await using workspace = await makeWorkspace({ "api.https": sample.replaceAll("\n", "\r\n") });
    const result = await padlock(["list", "api.https", "--json"], { cwd: workspace.root });
    assert.deepEqual([result.exitCode, result.stderr], [0, ""]);
    const [file, ...others] = JSON.parse(result.stdout);
    assert.deepEqual([file.file, file.problems, others], ["api.https", [], []]);
    const [create, health, upload, own] = file.requests;
    assert.deepEqual(create, {
      name: "createUser",
      title: "Create a user",
      line: 5,
      method: "POST",
      url: "{{base}}/users?notify=true&lang={{lang}}",
      headers: [
        ["Content-Type", "application/json"],
        ["X-Twice", "1"],
        ["x-twice", "2"],
      ],
      bodyKind: "inline",
      body: '{\n  "name": "{{name}}"\n}',
      directives: [
        ["name", "createUser"],
        ["tag", "write smoke"],
      ],
      problems: [],
    });
    assert.deepEqual(
      [health.name, health.title, health.line, health.method, health.bodyKind, health.body],
      [null, null, 17, "GET", "none", null],
    );
    assert.deepEqual([upload.name, upload.method, upload.headers], ["Upload", "PURGE", [["x-custom", "spaced"]]]);
    assert.deepEqual([upload.bodyKind, upload.body], ["file", "./files/data.bin"]);
    assert.equal(own.method, "Frobnicate");
  });

  const bodies: readonly (readonly [what: string, body: string, kind: string, listed: string])[] = [
    ["text and a file", "before\n< ./a.txt\nafter", "mixed", "before\n< ./a.txt\nafter"],
    [
      "multipart with a file",
      "--x\nContent-Disposition: form-data; name=f\n\n< ./a.txt\n--x--",
      "inline",
      "--x\nContent-Disposition: form-data; name=f\n\n< ./a.txt\n--x--",
    ],
    ["a file with references", "<@ ./a.txt", "file", "./a.txt"],
    ["form lines", "a=1\n&b=2", "inline", "a=1\n&b=2"],
  ];
  for (const [what, body, kind, listed] of bodies) {
    it(`says what the body is: ${what}`, async () => {
      await using workspace = await makeWorkspace({ "a.https": `POST https://localhost/\n\n${body}\n` });
      const result = await padlock(["list", "--json"], { cwd: workspace.root });
      const [{ requests }] = JSON.parse(result.stdout);
      assert.deepEqual([requests[0].bodyKind, requests[0].body], [kind, listed]);
    });
  }

  it("keeps the problems of a request with it, and those of no request with the file", async () => {
    const text =
      "GET https://localhost/\nno colon\n\n### Lost\nGTE ht tps:// nowhere\n\n### Last\nGET https://localhost/last\n";
    await using workspace = await makeWorkspace({ "a.https": text });
    const result = await padlock(["list", "--json"], { cwd: workspace.root });
    assert.equal(result.exitCode, 0, result.stderr);
    const [{ requests, problems }] = JSON.parse(result.stdout);
    assert.equal(requests.length, 2);
    const [problem] = requests[0].problems;
    assert.deepEqual([problem.severity, problem.line, problem.column], ["error", 2, 1]);
    assert.match(problem.code, /^parse\./);
    assert.deepEqual(requests[1].problems, []);
    assert.deepEqual(
      problems.map(({ severity, line }: { severity: string; line: number }) => [severity, line]),
      [["error", 5]],
    );
  });

  it("drops a byte order mark and counts lines in front of mixed line ends", async () => {
    await using workspace = await makeWorkspace({ "a.https": "\ufeff### One\r\n\n# c\rGET https://localhost/\r\n" });
    const [{ requests }] = JSON.parse((await padlock(["list", "--json"], { cwd: workspace.root })).stdout);
    assert.deepEqual([requests[0].name, requests[0].line], ["One", 4]);
  });
});

describe("padlock list", () => {
  const request = "GET https://localhost/\n";

  it("finds the request files of folders, sorted by name, and follows no link to a folder", async () => {
    await using workspace = await makeWorkspace({
      "b.http": request,
      "a.https": request,
      "Z.REST": request,
      "sub/deep/c.https": request,
      "sub/readme.md": request,
      "node_modules/x/x.https": request,
      ".hidden/x.https": request,
      ".git/x.https": request,
    });
    await symlink(workspace.path("sub"), workspace.path("loop"));
    await symlink(workspace.path("a.https"), workspace.path("link.https"));
    const result = await padlock(["list", "--json"], { cwd: workspace.root });
    const files = JSON.parse(result.stdout).map(({ file }: { file: string }) => file);
    assert.deepEqual(files, ["Z.REST", "a.https", "b.http", "link.https", "sub/deep/c.https"]);
  });

  it("takes each file once, in the order of the paths", async () => {
    await using workspace = await makeWorkspace({ "sub/a.https": request, "b.https": request });
    const result = await padlock(["list", "--json", "b.https", "sub", "./sub/a.https", "."], { cwd: workspace.root });
    const files = JSON.parse(result.stdout).map(({ file }: { file: string }) => file);
    assert.deepEqual(files, ["b.https", "sub/a.https"]);
  });

  it("prints one aligned line a request, safe for a terminal", async () => {
    const text = "### first\nGET https://localhost/1\n\n### \u001b[31mred\nDELETE https://localhost/{{x}}\n";
    await using workspace = await makeWorkspace({ "a.https": text, "long/b.https": request });
    const result = await padlock(["list"], { cwd: workspace.root });
    assert.deepEqual(result.stdout.split("\n"), [
      "a.https:2       GET     first          https://localhost/1",
      "a.https:5       DELETE  \\u001b[31mred  https://localhost/{{x}}",
      "long/b.https:1  GET     -              https://localhost/",
      "",
    ]);
  });

  it("lists what it can read and ends with 3 for what it cannot", async () => {
    await using workspace = await makeWorkspace({
      "a.https": request,
      "bad.https": Buffer.concat([Buffer.from("GET https://localhost/\r\nX: "), Buffer.of(0xe9, 0x0a)]),
      "empty/readme.md": "",
    });
    const result = await padlock(["list", "a.https", "bad.https", "gone.https", "empty"], { cwd: workspace.root });
    assert.equal(result.exitCode, 3);
    assert.match(result.stdout, /^a\.https:1 /);
    assert.match(result.stderr, /bad\.https is not UTF-8 text[\s\S]*bad\.https:2:4\n.*offset 27 \(0xE9\), in line 2,/);
    assert.match(result.stderr, /Cannot read gone\.https/);
    assert.match(result.stderr, /There is no request file in empty/);
  });
});
