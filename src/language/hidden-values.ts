import { isCredentialField } from "../common/credential-names.ts";
import type { ActiveEnvironment } from "./host.ts";
import { isData } from "./rules/credentials/bodies.ts";

/** Whether a value of another file is a credential by its name: hovers and completions show what this file shows, no more. */
export function isHidden(name: string, value: string): boolean {
  return isCredentialField(name) && !isData(value, name);
}

/** The environment with such values left out, as those of private files are. */
export function withHiddenValues({ variables, ...environment }: ActiveEnvironment): ActiveEnvironment {
  return {
    ...environment,
    variables: variables.map((variable) =>
      variable.value !== undefined && isHidden(variable.name, variable.value)
        ? { ...variable, value: undefined }
        : variable,
    ),
  };
}
