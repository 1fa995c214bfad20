import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type ImportDeps, type ImportRefused, importStoreFile } from '../operations/import-store-file.js'
import type { FileFormat } from '../operations/store-file/entry.js'
import { type EntryKind, entryKinds, kinds } from '../operations/store-file/kinds.js'
import type { FileProblem } from '../operations/store-file/problem.js'
import { type Output, progressOf } from './output.js'

/** What a CSV file may be of. */
export type CsvContent = 'products' | 'prices' | 'stock'

export interface RunImport {
  /** Path of a .json, .jsonl, .ndjson or .csv file. */
  readonly file: string
  /** For a CSV; absent: told from the file's name, as in `prices-2026.csv`. */
  readonly of?: CsvContent
  readonly deps: ImportDeps
  readonly output: Output
}

/**
 * `polytill import FILE`: prints progress, then what was imported, or each problem with its line.
 *
 * @returns the exit code: 0 imported, 1 refused (nothing was written), 2 the file cannot be read or its form is unknown
 */
export async function runImport({ file, of, deps, output }: RunImport): Promise<number> {
  const format = formatOf(file, of)
  if (format === undefined) {
    output.write(
      `${file}: what is this? Name it .json, .jsonl or .ndjson, or .csv with --of products, prices or stock\n`,
    )
    return 2
  }
  const size = await stat(file).then(
    found => (found.isFile() ? found.size : undefined),
    () => undefined,
  )
  if (size === undefined) {
    output.write(`${file}: there is no such file\n`)
    return 2
  }
  const progress = progressOf(output, size)
  try {
    const result = await importStoreFile(deps, { format, open: () => createReadStream(file) }, ({ bytes, records }) =>
      progress.update(bytes, records),
    )
    progress.stop()
    if (!result.ok) {
      printRefused(file, result.error, output)
      return 1
    }
    for (const warning of result.value.warnings) output.write(`${problemLine(file, warning)} (warning)\n`)
    output.write(`imported ${countsOf(result.value.imported)} from ${basename(file)}\n`)
    return 0
  } finally {
    progress.stop()
  }
}

/** The form of a file, by its name. */
export function formatOf(file: string, of: CsvContent | undefined): FileFormat | undefined {
  const name = basename(file).toLowerCase()
  switch (extname(name)) {
    case '.json':
      return 'json'
    case '.jsonl':
    case '.ndjson':
      return 'json_lines'
    case '.csv': {
      const content = of ?? (['products', 'prices', 'stock'] as const).find(word => name.includes(word))
      return content === undefined ? undefined : `csv_${content}`
    }
    default:
      return undefined
  }
}

function printRefused(file: string, { problems, isCut }: ImportRefused, output: Output): void {
  for (const problem of problems) output.write(`${problemLine(file, problem)}\n`)
  const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
  output.write(`${isCut ? `the first ${count}` : count}; nothing was imported\n`)
}

/** As editors and terminals link it: `file:line:column`. */
function problemLine(file: string, { line, column, path, message }: FileProblem): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path} `}${message}`
}

function countsOf(imported: Readonly<Partial<Record<EntryKind, number>>>): string {
  const counts = entryKinds.flatMap(kind => {
    const count = imported[kind] ?? 0
    const plural = kinds[kind].section.replace(/[A-Z]/g, capital => ` ${capital.toLowerCase()}`)
    return count === 0 ? [] : [`${count} ${count === 1 ? kind.replaceAll('_', ' ') : plural}`]
  })
  return counts.length === 0 ? 'nothing' : counts.join(', ')
}
