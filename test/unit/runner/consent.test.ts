import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure, type Wanted } from "../../../src/common/failure.ts";
import { type AskConsent, Consent, type PlacedWanted } from "../../../src/runner/consent/consent.ts";
import type { Settings } from "../../../src/settings/index.ts";
import { settingsFrom } from "../settings/given.ts";

const place = { file: "a.https", line: 7, column: 1 };
const token: Wanted = { kind: "secret", name: "TOKEN", host: "api.test:8443", mayBePublic: true };

function refusal(wanted: Wanted | undefined, location?: typeof place): Failure {
  return new Failure({ code: "policy.secret-not-allowed", title: "t", detail: "d", fix: "f", wanted, location });
}

function scene(answer: Awaited<ReturnType<AskConsent>>, settings: Settings = settingsFrom("{}")) {
  const questions: PlacedWanted[] = [];
  const abort = new AbortController();
  const ask: AskConsent = async (question) => {
    questions.push(question);
    return answer;
  };
  return { questions, abort, consent: new Consent(settings, ask, abort.signal) };
}

/** Wants each thing until the settings have it, as preparing a request does. */
function wanting(...things: readonly (readonly [Wanted, (settings: Settings) => boolean])[]) {
  return async (settings: Settings) => {
    for (const [wanted, isThere] of things) if (!isThere(settings)) throw refusal(wanted);
    return "made";
  };
}

const allows = (name: string, host: string, port: number) => (settings: Settings) =>
  settings.secrets.some(
    (entry) => entry.name === name && entry.hosts.some((own) => own.host === host && own.port === port),
  );

describe("what a person allows", () => {
  test("grows the settings of the run by one secret for one host", async () => {
    const { consent, questions } = scene("allow");
    assert.equal(await consent.attempt(place, wanting([token, allows("TOKEN", "api.test", 8443)])), "made");
    assert.deepEqual(questions, [{ ...token, file: "a.https", line: 7 }]);
    assert.equal(consent.settings.secrets.length, 1);
    assert.equal(consent.settings.publicEnv.size, 0);
  });

  test("as no secret makes it configuration, and allows nothing else", async () => {
    const { consent } = scene("public");
    await consent.attempt(place, wanting([token, ({ publicEnv }) => publicEnv.has("TOKEN")]));
    assert.deepEqual(consent.settings.secrets, []);
  });

  test("outside of the workspace is a folder", async () => {
    const path: Wanted = { kind: "path", path: "/etc/ssl/team/ca.pem", folder: "/etc/ssl/team" };
    const { consent } = scene("allow");
    await consent.attempt(place, wanting([path, ({ outsidePaths }) => outsidePaths.includes("/etc/ssl/team")]));
  });

  test("is asked for one by one, with the line of the failure", async () => {
    const { consent, questions } = scene("allow");
    const other: Wanted = { ...token, name: "OTHER" };
    await consent.attempt(
      place,
      wanting([token, allows("TOKEN", "api.test", 8443)], [other, allows("OTHER", "api.test", 8443)]),
    );
    assert.deepEqual(
      questions.map((question) => question.kind === "secret" && question.name),
      ["TOKEN", "OTHER"],
    );
    await assert.rejects(
      consent.attempt(place, async () => {
        throw refusal({ ...token, name: "THIRD" }, { ...place, file: "b.https", line: 3 });
      }),
    );
    assert.deepEqual([questions.at(-1)?.file, questions.at(-1)?.line], ["b.https", 3]);
  });

  test("is asked for once in a run, whatever the answer was and whether it helped", async () => {
    for (const answer of ["refuse", "allow"] as const) {
      const { consent, questions } = scene(answer);
      for (const _ of [1, 2]) await assert.rejects(consent.attempt(place, wanting([token, () => false])));
      assert.equal(questions.length, 1);
    }
  });
});

describe("nothing is allowed", () => {
  test("by a refusal, which ends with the failure as it was", async () => {
    const { consent } = scene("refuse");
    const failure = refusal(token);
    const attempt = consent.attempt(place, () => Promise.reject(failure));
    await assert.rejects(attempt, (error) => error === failure);
    assert.deepEqual(consent.settings.secrets, []);
  });

  test("where nobody can be asked", async () => {
    const consent = new Consent(settingsFrom("{}"), undefined, new AbortController().signal);
    await assert.rejects(consent.attempt(place, wanting([token, () => false])));
  });

  test("by an answer that was not offered: what is listed as a secret, or kept as one, is never made public", async () => {
    const listed = settingsFrom('{ "padlock.secrets": { "TOKEN": ["other.test"] } }');
    for (const [wanted, settings] of [
      [token, listed],
      [{ ...token, mayBePublic: false }, settingsFrom("{}")],
    ] as const) {
      const { consent, questions } = scene("public", settings);
      await assert.rejects(consent.attempt(place, wanting([wanted, ({ publicEnv }) => publicEnv.has("TOKEN")])));
      const [question] = questions;
      assert.ok(question?.kind === "secret" && !question.mayBePublic);
      assert.equal(consent.settings.publicEnv.size, 0);
    }
  });

  test("after the run was canceled while the question stood there, or before", async () => {
    const abort = new AbortController();
    let asked = 0;
    const ask: AskConsent = async () => {
      asked++;
      abort.abort();
      return "allow";
    };
    const consent = new Consent(settingsFrom("{}"), ask, abort.signal);
    await assert.rejects(consent.attempt(place, wanting([token, () => false])), { code: "canceled" });
    assert.deepEqual(consent.settings.secrets, []);
    await assert.rejects(consent.attempt(place, wanting([{ ...token, name: "OTHER" }, () => false])));
    assert.equal(asked, 1);
  });

  test("for a failure that asks for nothing", async () => {
    const { consent, questions } = scene("allow");
    await assert.rejects(consent.attempt(place, () => Promise.reject(refusal(undefined))));
    assert.deepEqual(questions, []);
  });
});
