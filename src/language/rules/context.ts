import type { Reference, RequestFile, VariableDefinition } from "../../syntax/index.ts";
import { scanReferences } from "../../syntax/index.ts";
import { definitionsOf } from "../definitions.ts";
import { answeredNames } from "../known-names.ts";
import { definitionSites, outputSites, type ReferenceSite, requestSites } from "../reference-sites.ts";
import { FileTexts } from "./file-texts.ts";
import { isInForce, type KnownFacts } from "./known-facts.ts";
import { RequestFacts } from "./request-facts.ts";

/** A reference to a variable, with the definition of the file that gives its value. */
interface VariableUse {
  readonly site: ReferenceSite;
  readonly definition: VariableDefinition | undefined;
}

/** What every rule looks at, worked out at most once a file. */
export class RuleContext {
  readonly file: RequestFile;
  readonly known: KnownFacts;
  readonly definitions: ReturnType<typeof definitionsOf>;
  readonly requests: readonly RequestFacts[];
  /** In the order of the file. */
  readonly references: readonly ReferenceSite[];
  /** False while the names that imported files define are not known. */
  readonly importsAreKnown: boolean;
  readonly #sites = new Map<VariableDefinition, readonly ReferenceSite[]>();
  #uses: readonly VariableUse[] | undefined;
  #answered: ReadonlySet<string> | undefined;
  #requestNames: ReadonlySet<string> | undefined;
  #environment: ReadonlyMap<string, string | undefined> | undefined;

  constructor(file: RequestFile, known: KnownFacts) {
    this.file = file;
    this.known = known;
    this.definitions = definitionsOf(file);
    this.importsAreKnown = known.imported !== undefined || file.blocks.every(({ imports }) => imports.length === 0);
    const references: ReferenceSite[] = [];
    const requests: RequestFacts[] = [];
    const texts = new FileTexts(file, (name) => this.#valueElsewhere(name));
    for (const block of file.blocks) {
      // No spread into `push`: one line may hold more references than a call can have arguments.
      for (const definition of block.variables) for (const site of this.sitesOf(definition)) references.push(site);
      for (const run of block.runs) for (const site of run.variables.flatMap(definitionSites)) references.push(site);
      if (!block.request) continue;
      const sites = requestSites(file, block.request);
      for (const site of sites) references.push(site);
      for (const site of outputSites(block)) references.push(site);
      requests.push(new RequestFacts(block, block.request, sites, texts));
    }
    this.requests = requests;
    this.references = references;
  }

  sitesOf(definition: VariableDefinition): readonly ReferenceSite[] {
    let sites = this.#sites.get(definition);
    if (!sites) {
      sites = definitionSites(definition);
      this.#sites.set(definition, sites);
    }
    return sites;
  }

  /** The references to variables, in the order of the file. */
  get uses(): readonly VariableUse[] {
    this.#uses ??= this.references.flatMap((site) => {
      const { reference, from } = site;
      if (!asksForVariable(reference)) return [];
      return { site, definition: this.definitions.nearest(reference.name.text, from) };
    });
    return this.#uses;
  }

  /** Variables that get their value from a question, a response or a `run` line: known only when the request is sent. */
  get answered(): ReadonlySet<string> {
    this.#answered ??= new Set([
      ...answeredNames(this.file).keys(),
      ...this.file.blocks.flatMap(({ runs }) =>
        runs.flatMap(({ variables }) => variables.map(({ name }) => name.text)),
      ),
    ]);
    return this.#answered;
  }

  /** The names that references, `@ref` and `run` of this file can use. */
  get requestNames(): ReadonlySet<string> {
    this.#requestNames ??= new Set([
      ...this.file.blocks.flatMap(({ name, request, runs }) =>
        name && (request || runs.length > 0) ? [name.text] : [],
      ),
      ...(this.known.imported?.requests ?? []),
    ]);
    return this.#requestNames;
  }

  /** Definitions of the file that a reference, in a value or a request, takes its value from. */
  usedDefinitions(): ReadonlySet<VariableDefinition> {
    const used = new Set<VariableDefinition>();
    for (const { definition } of this.uses) if (definition) used.add(definition);
    for (const { directives } of this.file.blocks) {
      for (const { value, range } of directives) {
        if (!value.text.includes("{{")) continue;
        for (const { name } of scanReferences(value.text)) {
          const definition = this.definitions.nearest(name.text, range.start);
          if (definition) used.add(definition);
        }
      }
    }
    return used;
  }

  /** The public value that the environment gives a name which nothing before it defines. */
  #valueElsewhere(name: string): string | undefined {
    if (!this.importsAreKnown || this.answered.has(name) || this.known.imported?.variables.has(name)) return undefined;
    this.#environment ??= this.#readEnvironment();
    return this.#environment.get(name);
  }

  #readEnvironment(): ReadonlyMap<string, string | undefined> {
    const { name: active = "", variables = [] } = this.known.environment ?? {};
    const inForce = variables.filter((variable) => isInForce(variable, active));
    const own = inForce.filter(({ environment }) => environment !== "$shared");
    const shared = inForce.filter(({ environment }) => environment === "$shared");
    return new Map([...shared, ...own].map(({ name, value }) => [name, value]));
  }
}

/** `{{name}}` and `{{%name}}`. */
export function asksForVariable({ kind }: Reference): boolean {
  return kind === "variable" || kind === "encoded";
}
