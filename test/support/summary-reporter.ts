import type { Reporter, TestModule } from 'vitest/node'

/** What a run came to; a file that could not be loaded counts as one failure, and so does an error between tests. */
export interface RunCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Ends a run with one plain line, `N passed, N failed, N skipped`, for people and for scripts alike. */
export function summaryReporter(write: (line: string) => void = line => process.stdout.write(`${line}\n`)): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const { passed, failed, skipped } = countRun(modules, unhandledErrors.length)
      write(`${passed} passed, ${failed} failed, ${skipped} skipped`)
    },
  }
}

function countRun(modules: readonly TestModule[], unhandledErrors: number): RunCounts {
  const counts = { passed: 0, failed: unhandledErrors, skipped: 0 }
  for (const module of modules) {
    const before = counts.failed
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') counts.passed += 1
      else if (state === 'failed') counts.failed += 1
      else counts.skipped += 1
    }
    if (module.state() === 'failed' && counts.failed === before) counts.failed += 1
  }
  return counts
}
