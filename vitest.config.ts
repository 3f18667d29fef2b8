/** Which tests belong to which suite; `structure` needs no database, the others share one server started by test/support/global-setup.ts. */
import { defineConfig } from 'vitest/config';

const long = ['deep', 'full', 'matrix', 'faults', 'fault-pairs', 'random'] as const;
const withServer = { globalSetup: ['test/support/global-setup.ts'], testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // One process per file, two at a time: database work is what takes the time, and parser instances die with their process.
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './test/support/summary-reporter.ts'],
    projects: [
      { extends: true, test: { name: 'structure', include: ['test/structure.test.ts'], testTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/structure.test.ts', ...long.map((name) => `test/${name}/**`)],
          ...withServer,
        },
      },
      ...long.map((name) => ({
        extends: true as const,
        test: { name, include: [`test/${name}/**/*.test.ts`], ...withServer, testTimeout: 900_000, hookTimeout: 120_000 },
      })),
    ],
  },
});
