import type { Json } from '../core/ids.js'
import type { ImportStore, StoreRecord } from '../storage/import-store.js'
import { entryKinds, kinds } from './store-file/kinds.js'
import { writeRecord } from './store-file/write-record.js'

/** What an export needs from outside. */
export interface ExportDeps {
  readonly store: Pick<ImportStore, 'export'>
}

/**
 * The store as a file that can be imported again: everything but customers and credentials, piece by piece.
 *
 * @param format `json_lines` streams; `json` is one readable object, put together in memory
 */
export async function* exportStoreFile(deps: ExportDeps, format: 'json' | 'json_lines'): AsyncIterable<string> {
  const currencies = new Map<string, string>()
  const currencyOf = (channel: string): string => currencies.get(channel) ?? 'EUR'
  const sections = new Map<StoreRecord['kind'], Readonly<Record<string, Json>>[]>()
  for await (const record of deps.store.export()) {
    if (record.kind === 'channel') currencies.set(record.value.id, record.value.currency)
    const entry = writeRecord(record, currencyOf)
    if (format === 'json_lines') {
      yield `${JSON.stringify({ kind: record.kind, ...entry })}\n`
      continue
    }
    const section = sections.get(record.kind) ?? []
    section.push(entry)
    sections.set(record.kind, section)
  }
  if (format === 'json') yield writeSections(sections)
}

function writeSections(sections: ReadonlyMap<StoreRecord['kind'], readonly Readonly<Record<string, Json>>[]>): string {
  const named = entryKinds.flatMap(kind => {
    const entries = sections.get(kind)
    return entries === undefined ? [] : [[kinds[kind].section, entries] as const]
  })
  return `${JSON.stringify({ version: 1, ...Object.fromEntries(named) }, undefined, 2)}\n`
}
