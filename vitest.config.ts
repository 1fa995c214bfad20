import { defineConfig } from 'vitest/config'
import { lowerSpreads } from './scripts/lower-spreads.mjs'
import { LongestFirst } from './test/support/longest-first.js'
import { summaryReporter } from './test/support/summary-reporter.js'

export default defineConfig({
  // What is tested is what is built.
  plugins: [
    {
      name: 'lower-spreads',
      enforce: 'post',
      transform: (code, id) =>
        /\/src\/.*(?<!\.test)\.ts$/.test(id) ? { code: lowerSpreads(code), map: null } : undefined,
    },
  ],
  test: {
    reporters: ['default', summaryReporter()],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // A worker loads the product once and not once per file: half of the run's time otherwise.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
})
