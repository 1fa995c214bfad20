import { expect, it } from 'vitest'
import type { ShippingMethod, TaxZone } from '../../src/core/pricing/facts.js'
import { storeCreditCode } from '../../src/core/pricing/store-credit.js'
import type { Promotion } from '../../src/core/promotions/promotion.js'
import { RecordRefused, type StoreRecord } from '../../src/storage/import-store.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { later, now, put, sampleChannel, sampleVariant } from './samples.js'

const shipping: ShippingMethod = {
  id: '1',
  integerId: 1,
  name: 'Standard',
  carrier: 'Dummy',
  position: 1,
  isActive: true,
  zones: [{ country: 'DE' }],
  prices: [{ currency: 'EUR', mode: 'gross', amount: 490n }],
}
const taxZone: TaxZone = {
  id: 'de',
  name: '#1 Germany',
  areas: [{ country: 'DE' }],
  rates: [{ id: 'r', integerId: 1, name: '19 %', rate: { micros: 190_000n }, taxClasses: ['goods'], priority: 1 }],
}
const promotion: Omit<Promotion, 'used'> = {
  id: 'p',
  integerId: 1,
  name: 'Ten percent',
  channels: ['de'],
  isActive: true,
  isExclusive: false,
  needsCoupon: true,
  conditions: [{ kind: 'subtotal', atLeast: { EUR: 10_000n, CHF: 11_500n } }],
  benefits: [{ kind: 'percent_off_lines', rate: { micros: 100_000n } }],
}

const store: readonly StoreRecord[] = [
  { kind: 'channel', value: sampleChannel() },
  { kind: 'channel', value: sampleChannel({ id: 'br', name: 'Brazil' }) },
  { kind: 'seller', value: { id: 'main', name: 'Main', regions: [], minimumOrderValue: 100n } },
  { kind: 'tax_zone', channel: 'de', value: taxZone },
  { kind: 'shipping_method', channel: 'de', value: shipping },
  {
    kind: 'payment_method',
    channel: 'de',
    value: {
      ...{ id: 'invoice', integerId: 1, name: 'Invoice', providerName: 'Dummy', provider: 'manual' },
      ...{ kind: 'invoice', position: 1, isActive: true, requiredData: [], enforcesRequiredData: false },
      installments: [{ count: 3, interestRate: { micros: 5n } }],
    },
  },
  {
    kind: 'pickup_point',
    channel: 'br',
    value: { id: '1_RJ', name: 'Rio', address: {}, sellers: [], hours: [], isActive: true, postalRanges: [] },
  },
  { kind: 'variant', value: sampleVariant({ externalIds: { wix: 'w-18' }, attributes: { Size: 'L', Color: '#fff' } }) },
  {
    kind: 'variant',
    value: sampleVariant({ sku: 'TEE-1', variantId: 19, productId: 19, productSku: 'TEE', name: 'T-shirt' }),
  },
  { kind: 'stock', value: { sku: 'MUG-1', location: 'berlin', available: 7 } },
  { kind: 'stock', value: { sku: 'MUG-1', location: 'rio', available: 5 } },
  { kind: 'promotion', value: promotion },
  { kind: 'coupon', value: { code: 'Zehn', integerId: 1, promotionId: 'p', isActive: true, endsAt: later } },
  {
    kind: 'gift_card',
    channels: ['de'],
    value: { code: 'GIFT', integerId: 1, name: 'Gift', currency: 'EUR', initial: 5000n, isActive: true },
  },
  {
    kind: 'postal_place',
    value: {
      ...{ country: 'BR', postalCode: '22250-040', place: 'Rio' },
      subdivision: 'RJ',
      subdivisionName: 'Rio de Janeiro',
    },
  },
]

async function exported(storage: OpenStorage): Promise<StoreRecord[]> {
  const records: StoreRecord[] = []
  for await (const record of storage.imports.export()) records.push(record)
  return records
}

