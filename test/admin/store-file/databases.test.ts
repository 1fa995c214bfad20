import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Variant } from '../../../src/core/catalog/variant.js'
import { hashOfSecret } from '../../../src/operations/credential-secret.js'
import { exportStoreFile } from '../../../src/operations/export-store-file.js'
import { type ImportDeps, importStoreFile } from '../../../src/operations/import-store-file.js'
import type { FileFormat } from '../../../src/operations/store-file/entry.js'
import type { OpenStorage } from '../../../src/storage/open-storage.js'
import { describeOnEachDatabase } from '../../support/databases.js'
import { fileOf, linesOf, recordingDeps, shortChannel } from './recording-store.js'

const demo = await readFile(fileURLToPath(new URL('../../../demo/store.json', import.meta.url)), 'utf8')

function depsOf(storage: OpenStorage): ImportDeps {
  return { ...recordingDeps(storage.imports), catalog: storage.catalog }
}

async function imports(storage: OpenStorage, format: FileFormat, text: string): Promise<unknown> {
  const result = await importStoreFile(depsOf(storage), fileOf(format, text, 65_536))
  return result.ok ? result.value.imported : result.error.problems
}

async function exported(storage: OpenStorage, format: 'json' | 'json_lines' = 'json_lines'): Promise<string> {
  let text = ''
  for await (const part of exportStoreFile({ store: storage.imports }, format)) text += part
  return text
}

const channel = { kind: 'channel', ...shortChannel }
const variant = (id: number, changes: object = {}): object => ({
  kind: 'variant',
  sku: `SKU-${id}`,
  variantId: id,
  productId: id,
  name: `Thing ${id}`,
  prices: { de: { EUR: '12.50', JPY: '1500' } },
  stock: 3,
  ...changes,
})

async function variantOf(storage: OpenStorage, sku: string): Promise<Variant | undefined> {
  const [found] = await storage.catalog.variants([sku])
  return found
}

describeOnEachDatabase('a store file in a database', open => {
  test('the demo store is imported, and a second time changes nothing', async () => {
    const storage = await open()
    expect(await storage.imports.isEmpty()).toBe(true)
    const counts = await imports(storage, 'json', demo)
    expect(counts).toMatchObject({ channel: 5, variant: 21, stock: 21, coupon: 7, customer: 2, credential: 10 })
    expect(await storage.imports.isEmpty()).toBe(false)
    const once = await exported(storage)
    expect(await imports(storage, 'json', demo)).toEqual(counts)
    expect(await exported(storage)).toBe(once)
  })

  test.each(['json', 'json_lines'] as const)('an export as %s fills an empty database with the same', async format => {
    const first = await open()
    await imports(first, 'json', demo)
    const text = await exported(first, format)
    const lines = await exported(first)
    const second = await open()
    expect(await second.imports.isEmpty()).toBe(true)
    await imports(second, format, text)
    expect(await exported(second)).toBe(lines)
  })

  test('people and keys can be found, and are in no export', async () => {
    const storage = await open()
    await imports(storage, 'json', demo)
    const customer = await storage.customers.read({ email: 'CUSTOMER@polytill.test' })
    expect(customer).toMatchObject({ reference: 'DE--1', integerId: 1, addresses: [{}, {}, {}] })
    expect(await storage.customers.passwordHash(customer?.id ?? '')).toMatch(/^\$argon2id\$/)
    const key = await storage.credentials.read('api_key', hashOfSecret('demo-vtex-token'))
    expect(key).toMatchObject({ subject: 'demo-vtex-key', dialect: 'vtex' })
    expect(await exported(storage)).not.toMatch(
      /customer\w*@polytill\.test|second\w*@polytill\.test|demo-vtex|client-?secret|demo-bigcommerce/i,
    )
  })

  test('a fault behind the first batches leaves no row and does not move the epoch', async () => {
    const storage = await open()
    const before = await storage.catalog.epoch()
    const entries = Array.from({ length: 2_200 }, (_, index) => variant(index + 1))
    const problems = await imports(storage, 'json_lines', linesOf(channel, ...entries, variant(0)))
    expect(problems).toMatchObject([{ line: 2_202, path: 'variantId' }, {}])
    expect(await storage.imports.isEmpty()).toBe(true)
    expect(await storage.catalog.epoch()).toBe(before)
  })

  test('two variants with one number are refused with what the database says', async () => {
    const storage = await open()
    const problems = await imports(storage, 'json_lines', linesOf(channel, variant(1), variant(1, { sku: 'OTHER' })))
    expect(problems).toMatchObject([
      { line: 1, message: expect.stringMatching(/^the database refuses a variant among the 5 records.*variant_id/) },
    ])
    expect(await storage.imports.isEmpty()).toBe(true)
  })

  test('a price list changes the prices that it names and no others', async () => {
    const storage = await open()
    await imports(storage, 'json_lines', linesOf(channel, variant(1), variant(2)))
    const csv = 'sku,channel,currency,mode,amount,list\nSKU-1,de,,,9.99,12.50\nSKU-1,de,EUR,net,8.40,\n'
    expect(await imports(storage, 'csv_prices', csv)).toEqual({ price: 2 })
    const prices = (await variantOf(storage, 'SKU-1'))?.prices ?? []
    expect(new Set(prices)).toEqual(
      new Set([
        { channel: 'de', currency: 'EUR', mode: 'gross', amount: 999n, list: 1250n },
        { channel: 'de', currency: 'EUR', mode: 'net', amount: 840n },
        { channel: 'de', currency: 'JPY', mode: 'gross', amount: 1500n },
      ]),
    )
    expect((await variantOf(storage, 'SKU-2'))?.prices[0]).toMatchObject({ amount: 1250n })
  })

  test('prices and stock of variants that are not there are refused together', async () => {
    const storage = await open()
    await imports(storage, 'json_lines', linesOf(channel, variant(1)))
    const stock = 'sku,available\nSKU-1,7\nSKU-8,7\nSKU-9,7\n'
    expect(await imports(storage, 'csv_stock', stock)).toMatchObject([
      { line: 3, message: 'there is no variant "SKU-8"' },
      { line: 4, message: 'there is no variant "SKU-9"' },
    ])
    expect((await storage.catalog.stock(['SKU-1'])).get('SKU-1')).toBe(3)
    expect(await imports(storage, 'csv_stock', 'sku,available\nSKU-1,7\n')).toEqual({ stock: 1 })
    expect((await storage.catalog.stock(['SKU-1'])).get('SKU-1')).toBe(7)
  })

  test('a coupon may be added to a promotion that is there', async () => {
    const storage = await open()
    await imports(storage, 'json', demo)
    const coupon = { kind: 'coupon', code: 'ONCE-MORE', integerId: 77, promotionId: 'once', usageLimit: 1 }
    expect(await imports(storage, 'json_lines', linesOf(coupon))).toEqual({ coupon: 1 })
    const { coupons } = await storage.catalog.codes(['once-more'], 'de')
    expect(coupons).toMatchObject([{ code: 'ONCE-MORE', promotionId: 'once', used: 0 }])
  })
})
