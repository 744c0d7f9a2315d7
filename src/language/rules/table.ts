import { checkBodyWithGet } from "./body-with-get.ts";
import { checkContentLength } from "./content-length.ts";
import { checkHardCodedCredentials } from "./credentials/hard-coded.ts";
import { checkDefinedBelow } from "./defined-below.ts";
import { checkDotenvNames } from "./dotenv-names.ts";
import { checkDuplicateNames } from "./duplicate-names.ts";
import { checkDynamicArguments, checkDynamicNames } from "./dynamic-values.ts";
import { checkFormLineBreaks } from "./form-line-breaks.ts";
import { checkJsonBodies } from "./json-body.ts";
import { checkMalformedReferences } from "./malformed-references.ts";
import { checkManagedHeaders } from "./managed-headers.ts";
import { checkMissingRefs } from "./missing-refs.ts";
import { checkMisspeltHeaders } from "./misspelt-headers.ts";
import { checkOtherEnvironments } from "./other-environments.ts";
import { checkPlainHttp } from "./plain-http.ts";
import { checkRequestNames } from "./request-names.ts";
import type { Rule } from "./rule.ts";
import { checkSecretHosts, checkUnlistedSecrets, checkUnsetSecrets } from "./secrets.ts";
import { checkSingleHeaders } from "./single-headers.ts";
import { checkUnclosedReferences } from "./unclosed-references.ts";
import { checkUndefinedVariables } from "./undefined-variables.ts";
import { checkUnknownMethods } from "./unknown-methods.ts";
import { checkUnusedVariables } from "./unused-variables.ts";
import { checkVariableCycles } from "./variable-cycles.ts";

/** All rules; a new one is one row here and one test. */
export const rules: readonly Rule[] = [
  {
    code: "request.plain-http",
    severity: "warning",
    summary: "The request would go to another machine without encryption; it is not sent.",
    check: checkPlainHttp,
  },
  {
    code: "request.unknown-method",
    severity: "information",
    summary: "The method is not a registered one; it is sent as written.",
    check: checkUnknownMethods,
  },
  {
    code: "request.body-with-get",
    severity: "information",
    summary: "A GET or HEAD request has a body; many servers ignore or refuse it.",
    check: checkBodyWithGet,
  },
  {
    code: "name.duplicate",
    severity: "warning",
    summary: "Two requests of the file have the same `@name`.",
    check: checkDuplicateNames,
  },
  {
    code: "name.unknown",
    severity: "warning",
    summary: "A reference, `@ref` or `run` names a request that neither the file nor its imports hold.",
    check: checkRequestNames,
  },
  {
    code: "name.missing-ref",
    severity: "hint",
    summary: "A request uses the response of another one without `@ref`: it works only after that one was sent.",
    check: checkMissingRefs,
  },
  {
    code: "variable.undefined",
    severity: "warning",
    summary: "Nothing defines the variable: not the file, its imports or the environment. The request is not sent.",
    check: checkUndefinedVariables,
  },
  {
    code: "variable.other-environment",
    severity: "information",
    summary: "Only environments that are not chosen define the variable.",
    check: checkOtherEnvironments,
  },
  {
    code: "variable.defined-below",
    severity: "hint",
    summary: "The variable is defined only below the place that uses it.",
    check: checkDefinedBelow,
  },
  {
    code: "variable.cycle",
    severity: "error",
    summary: "The value of the variable needs itself.",
    check: checkVariableCycles,
  },
  {
    code: "variable.unused",
    severity: "hint",
    summary: "Nothing in the file uses the variable.",
    tag: "unnecessary",
    check: checkUnusedVariables,
  },
  {
    code: "dotenv.undefined",
    severity: "warning",
    summary: "No `.env` file sets the name that `$dotenv` asks for.",
    check: checkDotenvNames,
  },
  {
    code: "reference.malformed",
    severity: "warning",
    summary: "Braces around something that is not a reference; the request is not sent.",
    check: checkMalformedReferences,
  },
  {
    code: "reference.unknown-dynamic",
    severity: "warning",
    summary: "There is no dynamic value of that name; the request is not sent.",
    check: checkDynamicNames,
  },
  {
    code: "reference.arguments",
    severity: "warning",
    summary: "The dynamic value takes other arguments; the request is not sent.",
    check: checkDynamicArguments,
  },
  {
    code: "reference.unclosed",
    severity: "warning",
    summary: "A `{{` in the URL or a header has no `}}`.",
    check: checkUnclosedReferences,
  },
  {
    code: "secret.hard-coded",
    severity: "warning",
    summary: "A password, token or key is written in the file; everyone who gets the file gets it.",
    check: checkHardCodedCredentials,
  },
  {
    code: "secret.not-listed",
    severity: "warning",
    summary: "`padlock.secrets` does not list the secret; the request is not sent.",
    check: checkUnlistedSecrets,
  },
  {
    code: "secret.other-host",
    severity: "warning",
    summary: "`padlock.secrets` does not allow the secret for the host of the request; it is not sent.",
    check: checkSecretHosts,
  },
  {
    code: "secret.unset",
    severity: "information",
    summary: "The environment variable is listed but has no value here.",
    check: checkUnsetSecrets,
  },
  {
    code: "header.duplicate",
    severity: "warning",
    summary: "A header that a request has once stands there twice.",
    check: checkSingleHeaders,
  },
  {
    code: "header.managed",
    severity: "warning",
    summary: "The header is about the connection, which Padlock manages; the request is not sent.",
    check: checkManagedHeaders,
  },
  {
    code: "header.content-length",
    severity: "hint",
    summary: "The length is worked out when the request is sent; the line has no effect.",
    tag: "unnecessary",
    check: checkContentLength,
  },
  {
    code: "header.misspelt",
    severity: "information",
    summary: "The header's name is one slip away from a well-known one.",
    check: checkMisspeltHeaders,
  },
  {
    code: "body.json",
    severity: "warning",
    summary: "The body is sent as JSON but is not JSON, whatever the values of its references are.",
    check: checkJsonBodies,
  },
  {
    code: "body.form-line-break",
    severity: "warning",
    summary: "A line break in a form is sent as part of it.",
    check: checkFormLineBreaks,
  },
];
