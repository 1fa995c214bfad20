import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, longest first: seconds each, most of them spent in processes that they start and kill. */
export const longest: readonly string[] = [
  'test/faults/embedded-kills.test.ts',
  'test/faults/embedded-money-kills.test.ts',
  'test/faults/server-kills.test.ts',
  'test/faults/payment-kills.test.ts',
  'test/faults/embedded-command-kills.test.ts',
  'test/concurrency/every-dialect.test.ts',
  'test/concurrency/pairs/pairs.test.ts',
  'test/wire/vtex/access-key.test.ts',
  'test/operations/recovery.test.ts',
  'test/concurrency/two-servers-every-dialect.test.ts',
  'test/faults/several-processes.test.ts',
]

/**
 * Begins with the longest files, so that at the end of a run no worker waits for another one that has just begun with one
 * of them. By itself a new clone, which does not know yet what takes how long, begins with the files of most bytes, and
 * these are short. All others follow in that order.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((one, other) => placeOf(one) - placeOf(other))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = longest.findIndex(file => moduleId.endsWith(`/${file}`))
  return place < 0 ? longest.length : place
}