describeOnEachDatabase('the catalog', open => {
  it('gives back what was imported, and the epoch moves once per import', async () => {
    const storage = await open()
    expect(await storage.imports.isEmpty()).toBe(true)
    await put(storage, ...store)
    expect(await storage.imports.isEmpty()).toBe(false)
    expect(await storage.catalog.epoch()).toBe(2n)
    expect(await storage.catalog.channels()).toStrictEqual([
      sampleChannel(),
      sampleChannel({ id: 'br', name: 'Brazil' }),
    ])
    expect(await storage.catalog.channelFacts('de')).toStrictEqual({
      channel: sampleChannel(),
      promotions: [{ ...promotion, used: 0 }],
      shippingMethods: [shipping],
      taxZones: [taxZone],
      pickupPoints: [],
      paymentMethods: [store[5]?.value],
      sellers: [store[2]?.value],
    })
    expect(await storage.catalog.channelFacts('nowhere')).toBeUndefined()
    expect(await storage.catalog.stock(['MUG-1', 'TEE-1'])).toEqual(new Map([['MUG-1', 12]]))
  })

  it('finds variants by each key, one statement each', async () => {
    const storage = await open()
    await put(storage, ...store)
    const mug = store[7]?.value
    const tee = store[8]?.value
    const before = storage.sql.statementCount()
    expect(await storage.catalog.variants(['MUG-1', 'gone'])).toStrictEqual([mug])
    expect(await storage.catalog.findVariants({ variantIds: [19, 18, 1.5] })).toStrictEqual([mug, tee])
    expect(await storage.catalog.findVariants({ productIds: [19] })).toStrictEqual([tee])
    expect(await storage.catalog.findVariants({ productSkus: ['MUG'] })).toStrictEqual([mug])
    const externalIds = { name: 'wix', values: ['w-18', 'w-19'] }
    expect(await storage.catalog.findVariants({ externalIds })).toStrictEqual([mug])
    expect(storage.sql.statementCount() - before).toBe(5)
    expect(await storage.catalog.variants([])).toEqual([])
  })

  it('lists what is sold in a channel, by page and by text', async () => {
    const storage = await open()
    await put(storage, ...store)
    const page = await storage.catalog.listVariants('de', { offset: 1, limit: 1 })
    expect(page).toMatchObject({ total: 2, variants: [{ sku: 'TEE-1' }] })
    const found = await storage.catalog.listVariants('de', { offset: 0, limit: 9, text: 'MUG' })
    expect(found).toMatchObject({ total: 1, variants: [{ sku: 'MUG-1' }] })
    expect(await storage.catalog.listVariants('de', { offset: 0, limit: 9, text: '%' })).toEqual({
      total: 0,
      variants: [],
    })
    expect((await storage.catalog.listVariants('br', { offset: 0, limit: 9 })).total).toBe(0)
    await put(storage, { kind: 'variant', value: sampleVariant({ isActive: false }) })
    expect((await storage.catalog.listVariants('de', { offset: 0, limit: 9 })).total).toBe(1)
  })

  it('finds codes of both kinds in any case, only where they are valid, in one statement', async () => {
    const storage = await open()
    await put(storage, ...store)
    const before = storage.sql.statementCount()
    const found = await storage.catalog.codes(['ZEHN', 'gift', 'none'], 'de')
    expect(storage.sql.statementCount() - before).toBe(1)
    const coupon = { code: 'Zehn', integerId: 1, promotionId: 'p', isActive: true, endsAt: later, used: 0 }
    const card = {
      ...{ code: 'GIFT', integerId: 1, name: 'Gift', currency: 'EUR' },
      initial: 5000n,
      isActive: true,
      balance: 5000n,
    }
    expect(found).toStrictEqual({ coupons: [coupon], giftCards: [card], storeCredit: new Map() })
    const none = { coupons: [], giftCards: [], storeCredit: new Map() }
    expect(await storage.catalog.codes(['zehn', 'gift'], 'br')).toEqual(none)
  })

  it('tells what is left of an account of store credit by its name, which is no code', async () => {
    const storage = await open()
    await put(storage, ...store)
    const account = storeCreditCode('c1', 'EUR')
    const set = { customerId: 'c1', currency: 'EUR', balance: 700n }
    expect(await storage.storeCredit.set(set, 5n, 'a')).toBe('lost')
    expect(await storage.storeCredit.set(set, 0n, 'a')).toBe('saved')
    const found = await storage.catalog.codes([account], 'de', { accounts: [account, storeCreditCode('c2', 'EUR')] })
    expect(found).toEqual({ coupons: [], giftCards: [], storeCredit: new Map([[account, 700n]]) })
    expect((await storage.catalog.codes([account], 'de')).storeCredit).toEqual(new Map())
    const exported: unknown[] = []
    for await (const record of storage.imports.export())
      if (record.kind === 'gift_card') exported.push(record.value.code)
    expect(exported).toEqual(['GIFT'])
  })

  it('finds a postal place with or without its hyphen', async () => {
    const storage = await open()
    await put(storage, ...store)
    expect(await storage.catalog.postalPlaces('BR', '22250040')).toStrictEqual([store.at(-1)?.value])
    expect(await storage.catalog.postalPlaces('BR', '22250-040')).toHaveLength(1)
    expect(await storage.catalog.postalPlaces('US', '22250040')).toEqual([])
  })
})

