import Mocha from "mocha";

/**
 * Runs suites with mocha, inside VS Code's extension host. Rejects if a test failed or if there was none.
 * @param defineSuites Functions that call mocha's `suite`.
 */
export async function runSuites(defineSuites: readonly (() => void)[]): Promise<void> {
  const mocha = new Mocha({ ui: "tdd", color: false, timeout: 20_000, slow: 2_000 });
  // From here on, what `import { suite, test } from "mocha"` gives adds to this run; mocha does the same per test file.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, "integration", mocha);
  for (const define of defineSuites) define();
  const { passes, failures } = await new Promise<Mocha.Stats>((resolve, reject) => {
    const runner = mocha.run(() => {
      if (runner.stats) resolve(runner.stats);
      else reject(new Error("mocha kept no count of the tests"));
    });
  });
  console.log(`${passes} passed, ${failures} failed`);
  if (failures > 0) throw new Error(`${failures} of ${passes + failures} tests failed.`);
  if (passes === 0) throw new Error("No test was run.");
}
