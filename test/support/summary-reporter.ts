import type { Reporter, TestModule } from 'vitest/node'

/** What a run came to; a file that could not be loaded counts as one failure, and so does an error between tests. */
export interface RunCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Ends a run with one plain line, `N passed, N failed, N skipped`, for people and for scripts alike. Before it, why tests
 * skipped themselves.
 */
export function summaryReporter(write: (line: string) => void = line => process.stdout.write(`${line}\n`)): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      for (const line of notesOf(modules)) write(line)
      const { passed, failed, skipped } = countRun(modules, unhandledErrors.length)
      write(`${passed} passed, ${failed} failed, ${skipped} skipped`)
    },
  }
}

function notesOf(modules: readonly TestModule[]): readonly string[] {
  return modules.flatMap(module =>
    [...module.children.allTests()].flatMap(test => {
      const result = test.result()
      const note = result.state === 'skipped' ? result.note : undefined
      return note === undefined ? [] : [`skipped: ${test.fullName} (${note})`]
    }),
  )
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
