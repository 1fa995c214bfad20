import type { ChannelId } from '../../core/ids.js'
import type { StoreRecord } from '../../storage/import-store.js'
import type { CatalogStore } from '../../storage/storage.js'
import type { ReferenceKind } from './form.js'
import type { FileProblem, Place } from './problem.js'

/** Names that must exist when the file ends; remembers one place per name, so it stays small for any file. */
export interface References {
  /** Something of that name is in the store or was read. */
  define(record: StoreRecord): void
  expect(kind: ReferenceKind, id: string, channel: ChannelId | undefined, place: () => Place): void
  useTaxClass(taxClass: string, place: () => Place): void
  /** Something that looks like a slip whatever follows; told once. */
  warn(problem: FileProblem): void
  /** What nothing was found for. */
  missing(): readonly FileProblem[]
  /** What is allowed, but perhaps a slip: tax classes without a rate in any zone, and what `warn` was told. */
  warnings(): readonly FileProblem[]
}

const words: Readonly<Record<ReferenceKind, string>> = {
  promotion: 'promotion',
  pickup_point: 'pickup point',
  shipping_method: 'shipping method',
  seller: 'seller',
  tax_zone: 'tax zone',
}

/** What is there already. */
export interface KnownStore {
  readonly channels: Awaited<ReturnType<CatalogStore['channels']>>
  readonly records: readonly StoreRecord[]
}

/** Reads what entries may refer to: a handful of queries per channel, before the import's transaction opens. */
export async function readKnownStore(catalog: Pick<CatalogStore, 'channels' | 'channelFacts'>): Promise<KnownStore> {
  const channels = await catalog.channels()
  const records: StoreRecord[] = []
  for (const { id } of channels) {
    const facts = await catalog.channelFacts(id)
    if (facts === undefined) continue
    records.push(
      ...facts.taxZones.map((value): StoreRecord => ({ kind: 'tax_zone', channel: id, value })),
      ...facts.shippingMethods.map((value): StoreRecord => ({ kind: 'shipping_method', channel: id, value })),
      ...facts.pickupPoints.map((value): StoreRecord => ({ kind: 'pickup_point', channel: id, value })),
      ...facts.sellers.map((value): StoreRecord => ({ kind: 'seller', value })),
      ...facts.promotions.map((value): StoreRecord => ({ kind: 'promotion', value })),
    )
  }
  return { channels, records }
}

/** References over what the store holds. */
export function references(known: readonly StoreRecord[]): References {
  const defined = new Set<string>()
  const rated = new Set<string>()
  const expected = new Map<string, FileProblem>()
  const used = new Map<string, FileProblem>()
  const warned = new Map<string, FileProblem>()
  const self: References = {
    define(record) {
      if (record.kind === 'tax_zone') {
        for (const rate of record.value.rates) for (const taxClass of rate.taxClasses) rated.add(taxClass)
      }
      const key = definedKey(record)
      if (key !== undefined) defined.add(key)
    },
    expect(kind, id, channel, place) {
      const key = keyOf(kind, id, channel)
      if (defined.has(key) || expected.has(key)) return
      const within = channel === undefined ? '' : ` in channel "${channel}"`
      expected.set(key, { ...place(), message: `there is no ${words[kind]} "${id}"${within}` })
    },
    useTaxClass(taxClass, place) {
      if (used.has(taxClass)) return
      used.set(taxClass, { ...place(), message: `no tax zone has a rate for tax class "${taxClass}"` })
    },
    warn(problem) {
      if (!warned.has(problem.message)) warned.set(problem.message, problem)
    },
    missing: () => [...expected].filter(([key]) => !defined.has(key)).map(([, problem]) => problem),
    warnings: () => [
      ...warned.values(),
      ...[...used].filter(([taxClass]) => !rated.has(taxClass)).map(([, problem]) => problem),
    ],
  }
  known.forEach(self.define)
  return self
}

function definedKey(record: StoreRecord): string | undefined {
  switch (record.kind) {
    case 'tax_zone':
    case 'shipping_method':
    case 'pickup_point':
      return keyOf(record.kind, record.value.id, record.channel)
    case 'seller':
    case 'promotion':
      return keyOf(record.kind, record.value.id, undefined)
    default:
      return undefined
  }
}

function keyOf(kind: ReferenceKind, id: string, channel: ChannelId | undefined): string {
  return JSON.stringify([kind, id, channel ?? null])
}
