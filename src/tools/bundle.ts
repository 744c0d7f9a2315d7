import { mkdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
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
};

/**
 * Keeps the dynamic import of these a run-time import of the bundle beside: the language service is loaded behind the
 * activation, the engine with undici at the first send, the demo when it is asked for, and none twice.
 */
const siblings: Plugin = {
  name: "sibling-bundles",
  setup(builder) {
    builder.onResolve({ filter: /\/(engine|demo|language)\/index\.ts$/ }, ({ kind, path }) =>
      kind === "dynamic-import"
        ? { path: `./${/(engine|demo|language)\/index/.exec(path)?.[1]}.js`, external: true }
        : undefined,
    );
  },
};

/** undici's index also loads fetch, WebSocket, caches and mocks: 400 KB that the one class we use does not need. */
const onlyClient: Plugin = {
  name: "only-undici-client",
  setup(builder) {
    builder.onResolve({ filter: /^undici$/ }, () => ({ path: "undici", namespace: "only-client" }));
    builder.onLoad({ filter: /.*/, namespace: "only-client" }, () => ({
      contents: 'module.exports = { Client: require("undici/lib/dispatcher/client.js") };',
      resolveDir: root,
    }));
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
  build({
    ...node,
    entryPoints: { engine: "src/engine/index.ts", demo: "src/demo/index.ts", language: "src/language/index.ts" },
    outdir: dist,
    plugins: [onlyClient, onlyFormats],
  }),
  build({
    ...node,
    entryPoints: { extension: "src/extension/extension.ts" },
    outdir: dist,
    external: ["vscode"],
    plugins: [siblings],
  }),
  build({
    ...node,
    entryPoints: { cli: "src/cli/main.ts" },
    outdir: dist,
    banner: { js: "#!/usr/bin/env node" },
    plugins: [siblings],
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
    plugins: [siblings],
  }),
]);
