/** The line that machines read, "N passed, N failed", printed after everything else; knows only counts. */
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Counts tests, and what failed without a test: a file that could not be loaded or whose hooks failed, and errors outside of tests.
 * Printed when the process ends, because the default reporter writes its own summary after the last event.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: string): void {
    let passed = 0;
    let failed = unhandled.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === 'passed').length;
      const failures = tests.filter((test) => test.result().state === 'failed').length;
      failed += failures === 0 && module.state() === 'failed' ? 1 : failures;
    }
    if (failed === 0 && (reason !== 'passed' || passed === 0)) failed = 1;
    process.once('exit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}