describeOnEachDatabase('an import', open => {
  it('exports what it imported, in an order that can be imported again', async () => {
    const storage = await open()
    await put(storage, ...store)
    const first = await exported(storage)
    expect(first).toStrictEqual([...store])
    await put(storage, ...first)
    expect(await exported(storage)).toStrictEqual(first)
  })

  it('keeps uses and balances of what is imported again, and replaces the rest', async () => {
    const storage = await open()
    await put(storage, ...store)
    await storage.sql.query('update coupons set used = 3; update promotions set used = 4'.split(';')[0] ?? '')
    await storage.sql.query('update promotions set used = 4')
    await storage.sql.query('update gift_cards set balance = 1')
    const renamed = sampleVariant({ name: 'Cup', externalIds: {} })
    await put(storage, ...store, { kind: 'variant', value: renamed })
    const { coupons, giftCards } = await storage.catalog.codes(['zehn', 'gift'], 'de')
    expect([coupons[0]?.used, giftCards[0]?.balance]).toEqual([3, 1n])
    expect((await storage.catalog.channelFacts('de'))?.promotions[0]?.used).toBe(4)
    expect(await storage.catalog.variants(['MUG-1'])).toStrictEqual([renamed])
    const externalIds = { name: 'wix', values: ['w-18'] }
    expect(await storage.catalog.findVariants({ externalIds })).toEqual([])
  })

  it('leaves nothing behind when it fails, and says which record is at fault', async () => {
    const storage = await open()
    const orphan: StoreRecord = { kind: 'stock', value: { sku: 'NONE', location: 'x', available: 1 } }
    const failure = storage.imports.run(async write => {
      await write(store)
      await write([orphan])
    })
    await expect(failure).rejects.toThrow(RecordRefused)
    await expect(failure).rejects.toMatchObject({ kind: 'stock', detail: expect.stringContaining('NONE') })
    expect(await storage.imports.isEmpty()).toBe(true)
    expect(await storage.catalog.epoch()).toBe(1n)
    const negative: StoreRecord = { kind: 'stock', value: { sku: 'MUG-1', location: 'x', available: -1 } }
    await expect(put(storage, ...store, negative)).rejects.toThrow(RecordRefused)
    const sameId: StoreRecord = { kind: 'variant', value: sampleVariant({ sku: 'OTHER' }) }
    await expect(put(storage, ...store, sameId)).rejects.toMatchObject({ kind: 'variant' })
  })

  it('brings customers who can then be found, and goes on counting after them', async () => {
    const storage = await open()
    const customer = {
      ...{ id: 'c1', integerId: 21, reference: 'DE--21', email: 'Customer@polytill.test', groups: [] },
      ...{
        acceptsMarketing: false,
        isConfirmed: true,
        addresses: [],
        customFields: {},
        createdAt: now,
        updatedAt: now,
      },
    }
    const record: StoreRecord = { kind: 'customer', value: customer, passwordHash: 'hash' }
    await put(storage, record, record)
    expect(await storage.customers.read({ email: 'customer@POLYTILL.test' })).toStrictEqual({ ...customer, version: 1 })
    expect(await storage.customers.passwordHash('c1')).toBe('hash')
    const { integerId: _, reference: _reference, ...next } = { ...customer, id: 'c2', email: 'b@x', version: 1 }
    const added = await storage.customers.insert(next, { passwordHash: 'h', referencePrefix: 'DE--' })
    expect(added).toMatchObject({ integerId: 22, reference: 'DE--22' })
  })

  it('of 10,000 variants with stock takes the same few statements per batch and finds them by page', async () => {
    const storage = await open()
    const count = 10_000
    const before = storage.sql.statementCount()
    await storage.imports.run(async write => {
      for (let first = 1; first <= count; first += 1000) {
        const numbers = Array.from({ length: 1000 }, (_, index) => first + index)
        await write(
          numbers.flatMap((id): StoreRecord[] => [
            { kind: 'variant', value: sampleVariant({ sku: `SKU-${id}`, variantId: id, productId: id }) },
            { kind: 'stock', value: { sku: `SKU-${id}`, location: 'main', available: id } },
          ]),
        )
      }
    })
    // Ten batches of three statements, the epoch, BEGIN and COMMIT.
    expect(storage.sql.statementCount() - before).toBe(33)
    expect((await storage.catalog.listVariants('de', { offset: 9_999, limit: 10 })).variants).toMatchObject([
      { variantId: count },
    ])
    expect((await storage.catalog.stock(['SKU-777'])).get('SKU-777')).toBe(777)
    let exportedCount = 0
    for await (const record of storage.imports.export()) exportedCount += record.kind === 'variant' ? 1 : 0
    expect(exportedCount).toBe(count)
  })
})
