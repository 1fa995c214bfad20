import { type BookReport, checkBooks } from '../operations/check-books.js'
import type { OpenStorage } from '../storage/open-storage.js'
import type { Output } from './output.js'
import { exitCodes } from './terminal.js'

type Finding = BookReport['findings'][number]

/**
 * `polytill doctor --books`: prints each rule and what breaks it.
 *
 * @returns the exit code: 0 the books balance, 1 they do not. What only needs a look does not change it.
 */
export async function runBooks(storage: OpenStorage, output: Output): Promise<number> {
  const deps = { books: storage.books, clock: () => new Date().toISOString() }
  const report = await checkBooks(deps, finding => tell(finding, output))
  const faults = `${report.faults} ${report.faults === 1 ? 'fault' : 'faults'} in the books.`
  const looks = report.looks === 0 ? '' : ` ${report.looks} to look at.`
  output.write(`${report.faults === 0 ? 'The books balance.' : faults}${looks}\n`)
  return report.faults === 0 ? exitCodes.done : exitCodes.failed
}

function tell({ rule, grade, total, shown }: Finding, output: Output): void {
  const verdict = total === 0 ? 'ok' : grade === 'fault' ? 'fail' : 'look'
  output.write(`${verdict.padEnd(4)}  ${rule}${total === 0 ? '' : `: ${total}`}\n`)
  for (const sentence of shown) output.write(`      ${sentence}\n`)
  if (total > shown.length) output.write(`      and ${total - shown.length} more\n`)
}
