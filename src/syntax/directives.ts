export interface DirectiveFact {
  readonly value: "required" | "optional" | "none";
  /** False while the request must be refused because the directive would change it and nothing carries it out yet. */
  readonly supported: boolean;
}

const fact = (value: DirectiveFact["value"], supported: boolean): DirectiveFact => ({ value, supported });

/** Every directive of the format. Ignoring one that was meant to change a request would send another request. */
export const directiveFacts: ReadonlyMap<string, DirectiveFact> = new Map([
  ["name", fact("required", true)],
  ["title", fact("required", true)],
  ["description", fact("optional", true)],
  ["tag", fact("required", true)],
  ["timeout", fact("required", true)],
  ["connection-timeout", fact("required", true)],
  // Redirects are not followed and no cookies or logs of bodies are kept yet, so these three already hold.
  ["no-redirect", fact("none", true)],
  ["no-cookie-jar", fact("none", true)],
  ["no-log", fact("none", true)],
  ["ref", fact("required", false)],
  ["force-ref", fact("required", false)],
  ["import", fact("required", false)],
  ["prompt", fact("required", false)],
  ["secret-prompt", fact("required", false)],
  ["no-client-cert", fact("none", false)],
  ["retry", fact("required", false)],
  ["capture", fact("required", false)],
  ["assert", fact("required", false)],
  ["expect-failure", fact("required", false)],
  ["disabled", fact("optional", false)],
  ["delay", fact("required", false)],
]);
