import { mkdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

const root = resolve(import.meta.dirname, "../..");
const dist = join(root, "dist");
const development = process.argv.includes("--development");

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: !development,
  sourcemap: development ? "linked" : false,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
};

/** Node code for VS Code's extension host and for the command line: the oldest Node that both may have. */
const node: BuildOptions = {
  ...common,
  platform: "node",
  format: "cjs",
  target: "node22.19",
  // jsonc-parser's "main" is UMD, whose own require() calls a bundler cannot follow.
  mainFields: ["module", "main"],
  // `import()` becomes a deferred `require()`: Node's loader of modules takes longer than all that it would load.
  supported: { "dynamic-import": false },
};

/**
 * Keeps the dynamic import of these a run-time import of the bundle beside: the language service is loaded behind the
 * activation, the engine with undici at the first send, demo and certificates when they are asked for, the command line
 * when its cache is open, and none twice. What is imported dynamically inside a bundle is a part of it that runs later.
 */
const siblings = (...names: readonly string[]): Plugin => ({
  name: "sibling-bundles",
  setup(builder) {
    builder.onResolve({ filter: /\/(engine|demo|language|certs|on-demand)\/index\.ts$/ }, ({ kind, path }) => {
      const name = basename(dirname(path));
      return kind === "dynamic-import" && names.includes(name) ? { path: `./${name}.js`, external: true } : undefined;
    });
    builder.onResolve({ filter: /^\.\/main\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./command-line.js", external: true } : undefined,
    );
  },
});

/**
 * undici's index also loads fetch, WebSocket, caches and mocks: 400 KB that the one class we use does not need. That
 * class loads HTTP/2 and Node's assertions at once, which take longer than a request: here they wait for the first use.
 */
const onlyClient: Plugin = {
  name: "only-undici-client",
  setup(builder) {
    builder.onLoad({ filter: /undici\/lib\/dispatcher\/client\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const http2 = "const connectH2 = require('./client-h2.js')";
      if (!text.includes(http2)) throw new Error(`${path} has changed: see how it loads HTTP/2`);
      return { contents: text.replace(http2, "const connectH2 = (...given) => require('./client-h2.js')(...given)") };
    });
    builder.onResolve({ filter: /^node:assert$/ }, ({ importer }) =>
      importer.includes("undici") ? { path: "assert", namespace: "late-assert" } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: "late-assert" }, () => ({
      contents: 'module.exports = (value, message) => { if (!value) require("node:assert")(value, message); };',
    }));
    builder.onResolve({ filter: /^undici$/ }, () => ({ path: "undici", namespace: "only-client" }));
    builder.onLoad({ filter: /.*/, namespace: "only-client" }, () => ({
      contents: 'module.exports = { Client: require("undici/lib/dispatcher/client.js") };',
      resolveDir: root,
    }));
  },
};

/** What most requests need nothing of: XPath, JSONPath, the public suffixes of cookies. Loaded with the first use. */
const libraries: Readonly<Record<string, string>> = {
  "library-xmldom": "@xmldom/xmldom",
  "library-xpath": "xpath",
  "library-json-path": "json-p3",
  "library-suffixes": "tldts",
};

/** Bundles of their own, which engine and command line share. */
const lateLibraries: Plugin = {
  name: "late-libraries",
  setup(builder) {
    for (const [name, library] of Object.entries(libraries)) {
      builder.onResolve({ filter: new RegExp(`^${library}$`) }, ({ kind }) =>
        kind === "entry-point" ? undefined : { path: `./${name}.js`, external: true },
      );
    }
  },
};

/**
 * The formats of credentials bring three copies of lodash for a list of exceptions, which is always empty here, and
 * Node's files for a rule that is not used: 25 KB, and built-ins that the language service has no need of.
 */
const onlyFormats: Plugin = {
  name: "only-secretlint-formats",
  setup(builder) {
    const exceptions = "var regexpStringMatcherExports = requireRegexpStringMatcher();";
    builder.onLoad({ filter: /secretlint-rule-preset-recommend\/module\/index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes(exceptions)) throw new Error(`${path} has changed: see what can be left out of it`);
      return { contents: text.replace(exceptions, "var regexpStringMatcherExports = { matchPatterns: () => [] };") };
    });
    builder.onResolve({ filter: /^node:/ }, ({ importer, path }) =>
      importer.includes("secretlint") ? { path, namespace: "no-files" } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: "no-files" }, () => ({ contents: "export default {};" }));
  },
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([
  build({ ...node, entryPoints: { ...libraries }, outdir: dist }),
  build({
    ...node,
    entryPoints: {
      engine: "src/engine/index.ts",
      demo: "src/demo/index.ts",
      language: "src/language/index.ts",
      certs: "src/certs/index.ts",
    },
    outdir: dist,
    // What Node's own build of undici defines: leaves out a second, experimental parser.
    define: { esbuildDetection: "true" },
    plugins: [lateLibraries, onlyClient, onlyFormats],
  }),
  build({
    ...node,
    entryPoints: { extension: "src/extension/extension.ts", "on-demand": "src/extension/on-demand/index.ts" },
    outdir: dist,
    external: ["vscode"],
    plugins: [siblings("engine", "demo", "language", "certs", "on-demand")],
  }),
  build({
    ...node,
    entryPoints: { cli: "src/cli/launch.ts" },
    outdir: dist,
    banner: { js: "#!/usr/bin/env node" },
    plugins: [siblings()],
  }),
  build({
    ...node,
    // With an engine of its own: what both need is then loaded once.
    entryPoints: { "command-line": "src/cli/main.ts" },
    outdir: dist,
    define: { esbuildDetection: "true" },
    plugins: [siblings("language", "certs"), lateLibraries, onlyClient, onlyFormats],
  }),
  build({
    ...common,
    entryPoints: { webview: "src/webview/main.ts" },
    outdir: dist,
    platform: "browser",
    format: "iife",
    target: "chrome134",
  }),
  build({ ...common, entryPoints: { webview: "src/webview/style.css" }, outdir: dist, target: "chrome134" }),
  build({
    ...node,
    minify: false,
    entryPoints: {
      "test/integration": "test/integration/index.ts",
      "test/restricted": "test/integration/restricted.ts",
    },
    outdir: dist,
    external: ["vscode", "mocha"],
    plugins: [siblings("engine", "demo", "language", "certs", "on-demand")],
  }),
]);
