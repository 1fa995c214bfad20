import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ExportDeps, exportStoreFile } from '../operations/export-store-file.js'
import type { Output } from './output.js'

export interface RunExport {
  /** Path to write: JSON when it ends with .json, JSON Lines otherwise. Absent: JSON Lines to the output. */
  readonly file?: string
  readonly deps: ExportDeps
  readonly output: Output
}

/**
 * `polytill export [FILE]`: everything but customers and credentials. A file appears when it is complete, not before.
 *
 * @returns the exit code, 0
 * @throws what the storage or the disk throws; an existing file is kept then
 */
export async function runExport({ file, deps, output }: RunExport): Promise<number> {
  if (file === undefined) {
    for await (const part of exportStoreFile(deps, 'json_lines')) output.write(part)
    return 0
  }
  const format = extname(file).toLowerCase() === '.json' ? 'json' : 'json_lines'
  const partial = `${file}.partial`
  try {
    await pipeline(Readable.from(exportStoreFile(deps, format)), createWriteStream(partial))
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  output.write(`exported to ${file}\n`)
  return 0
}
