export { decidingBody } from "./dependence.ts";
export { LanguagesNotLoaded, loadQueryLanguages } from "./languages.ts";
export type { QueryProblem } from "./query-problem.ts";
export { selectFromExchange } from "./select.ts";
