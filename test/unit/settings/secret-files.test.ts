import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSecretFile } from "../../../src/settings/index.ts";

describe("isSecretFile", () => {
  for (const path of [
    "/w/.env",
    "/w/.ENV.local",
    "/w/a/rest-client.private.env.json",
    "C:\\w\\.env",
    "/w/.git/config",
    "/w/.netrc",
    "C:\\u\\_netrc",
    "/h/.npmrc",
    "/h/.ssh/id_ed25519",
    "/w/keys/id_rsa",
    "/h/.ssh/config",
    "/h/.aws/credentials",
    "/h/.docker/config.json",
  ]) {
    it(`knows ${path}`, () => assert.ok(isSecretFile(path)));
  }
  for (const path of [
    "/w/.env.example",
    "/w/env",
    "/w/a.env.txt",
    "/w/http-client.env.json",
    "/w/.github/x",
    "/w/.docker/app/config.yaml",
    "/w/id_rsa.pub",
    "/w/.gitignore",
  ]) {
    it(`leaves ${path} alone`, () => assert.ok(!isSecretFile(path)));
  }
});
