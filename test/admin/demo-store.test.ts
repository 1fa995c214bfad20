import { access, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Price, Variant } from '../../src/core/catalog/variant.js'
import { toDecimal } from '../../src/core/money.js'
import { presets } from '../../src/core/pricing/presets.js'
import { hashOfSecret } from '../../src/operations/credential-secret.js'
import { importStoreFile } from '../../src/operations/import-store-file.js'
import type { StoreRecord } from '../../src/storage/import-store.js'
import { fileOf, recordingDeps, recordingStore } from './store-file/recording-store.js'

const root = fileURLToPath(new URL('../../demo/', import.meta.url))
const channels = ['de', 'br', 'us', 'us-spree', 'us-wix']

type Kind = StoreRecord['kind']
let records: readonly StoreRecord[] = []

function all<K extends Kind>(kind: K): readonly Extract<StoreRecord, { kind: K }>[] {
  return records.filter((record): record is Extract<StoreRecord, { kind: K }> => record.kind === kind)
}

function variantOf(sku: string): Variant {
  const found = all('variant').find(({ value }) => value.sku === sku)
  if (found === undefined) throw new Error(`no variant ${sku}`)
  return found.value
}

/** `de EUR 12.50`, with the list price behind a slash. */
function priceText({ channel, currency, amount, list }: Price): string {
  const listed = list === undefined ? '' : ` / ${toDecimal(list, currency)}`
  return `${channel} ${currency} ${toDecimal(amount, currency)}${listed}`
}

beforeAll(async () => {
  const store = recordingStore()
  const file = fileOf('json', await readFile(`${root}store.json`, 'utf8'), 65_536)
  const result = await importStoreFile(recordingDeps(store), file)
  expect(result).toMatchObject({ ok: true, value: { warnings: [] } })
  records = [...store.records.values()]
})

