import type { PricingPolicy } from '../../../src/core/pricing/policy.js'
import { presets } from '../../../src/core/pricing/presets.js'
import { type ImportDeps, importStoreFile } from '../../../src/operations/import-store-file.js'
import type { FileFormat, StoreFile } from '../../../src/operations/store-file/entry.js'
import { recordKey } from '../../../src/operations/store-file/kinds.js'
import type { ImportStore, StoreRecord } from '../../../src/storage/import-store.js'

/** Some policy: what is tested here reads files and prices nothing. */
export const somePolicy: PricingPolicy = {
  lineAmount: 'price_times_quantity',
  rounding: 'half_away',
  discounts: {
    percent: 'per_line',
    spread: 'largest_remainder',
    spreadOverGiftCertificates: true,
    includesOptions: false,
    base: 'undiscounted',
    stacking: 'all',
    order: 'larger_first',
    coupons: 'with_automatic',
  },
  tax: {
    entry: 'gross',
    display: 'gross',
    rounding: 'per_line',
    place: 'destination',
    orderDiscountsReduceTax: true,
    shipping: 'taxed',
    replacesStoreTax: false,
  },
  coupons: { max: 5, whenFull: 'refuse' },
  giftCards: { max: 5, whenFull: 'refuse' },
  excessQuantity: 'refuse',
  unavailableLines: 'keep',
  defaultShippingOption: 'none',
}

/** An `ImportStore` that only remembers; for tests about reading files. What storage does with records is tested on databases. */
export interface RecordingStore extends ImportStore {
  /** What committed imports put, by key, the later record in the place of the earlier. */
  readonly records: ReadonlyMap<string, StoreRecord>
  /** Sizes of all batches that were put, committed or not. */
  readonly batchSizes: readonly number[]
}

export function recordingStore(): RecordingStore {
  const records = new Map<string, StoreRecord>()
  const batchSizes: number[] = []
  return {
    records,
    batchSizes,
    async run(write) {
      const pending = new Map<string, StoreRecord>()
      const result = await write(
        async batch => {
          batchSizes.push(batch.length)
          for (const record of batch) pending.set(recordKey(record), record)
        },
        async skus => {
          const has = (sku: string): boolean =>
            [pending, records].some(map => map.has(JSON.stringify(['variant', sku])))
          return new Set(skus.filter(has))
        },
      )
      for (const [key, record] of pending) records.set(key, record)
      return result
    },
    isEmpty: async () => records.size === 0,
    async *export() {
      yield* records.values()
    },
  }
}

/** Deps on a store that only remembers. */
export function recordingDeps(store: ImportStore = recordingStore()): ImportDeps {
  return {
    store,
    catalog: { channels: async () => [], channelFacts: async () => undefined },
    presets: { ...presets, some: somePolicy },
    providers: ['manual', 'sandbox'],
    clock: () => '2026-11-21T08:00:00.000Z',
    hashPassword: async password => `$argon2id$${password.length}`,
  }
}

/** A file that holds `text`, handed out in small pieces so that characters and lines are cut anywhere. */
export function fileOf(format: FileFormat, text: string, pieceBytes = 7): StoreFile {
  const bytes = Buffer.from(text)
  return {
    format,
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    },
  }
}

/** A channel as short as it may be, for files that need one. */
export const shortChannel = {
  id: 'de',
  name: 'Germany',
  currency: 'EUR',
  currencies: ['EUR', 'JPY'],
  locale: 'de_DE',
  countries: ['DE'],
  priceMode: 'gross',
  policy: 'some',
  orderNumbers: { kind: 'counting' },
}

/** The problems of a file, each as `line:column path message`; empty when it was imported. */
export async function problemsOf(format: FileFormat, text: string, deps = recordingDeps()): Promise<readonly string[]> {
  const result = await importStoreFile(deps, fileOf(format, text))
  if (result.ok) return []
  return result.error.problems.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)
}

/** The text of a JSON Lines file. */
export function linesOf(...entries: readonly unknown[]): string {
  return entries.map(entry => `${JSON.stringify(entry)}\n`).join('')
}
