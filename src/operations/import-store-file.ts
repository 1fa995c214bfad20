import type { Instant } from '../core/ids.js'
import type { PricingPolicy } from '../core/pricing/policy.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { ImportStore } from '../storage/import-store.js'
import type { CatalogStore } from '../storage/storage.js'
import type { Found, StoreFile } from './store-file/entry.js'
import { importSession } from './store-file/import-session.js'
import type { EntryKind } from './store-file/kinds.js'
import { type FileProblem, MAX_PROBLEMS, problemList } from './store-file/problem.js'
import { readCsv } from './store-file/read-csv.js'
import { readJson, readJsonLines } from './store-file/read-json.js'
import { Unreadable } from './store-file/read-text.js'
import { type KnownStore, readKnownStore } from './store-file/references.js'

/** What an import needs from outside. */
export interface ImportDeps {
  readonly store: ImportStore
  readonly catalog: Pick<CatalogStore, 'channels' | 'channelFacts'>
  /** Pricing policies that a file may name. */
  readonly presets: Readonly<Record<string, PricingPolicy>>
  /** Payment providers that there are. */
  readonly providers: readonly string[]
  readonly clock: () => Instant
  readonly hashPassword: (password: string) => Promise<string>
}

/** What was written, and what looks odd about it. */
export interface Imported {
  readonly imported: Readonly<Partial<Record<EntryKind, number>>>
  readonly warnings: readonly FileProblem[]
}

/** Nothing was written. `isCut`: reading stopped at `MAX_PROBLEMS`, there may be more. */
export interface ImportRefused {
  readonly problems: readonly FileProblem[]
  readonly isCut: boolean
}

/** How far reading has come. */
export interface ImportProgress {
  readonly bytes: number
  readonly records: number
}

/** Leaves the transaction, so that it is rolled back. */
class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(readonly refused: ImportRefused) {
    super(`${refused.problems.length} problems in the store file`)
  }
}

/**
 * Reads a store file into the store: everything or nothing. The file is streamed (but for JSON, which is read whole),
 * so memory does not grow with it. Importing the same file again changes nothing that matters.
 *
 * @throws what the storage throws when it cannot be reached; nothing is written then
 */
export async function importStoreFile(
  deps: ImportDeps,
  file: StoreFile,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<Result<Imported, ImportRefused>> {
  const known = await readKnownStore(deps.catalog)
  try {
    return ok(await deps.store.run((put, knownSkus) => readInto({ deps, known, put, knownSkus }, file, onProgress)))
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.refused)
    throw error
  }
}

type Put = Parameters<Parameters<ImportStore['run']>[0]>[0]
type KnownSkus = Parameters<Parameters<ImportStore['run']>[0]>[1]

async function readInto(
  into: { readonly deps: ImportDeps; readonly known: KnownStore; readonly put: Put; readonly knownSkus: KnownSkus },
  file: StoreFile,
  onProgress: (progress: ImportProgress) => void,
): Promise<Imported> {
  const list = problemList()
  const session = importSession({ ...into, isWhole: file.format === 'json' }, list)
  let bytes = 0
  const counted = countBytes(file.open(), count => {
    bytes += count
    onProgress({ bytes, records: session.written })
  })
  try {
    for await (const found of entriesOf(file.format, counted)) {
      if ('problem' in found) list.add(found.problem)
      else await session.read(found.entry)
      if (list.isFull) break
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    list.add(error.problem)
  }
  const imported = await session.finish()
  if (list.problems.length > 0) {
    const problems = [...list.problems].sort((a, b) => a.line - b.line || a.column - b.column)
    throw new Refusal({ problems, isCut: list.problems.length >= MAX_PROBLEMS })
  }
  onProgress({ bytes, records: session.written })
  return imported
}

function entriesOf(format: StoreFile['format'], bytes: AsyncIterable<Uint8Array>): AsyncIterable<Found> {
  switch (format) {
    case 'json':
      return readJson(bytes)
    case 'json_lines':
      return readJsonLines(bytes)
    case 'csv_products':
      return readCsv('products', bytes)
    case 'csv_prices':
      return readCsv('prices', bytes)
    case 'csv_stock':
      return readCsv('stock', bytes)
  }
}

async function* countBytes(bytes: AsyncIterable<Uint8Array>, tell: (count: number) => void): AsyncIterable<Uint8Array> {
  for await (const chunk of bytes) {
    tell(chunk.byteLength)
    yield chunk
  }
}