describe('goods', () => {
  const goods: readonly (readonly [
    sku: string,
    ids: string,
    taxClass: string,
    stock: number,
    prices: readonly string[],
  ])[] = [
    ['136_24425591', '136/1361', 'standard', 1000, ['de EUR 332.65', 'de CHF 382.55']],
    ['005_30663301', '5/51', 'standard', 1000, ['de EUR 70.00', 'de CHF 80.50']],
    ['155_30149933', '155/1551', 'standard', 1000, ['de EUR 80.05', 'de CHF 92.06']],
    ['012_25904598', '12/121', 'standard', 1000, ['de EUR 366.00', 'de CHF 420.90']],
    [
      'MUG-1',
      '18/18',
      'exempt',
      1000,
      ['de EUR 12.50', 'br BRL 12.50 / 15.00', 'us USD 12.50', 'us-spree USD 12.50', 'us-wix USD 12.50'],
    ],
    [
      'TEE-1',
      '19/19',
      'exempt',
      1000,
      ['de EUR 40.00', 'br BRL 40.00', 'us USD 40.00', 'us-spree USD 40.00', 'us-wix USD 40.00'],
    ],
    ['BREWER', '86/66', 'taxable', 1000, ['us USD 225.00']],
    ['COFFEEMAKER', '88/67', 'taxable', 1000, ['us USD 49.50']],
    ['BASKET', '97/69', 'taxable', 1000, ['us USD 119.95']],
    ['JOURNAL-PDF', '189/360', 'taxable', 1000, ['us USD 18.95']],
    ['ROR-00011', '1/1', 'Clothing', 1000, ['us-spree USD 15.99']],
    ['ROR-10012', '2/2', 'Clothing', 1000, ['us-spree USD 22.99']],
    ['ROR-MUG', '3/3', '', 1000, ['us-spree USD 13.99']],
    ['SHIRT', '301/3011', '', 1000, ['us-wix USD 10.00']],
    ['SHOE', '302/3021', '', 30, ['us-wix USD 85.00']],
    ['COFFEE-MONTHLY', '303/3031', '', 1000, ['us-wix USD 20.00']],
    [
      'LAST-ONE',
      '900/900',
      'exempt',
      1,
      ['de EUR 9.00', 'br BRL 9.00', 'us USD 9.00', 'us-spree USD 9.00', 'us-wix USD 9.00'],
    ],
    [
      'TWENTY',
      '901/901',
      'exempt',
      20,
      ['de EUR 5.00', 'br BRL 5.00', 'us USD 5.00', 'us-spree USD 5.00', 'us-wix USD 5.00'],
    ],
    ['TEA-BLACK', '911/911', 'exempt', 1000, ['br BRL 8.00']],
    ['TEA-GREEN', '912/912', 'exempt', 1000, ['br BRL 9.00']],
    ['TEA-SET', '910/910', 'exempt', 1000, ['br BRL 60.00']],
  ]

  test.each(goods)('%s has its ids, tax class, stock and prices', (sku, ids, taxClass, stock, prices) => {
    const variant = variantOf(sku)
    expect(`${variant.productId}/${variant.variantId}`).toBe(ids)
    expect(variant.taxClass).toBe(taxClass)
    expect(variant.prices.map(priceText)).toEqual(prices)
    expect(all('stock').filter(({ value }) => value.sku === sku)).toMatchObject([{ value: { available: stock } }])
  })

  test('there are no others', () => {
    expect(all('variant').map(({ value }) => value.sku)).toEqual(goods.map(([sku]) => sku))
  })

  test('the warranty and the gift wrapping of two goods have their prices and the full tax class', () => {
    const expected = [
      ['OP_1_year_waranty', 'de EUR 0.00', 'de CHF 0.00'],
      ['OP_2_year_waranty', 'de EUR 10.00', 'de CHF 12.00'],
      ['OP_3_year_waranty', 'de EUR 20.00', 'de CHF 23.00'],
      ['OP_insurance', 'de EUR 100.00', 'de CHF 120.00'],
      ['OP_gift_wrapping', 'de EUR 5.00', 'de CHF 6.00'],
    ]
    for (const sku of ['136_24425591', '012_25904598']) {
      const { optionGroups } = variantOf(sku)
      const options = optionGroups.flatMap(group => group.options)
      expect(options.map(option => [option.sku, ...option.prices.map(priceText)])).toEqual(expected)
      expect(options.every(option => option.taxClass === 'standard')).toBe(true)
      expect(optionGroups[0]).toMatchObject({ name: 'Warranty', options: { length: 4 } })
    }
  })

  test('external ids name the goods of one channel without doubt', () => {
    const inWix = all('variant').filter(({ value }) => value.prices.some(price => price.channel === 'us-wix'))
    const ids = inWix.map(({ value }) => [value.sku, value.externalIds.wixCatalogItemId])
    const prefix = '7d3c0c3e-0001-4a6b-9b61-'
    expect(Object.fromEntries(ids)).toEqual({
      'MUG-1': `${prefix}000000000018`,
      'TEE-1': `${prefix}000000000019`,
      SHIRT: `${prefix}000000000001`,
      SHOE: `${prefix}000000000002`,
      'COFFEE-MONTHLY': `${prefix}000000000303`,
      'LAST-ONE': `${prefix}000000000900`,
      TWENTY: `${prefix}000000000901`,
    })
    const everywhere = all('variant').flatMap(({ value }) => Object.values(value.externalIds))
    expect(new Set(everywhere).size).toBe(everywhere.length)
  })

  test('kinds, colors and subscriptions are as sold', () => {
    expect(variantOf('JOURNAL-PDF').kind).toBe('digital')
    expect(variantOf('BREWER').kind).toBe('physical')
    expect(variantOf('SHOE').attributes).toEqual({ Color: 'Brown' })
    expect(variantOf('COFFEE-MONTHLY').subscriptionOptions).toMatchObject([{ frequency: 'month', interval: 1 }])
    expect(variantOf('COFFEE-MONTHLY').subscriptionOptions[0]).not.toHaveProperty('cycles')
  })

  test('the tea set is put together from tins of tea, takes a name, and is wrapped with a card', () => {
    const { componentGroups, attachments, optionGroups } = variantOf('TEA-SET')
    expect(componentGroups).toMatchObject([
      { name: 'Tea', minQuantity: 1, maxQuantity: 2, components: [{ sku: 'TEA-BLACK' }, { sku: 'TEA-GREEN' }] },
    ])
    expect(attachments).toMatchObject([{ name: 'Name', isRequired: false }])
    expect(optionGroups).toMatchObject([{ options: [{ sku: 'GIFT-WRAPPING', attachments: [{ name: 'Card' }] }] }])
  })

  test('every good has its picture', async () => {
    for (const { value } of all('variant')) {
      expect(value.imageUrl).toMatch(/^\/demo\/images\/[a-z0-9-]+\.svg$/)
      await access(`${root}${(value.imageUrl ?? '').replace('/demo/', '')}`)
    }
  })
})

