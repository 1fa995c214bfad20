import type { Channel } from '../../core/catalog/channel.js'
import type { ChannelId, Sku } from '../../core/ids.js'
import { type ImportStore, RecordRefused, type StoreRecord } from '../../storage/import-store.js'
import type { ImportDeps, Imported } from '../import-store-file.js'
import { BATCH_SIZE, type Batch, batch } from './batch.js'
import type { Entry } from './entry.js'
import type { Reading } from './form.js'
import { type EntryKind, kinds, recordKey } from './kinds.js'
import type { ProblemList } from './problem.js'
import { type KnownStore, type References, references } from './references.js'

type Write = Parameters<ImportStore['run']>[0]

interface Into {
  readonly deps: Pick<ImportDeps, 'presets' | 'providers' | 'clock' | 'hashPassword'>
  readonly known: KnownStore
  readonly put: Parameters<Write>[0]
  readonly knownSkus: Parameters<Write>[1]
  /** The file is held as a whole, so repeated entries can be found; in a streamed one the later entry counts. */
  readonly isWhole: boolean
}

/** One pass over one file: reads entries, checks them, writes them in batches until the first problem. */
export interface ImportSession {
  /** Records written so far. */
  readonly written: number
  read(entry: Entry): Promise<void>
  /** Writes what is left and settles what the file refers to. */
  finish(): Promise<Imported>
}

/** A session on an open transaction; its problems go to `list`. */
export function importSession(into: Into, list: ProblemList): ImportSession {
  const channels = new Map<ChannelId, Channel>(into.known.channels.map(channel => [channel.id, channel]))
  const brokenChannels = new Set<ChannelId>()
  const refs = references(into.known.records)
  /** SKUs that must be there when the file ends, each with its first place. */
  const awaited = batch()
  const counts = new Map<EntryKind, number>()
  const seen = into.isWhole ? new Set<string>() : undefined
  const now = into.deps.clock()
  let current = batch()
  let written = 0
  /** The transaction cannot be used any more. */
  let isDoomed = false

  async function flush(): Promise<void> {
    const full = current
    current = batch()
    if (isDoomed) return
    await checkSkus(full, into.knownSkus, list)
    if (list.problems.length > 0 || full.size === 0) return
    const records = full.records()
    isDoomed = !(await putBatch(into.put, records, full.firstLine ?? 1, list))
    for (const { kind } of records) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    written += records.length
  }

  function refuseRepeats(entry: Entry, records: readonly StoreRecord[]): void {
    for (const key of records.map(recordKey)) {
      if (seen?.has(key)) list.add({ ...entry.place([]), message: `is a second entry for ${nameOf(key)}` })
      seen?.add(key)
    }
  }

  return {
    get written() {
      return written
    },
    async read(entry) {
      const { deps } = into
      const reading = readingOf(
        { ...deps, channels, brokenChannels, now },
        { entry, batch: current, awaited, refs, list },
      )
      const before = list.problems.length
      const records = await kinds[entry.kind].form.read(entry.value, reading)
      const isGood = records !== undefined && list.problems.length === before
      if (!isGood && entry.kind === 'channel') brokenChannels.add(idOf(entry.value))
      if (!isGood) return
      refuseRepeats(entry, records)
      for (const record of records) {
        refs.define(record)
        if (record.kind === 'channel') channels.set(record.value.id, record.value)
      }
      current.add(records, entry.place([]).line)
      if (current.size >= BATCH_SIZE) await flush()
    },
    async finish() {
      if (!list.isFull) for (const problem of refs.missing()) list.add(problem)
      await flush()
      // Only now everything is written that was read.
      if (list.problems.length === 0) await checkSkus(awaited, into.knownSkus, list)
      return { imported: Object.fromEntries(counts), warnings: refs.warnings() }
    },
  }
}

function readingOf(
  shared: Omit<Reading, 'problem' | 'refersTo' | 'refersToSku' | 'awaitsSku' | 'usesTaxClass' | 'usesProvider'> & {
    readonly providers: readonly string[]
  },
  at: {
    readonly entry: Entry
    readonly batch: Batch
    readonly awaited: Batch
    readonly refs: References
    readonly list: ProblemList
  },
): Reading {
  const { entry, refs, list } = at
  return {
    ...shared,
    problem: (path, message) => list.add({ ...entry.place(path), message }),
    refersTo: (kind, id, path, channel) => refs.expect(kind, id, channel, () => entry.place(path)),
    refersToSku: (sku, path) => at.batch.expectSku(sku, () => entry.place(path)),
    awaitsSku: (sku, path) => at.awaited.expectSku(sku, () => entry.place(path)),
    usesProvider: (name, path) => {
      if (!shared.providers.includes(name))
        refs.warn({ ...entry.place(path), message: noProvider(name, shared.providers) })
    },
    usesTaxClass: (taxClass, path) => refs.useTaxClass(taxClass, () => entry.place(path)),
  }
}

function noProvider(name: string, known: readonly string[]): string {
  return `there is no payment provider "${name}", so nobody can pay by this; there are ${known.join(', ')}`
}

/** `["variant","MUG-1"]` as people say it. */
function nameOf(key: string): string {
  const [kind = '', ...parts] = JSON.parse(key) as string[]
  return `${kind.replaceAll('_', ' ')} ${parts.map(part => `"${part}"`).join(', ')}`
}

/** The id that a broken entry has, where it has one. */
function idOf(value: unknown): string {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'string' ? id : ''
}

async function checkSkus(full: Batch, knownSkus: Into['knownSkus'], list: ProblemList): Promise<void> {
  const foreign = full.foreignSkus()
  if (foreign.length === 0 || knownSkus === undefined || list.isFull) return
  const known = await knownSkus(foreign)
  const missing = new Set<Sku>(foreign.filter(sku => !known.has(sku)))
  for (const problem of full.problemsOf(missing)) list.add(problem)
}

/** Writes a batch. False: the database refused it (two entries share a number, say), which is a problem of the file. */
async function putBatch(
  put: Into['put'],
  records: readonly StoreRecord[],
  firstLine: number,
  list: ProblemList,
): Promise<boolean> {
  try {
    await put(records)
    return true
  } catch (error) {
    if (!(error instanceof RecordRefused)) throw error
    const what = error.kind.replaceAll('_', ' ')
    const message = `the database refuses a ${what} among the ${records.length} records from here on: ${error.detail}`
    list.add({ line: firstLine, column: 1, path: '', message })
    return false
  }
}
