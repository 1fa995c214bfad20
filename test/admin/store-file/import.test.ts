import { describe, expect, test } from 'vitest'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import type { StoreFile } from '../../../src/operations/store-file/entry.js'
import { type ImportStore, RecordRefused } from '../../../src/storage/import-store.js'
import { StorageUnavailable } from '../../../src/storage/storage.js'
import { fileOf, linesOf, problemsOf, recordingDeps, recordingStore, shortChannel } from './recording-store.js'

const channel = { kind: 'channel', ...shortChannel }
const variant = (id: number, changes: object = {}): Readonly<Record<string, unknown>> => ({
  kind: 'variant',
  sku: `SKU-${id}`,
  variantId: id,
  productId: id,
  name: `Thing ${id}`,
  prices: { de: '12.50' },
  stock: 3,
  ...changes,
})

/** A JSON Lines file of that many variants, made while it is read. */
function bigFile(count: number, onLine: (index: number) => void = () => undefined): StoreFile {
  return {
    format: 'json_lines',
    async *open() {
      yield Buffer.from(linesOf(channel))
      for (let index = 1; index <= count; index += 1) {
        onLine(index)
        yield Buffer.from(linesOf(variant(index, { description: 'x'.repeat(400) })))
      }
    },
  }
}

describe('all or nothing', () => {
  test('a fault on the last line leaves nothing of what was put before', async () => {
    const store = recordingStore()
    const entries = Array.from({ length: 2_500 }, (_, index) => variant(index + 1))
    const text = linesOf(channel, ...entries, variant(0))
    const result = await importStoreFile(recordingDeps(store), fileOf('json_lines', text, 65_536))
    expect(result).toMatchObject({
      ok: false,
      error: { isCut: false, problems: [{ line: 2_502, path: 'variantId' }, {}] },
    })
    expect(store.batchSizes.length).toBeGreaterThan(0)
    expect(store.records.size).toBe(0)
  })

  test('nothing more is put once a fault was found, and all later faults are told', async () => {
    const store = recordingStore()
    const entries = Array.from({ length: 3_000 }, (_, index) => variant(index === 2_999 ? 0 : index + 1))
    const text = linesOf(channel, variant(7, { name: 7 }), ...entries)
    const result = await importStoreFile(recordingDeps(store), fileOf('json_lines', text, 65_536))
    expect(result.ok ? [] : result.error.problems.map(({ line, path }) => [line, path])).toEqual([
      [2, 'name'],
      [3_002, 'variantId'],
      [3_002, 'productId'],
    ])
    expect(store.batchSizes).toEqual([])
  })

  test('reading stops at a hundred problems', async () => {
    let read = 0
    const file: StoreFile = {
      format: 'json_lines',
      async *open() {
        for (read = 0; read < 5_000; read += 1) yield Buffer.from('{"kind":"seller","id":"1"}\n')
      },
    }
    const result = await importStoreFile(recordingDeps(), file)
    expect(result).toMatchObject({ ok: false, error: { isCut: true, problems: { length: 100 } } })
    expect(read).toBeLessThan(200)
  })

  test('what the database refuses is a problem of the file, with the line where its batch begins', async () => {
    const deps = recordingDeps(refusingStore(new RecordRefused('variant', 'Key (variant_id)=(1) already exists.')))
    expect(await problemsOf('json_lines', linesOf(channel, variant(1)), deps)).toEqual([
      '1:1  the database refuses a variant among the 3 records from here on: Key (variant_id)=(1) already exists.',
    ])
  })

  test('a database that is away is no problem of the file', async () => {
    const deps = recordingDeps(refusingStore(new StorageUnavailable('away')))
    await expect(importStoreFile(deps, fileOf('json_lines', linesOf(channel)))).rejects.toThrow(StorageUnavailable)
  })

  test('a transaction that is retried reads the file from its beginning', async () => {
    const recording = recordingStore()
    const store: ImportStore = {
      ...recording,
      async run(write) {
        await write(
          async () => undefined,
          async skus => new Set(skus),
        )
        return recording.run(write)
      },
    }
    const result = await importStoreFile(recordingDeps(store), fileOf('json_lines', linesOf(channel, variant(1))))
    expect(result).toMatchObject({ ok: true, value: { imported: { channel: 1, variant: 1, stock: 1 } } })
    expect(recording.records.size).toBe(3)
  })
})