describe('channels', () => {
  test('each has its money, numbers and policy', () => {
    const found = all('channel').map(({ value }) => [value.id, value.currency, value.priceMode, value.orderNumbers])
    expect(found).toEqual([
      ['de', 'EUR', 'gross', { prefix: 'DE--', kind: 'counting', first: 1, groupSuffix: false }],
      ['br', 'BRL', 'net', { prefix: '', kind: 'random_digits', first: 1, digits: 13, groupSuffix: true }],
      ['us', 'USD', 'net', { prefix: '', kind: 'counting', first: 100, groupSuffix: false }],
      ['us-spree', 'USD', 'net', { prefix: '', kind: 'cart_number', first: 1, digits: 9, groupSuffix: false }],
      ['us-wix', 'USD', 'net', { prefix: '', kind: 'counting', first: 10001, groupSuffix: false }],
    ])
  })

  test('each computes as its preset does', () => {
    const { grossCarried, unitMultiplierZeroTax, netPerRate, netPerLine, netPerLineStacked } = presets
    const expected = [grossCarried, unitMultiplierZeroTax, netPerRate, netPerLine, netPerLineStacked]
    expect(all('channel').map(({ value }) => value.policy)).toEqual(expected)
  })

  test('the German one sells in two currencies and locales, up to its hard maximum', () => {
    expect(all('channel')[0]?.value).toMatchObject({
      currencies: ['EUR', 'CHF'],
      locale: 'en_US',
      locales: ['en_US', 'de_DE'],
      thresholds: [{ kind: 'hard_maximum', currency: 'EUR', amount: 1_000_000n }, { currency: 'CHF' }],
    })
  })

  test('each knows the five countries', () => {
    for (const { value } of all('channel')) {
      expect(value.countries).toEqual(expect.arrayContaining(['US', 'CA', 'DE', 'FR', 'BR']))
    }
  })

  test('only one keeps no addresses of strangers', () => {
    const careful = all('channel').filter(({ value }) => !value.storesAnonymousAddresses)
    expect(careful.map(({ value }) => value.id)).toEqual(['us-wix'])
  })

  test('tax is as told', () => {
    const zones = all('tax_zone').map(({ channel, value }) => [
      channel,
      value.id,
      value.areas.map(({ country, subdivision = '' }) => country + subdivision).join(' '),
      value.rates.map(({ rate, taxClasses }) => `${rate.micros} ${taxClasses.join()}`).join('; '),
    ])
    expect(zones).toEqual([
      ['de', 'de-standard', 'DE AT CH FR US CA BR', '190000 standard; 0 exempt'],
      ['us', 'us-tx', 'USTX', '82500 taxable'],
      ['us', 'guest', '', '100000 taxable'],
      ['us-spree', 'north-america', 'US CA', '50000 Clothing'],
    ])
    expect(all('channel').find(({ value }) => value.id === 'us')?.value.policy.tax.guestZone).toBe('guest')
  })

  test('shipping is as told', () => {
    const methods = all('shipping_method').map(({ channel, value }) => [
      channel,
      value.integerId,
      value.name,
      value.prices.map(({ currency, amount }) => `${currency} ${toDecimal(amount, currency)}`).join(', '),
      value.taxClass,
    ])
    expect(methods).toEqual([
      ['de', 1, 'Standard', 'EUR 4.90, CHF 5.60', 'standard'],
      ['de', 2, 'Express', 'EUR 5.90, CHF 6.80', 'standard'],
      ['de', 3, 'Air Standard', 'EUR 5.00, CHF 5.80', 'standard'],
      ['de', 4, 'Air Sonic', 'EUR 10.00, CHF 12.00', 'standard'],
      ['de', 5, 'Air Light', 'EUR 15.00, CHF 17.00', 'standard'],
      ['br', 11, 'Normal', 'BRL 7.00', undefined],
      ['br', 12, 'Retirada na loja', 'BRL 0.00', undefined],
      ['us', 21, 'Ship by Weight', 'USD 8.00', 'taxable'],
      ['us', 22, 'Flat Rate', 'USD 10.00', 'taxable'],
      ['us-spree', 31, 'UPS Ground', 'USD 5.00', undefined],
      ['us-spree', 32, 'UPS Two Day', 'USD 10.00', undefined],
      ['us-spree', 33, 'UPS One Day', 'USD 15.00', undefined],
      ['us-wix', 41, 'Standard US Shipping', 'USD 10.00', undefined],
    ])
    expect(all('shipping_method').find(({ value }) => value.id === 'Normal')?.value).toMatchObject({
      deliveryDays: 3,
      daysAreBusinessDays: true,
      zones: [{ country: 'BR', postalFrom: '20000000', postalTo: '28999999' }],
    })
    expect(all('pickup_point')).toMatchObject([
      { channel: 'br', value: { id: '1_RJ01', address: { postalCode: '22250040' } } },
    ])
  })

  test('each can be paid by hand and through the sandbox', () => {
    for (const id of channels) {
      const providers = all('payment_method').flatMap(({ channel, value }) => (channel === id ? [value.provider] : []))
      expect(new Set(providers)).toEqual(new Set(['manual', 'sandbox']))
    }
    const named = all('payment_method').map(({ channel, value }) => `${channel}: ${value.providerName} ${value.name}`)
    expect(named).toEqual(
      expect.arrayContaining([
        'de: DummyPayment invoice',
        'de: DummyPayment credit card',
        'de: Nopayment paid',
        'us-spree: gateway Credit Card',
        'us-spree: check Check',
        'br: creditCardPaymentGroup Visa',
      ]),
    )
    expect(all('payment_method').find(({ value }) => value.name === 'Visa')?.value.integerId).toBe(2)
  })
})

describe('promotions, codes, people and keys', () => {
  test('codes lead to their promotions', () => {
    const promotions = new Map(all('promotion').map(({ value }) => [value.id, value]))
    const codes = all('coupon').map(({ value }) => {
      const promotion = promotions.get(value.promotionId)
      return [value.code, value.usageLimit, promotion?.channels, promotion?.benefits, promotion?.needsCoupon]
    })
    const five = { EUR: 500n, CHF: 500n, BRL: 500n, USD: 500n }
    expect(codes).toEqual([
      ['SUMMERSALE10', undefined, ['us-wix'], [{ kind: 'amount_off_order', amount: { USD: 1000n } }], true],
      ['SAVE20', undefined, ['us'], [{ kind: 'percent_off_lines', rate: { micros: 200_000n } }], true],
      ['FREESHIP', undefined, ['us'], [{ kind: 'free_shipping_option', name: 'Free Shipping' }], true],
      ['10off', undefined, ['us-spree'], [{ kind: 'percent_off_lines', rate: { micros: 100_000n } }], true],
      ['DEZ', undefined, ['br'], [{ kind: 'percent_off_lines', rate: { micros: 100_000n } }], true],
      ['ONCE', 1, channels, [{ kind: 'amount_off_order', amount: five }], true],
      ['BRINDE', undefined, ['br'], [{ kind: 'gift_choice', skus: ['TEA-BLACK', 'TEA-GREEN'], quantity: 1 }], true],
    ])
    expect(promotions.get('dez')?.competesIn).toBe(promotions.get('once')?.competesIn)
    expect(promotions.get('dez')?.competesIn).toBeDefined()
  })

  test('the two automatic promotions of the German channel have thresholds in both currencies', () => {
    const automatic = all('promotion').filter(({ value }) => !value.needsCoupon)
    expect(automatic.map(({ value }) => [value.name, value.channels, value.conditions, value.benefits])).toEqual([
      [
        '10% Discount for all orders above',
        ['de'],
        [{ kind: 'subtotal', atLeast: { EUR: 10_000n, CHF: 11_500n } }],
        [{ kind: 'percent_off_lines', rate: { micros: 100_000n } }],
      ],
      [
        'Free standard delivery',
        ['de'],
        [{ kind: 'subtotal', atLeast: { EUR: 3_000n, CHF: 3_500n } }],
        [{ kind: 'percent_off_shipping', rate: { micros: 1_000_000n }, options: ['standard'] }],
      ],
    ])
  })

  test('the gift card pays everywhere', () => {
    expect(all('gift_card')).toMatchObject([{ channels, value: { code: 'GIFT50DEMO', initial: 5_000n, currency: '' } }])
  })

  test('the customers can sign in, and the first has her addresses and papers', () => {
    const people = all('customer').map(({ value, passwordHash }) => [value.reference, value.email, passwordHash])
    expect(people).toEqual([
      ['DE--1', 'customer@polytill.test', `$argon2id$${'change123'.length}`],
      ['DE--2', 'second@polytill.test', `$argon2id$${'change123'.length}`],
    ])
    const first = all('customer')[0]?.value
    expect(first?.addresses.map(address => address.country)).toEqual(['DE', 'US', 'BR'])
    expect(first).toMatchObject({ phone: expect.stringMatching(/^\+55/), documentType: 'cpf' })
    expect(isCpf(first?.document ?? '')).toBe(true)
  })

  test('keys are found by the hash of their secret, and the reader may only read', () => {
    const bySecret = new Map(all('credential').map(({ value }) => [value.secretHash, value]))
    const named = ['demo-vtex-token', 'demo-bigcommerce-token', 'demo-spree-key', 'demo-wix-key', 'demo-wix-reader']
    for (const secret of named) expect(bySecret.get(hashOfSecret(secret))?.kind).toBe('api_key')
    expect(bySecret.get(hashOfSecret('demo-wix-reader'))?.permissions).toEqual(['carts:read'])
    expect(bySecret.has(hashOfSecret('c0ffee00-0001-4a6b-9b61-000000000001'))).toBe(true)
  })

  test('the postal directory has its four places', () => {
    const places = all('postal_place').map(({ value }) => `${value.country} ${value.postalCode} ${value.place}`)
    expect(places).toEqual(['BR 22250040 Rio de Janeiro', 'US 10011 New York', 'US 78701 Austin', 'DE 10115 Berlin'])
  })
})

/** Check digits of a Brazilian tax number: two, each over the digits before it. */
function isCpf(document: string): boolean {
  if (!/^\d{11}$/.test(document)) return false
  return [9, 10].every(length => {
    const sum = [...document.slice(0, length)].reduce(
      (total, digit, at) => total + Number(digit) * (length + 1 - at),
      0,
    )
    return ((sum * 10) % 11) % 10 === Number(document[length])
  })
}