describe('repeating', () => {
  test('the same file twice gives the same records', async () => {
    const store = recordingStore()
    const customer = { kind: 'customer', integerId: 1, reference: 'R', email: 'A@x.test', password: 'change123' }
    const address = { integerId: 4, country: 'DE' }
    const text = linesOf(channel, variant(1), { ...customer, addresses: [address] })
    await importStoreFile(recordingDeps(store), fileOf('json_lines', text))
    const once = [...store.records]
    await importStoreFile(recordingDeps(store), fileOf('json_lines', text))
    expect([...store.records]).toEqual(once)
    expect(once).toHaveLength(4)
  })

  test('in a streamed file the later of two entries counts, within a batch too', async () => {
    const store = recordingStore()
    const text = linesOf(channel, variant(1), variant(1, { name: 'Later', stock: 9 }))
    expect(await problemsOf('json_lines', text, recordingDeps(store))).toEqual([])
    expect(store.batchSizes).toEqual([3])
    expect(store.records.get('["variant","SKU-1"]')).toMatchObject({ value: { name: 'Later' } })
    expect(store.records.get('["stock","SKU-1","main"]')).toMatchObject({ value: { available: 9 } })
  })
})

describe('what a file refers to', () => {
  test('may come from an earlier batch, or from an earlier import', async () => {
    const store = recordingStore()
    const entries = Array.from({ length: 1_200 }, (_, index) => variant(index + 1, { stock: undefined }))
    const first = linesOf(channel, ...entries, { kind: 'stock', sku: 'SKU-1', available: 5 })
    expect(await problemsOf('json_lines', first, recordingDeps(store))).toEqual([])
    const second = linesOf({ kind: 'stock', sku: 'SKU-1200', available: 5 })
    expect(await problemsOf('json_lines', second, recordingDeps(store))).toEqual([])
  })

  test('a channel of the store may be priced in, and its zones and methods named', async () => {
    const deps = recordingDeps()
    const known = await knownChannel()
    const zone = { id: 'guest', name: 'Guests', areas: [], rates: [] }
    const facts = { ...known, taxZones: [zone] }
    const withChannel = {
      ...deps,
      catalog: { channels: async () => [known.channel], channelFacts: async () => facts },
    }
    const policy = { preset: 'some', tax: { guestZone: 'guest' } }
    expect(await problemsOf('json_lines', linesOf(variant(1)), withChannel)).toEqual([])
    expect(await problemsOf('json_lines', linesOf({ ...channel, policy }), withChannel)).toEqual([])
    expect(await problemsOf('json_lines', linesOf(variant(1)), deps)).toHaveLength(1)
  })

  test('a tax class that no zone has a rate for is a warning', async () => {
    const text = linesOf(channel, variant(1, { taxClass: 'luxury' }), variant(2, { taxClass: 'luxury' }))
    const result = await importStoreFile(recordingDeps(), fileOf('json_lines', text))
    expect(result).toMatchObject({
      ok: true,
      value: {
        warnings: [{ line: 2, path: 'taxClass', message: 'no tax zone has a rate for tax class "luxury"' }],
      },
    })
  })
})

test('a payment provider that is not there is a warning: nobody could pay by it', async () => {
  const method = { id: 'a', integerId: 1, name: 'A', providerName: 'P', provider: 'stripe', paymentKind: 'card' }
  const methods = [{ ...method, id: 'b', provider: 'manual' }, method, { ...method, id: 'c' }]
  const text = linesOf({ ...channel, paymentMethods: methods }, { kind: 'payment_method', channel: 'de', ...method })
  const result = await importStoreFile(recordingDeps(), fileOf('json_lines', text))
  const message = 'there is no payment provider "stripe", so nobody can pay by this; there are manual, sandbox'
  expect(result).toMatchObject({
    ok: true,
    value: { warnings: [{ line: 1, path: 'paymentMethods[1].provider', message }] },
  })
  expect(result.ok && result.value.warnings).toHaveLength(1)
})

describe('a large file', () => {
  test('is written in batches while it is read: never much more than one batch waits', async () => {
    let written = 0
    let waiting = 0
    const store: ImportStore = {
      ...recordingStore(),
      run: write =>
        write(
          async batch => {
            written += batch.filter(record => record.kind === 'variant').length
          },
          async skus => new Set(skus),
        ),
    }
    const file = bigFile(20_000, index => {
      waiting = Math.max(waiting, index - written)
    })
    const result = await importStoreFile(recordingDeps(store), file)
    expect(result).toMatchObject({ ok: true, value: { imported: { variant: 20_000, stock: 20_000 } } })
    expect(written).toBe(20_000)
    expect(waiting).toBeLessThanOrEqual(1_000)
  })
})

/** Facts of a channel as the store would give them. */
async function knownChannel() {
  const store = recordingStore()
  await importStoreFile(recordingDeps(store), fileOf('json_lines', linesOf(channel)))
  const [record] = store.records.values()
  if (record?.kind !== 'channel') throw new Error('the file has one channel')
  const nothing = { promotions: [], shippingMethods: [], pickupPoints: [], paymentMethods: [], sellers: [] }
  return { channel: record.value, ...nothing }
}

/** A store whose database answers what is put with that error. */
function refusingStore(error: Error): ImportStore {
  return {
    ...recordingStore(),
    run: write =>
      write(
        async () => {
          throw error
        },
        async skus => new Set(skus),
      ),
  }
}
