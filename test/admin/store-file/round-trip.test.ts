import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { exportStoreFile } from '../../../src/operations/export-store-file.js'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import type { StoreRecord } from '../../../src/storage/import-store.js'
import { fileOf, linesOf, recordingDeps, recordingStore, shortChannel } from './recording-store.js'

const demoFile = fileURLToPath(new URL('../../../demo/store.json', import.meta.url))

async function imported(format: 'json' | 'json_lines', text: string): Promise<ReadonlyMap<string, StoreRecord>> {
  const store = recordingStore()
  const result = await importStoreFile(recordingDeps(store), fileOf(format, text, 65_536))
  expect(result).toMatchObject({ ok: true })
  return store.records
}

async function exported(records: ReadonlyMap<string, StoreRecord>, format: 'json' | 'json_lines'): Promise<string> {
  const store = {
    async *export() {
      yield* records.values()
    },
  }
  let text = ''
  for await (const part of exportStoreFile({ store }, format)) text += part
  return text
}

/** One of every kind with every field that a file may have, in currencies of 0, 2 and 3 digits. */
const everything = linesOf(
  {
    kind: 'seller',
    id: '7',
    name: 'Seven',
    logoUrl: '/7.svg',
    minimumOrderMinor: 500,
    regions: [{ country: 'BR', postalFrom: '1', postalTo: '2' }],
  },
  {
    kind: 'channel',
    ...shortChannel,
    currencies: ['EUR', 'JPY', 'KWD'],
    countries: ['DE', 'KW'],
    policy: {
      preset: 'some',
      rounding: 'half_even',
      shippingOrder: 'price',
      discounts: { levels: 'together' },
      tax: { guestZone: 'guest', storeZone: 'guest', unmatchedZone: 'guest', defaultCountry: 'DE' },
    },
    orderNumbers: { prefix: 'X-', kind: 'random_digits', first: 5, digits: 9, groupSuffix: true },
    thresholds: [
      { kind: 'soft_minimum_flexible', currency: 'KWD', amount: '1.005', fee: '2.5', message: 'm' },
      { kind: 'soft_minimum_fixed', currency: 'JPY', amount: '100', fee: '7', message: '' },
      { kind: 'hard_minimum', amount: '0.01', message: 'm' },
    ],
    urls: { home: 'https://example.com/' },
    allowedOrigins: ['https://example.com'],
    settings: { any: { deep: [1, null, 'x', { y: true }] } },
  },
  {
    kind: 'tax_zone',
    channel: 'de',
    id: 'guest',
    name: 'Guests',
    areas: ['DE', 'US-TX'],
    rates: [
      { id: 'r', integerId: 1, name: 'R', rate: '8.2575', taxClasses: ['a', 'b'], priority: 2, isIncluded: true },
    ],
  },
  {
    kind: 'pickup_point',
    channel: 'de',
    id: 'p',
    name: 'P',
    address: { line1: 'L', country: 'DE', longitude: 13.4, latitude: 52.5, customFields: { floor: '2' } },
    sellers: ['7'],
    hours: [{ day: 0, opens: '08:30', closes: '23:59' }],
    instructions: 'Ring twice.',
    isActive: false,
    postalRanges: [{ from: '10000', to: '19999' }],
  },
  {
    kind: 'shipping_method',
    channel: 'de',
    id: 's',
    integerId: 2,
    name: 'S',
    description: 'D',
    carrier: 'C',
    carrierId: 'c',
    position: 3,
    taxClass: 'a',
    isActive: false,
    zones: ['DE', 'US-TX', { area: 'BR', postalFrom: '1', postalTo: '2' }, { postalFrom: 'A', postalTo: 'B' }, {}],
    deliveryDays: 0,
    daysAreBusinessDays: false,
    pickupPointIds: ['p'],
    shippingCategories: ['big'],
    deliveryWindows: [{ start: '2026-12-01T08:00:00Z', end: '2026-12-01T10:00:00+01:00', price: '1.50' }],
    prices: { EUR: [{ amount: '4.90' }, { amount: '4.12', mode: 'net' }], JPY: 500, KWD: '0.005' },
  },
  {
    kind: 'payment_method',
    channel: 'de',
    id: 'm',
    integerId: 1,
    name: 'M',
    providerName: 'P',
    provider: 'sandbox',
    paymentKind: 'card',
    position: 1,
    isActive: false,
    requiredData: ['a.b'],
    enforcesRequiredData: true,
    installments: [{ count: 2, interestRate: '1.32' }],
    instructions: 'I',
    storedCards: { requiresSecurityCode: true },
  },
  { kind: 'variant', sku: 'B', variantId: 12, productId: 2, name: 'B' },
  {
    kind: 'variant',
    sku: 'A',
    variantId: 11,
    productId: 1,
    productSku: 'abstract',
    externalIds: { erp: '1' },
    name: 'A',
    variantName: 'V',
    description: 'D "quoted"\n',
    brand: 'B',
    imageUrl: '/a.svg',
    url: '/a',
    itemKind: 'digital',
    taxClass: 'a',
    categories: ['c'],
    seller: '7',
    isActive: false,
    unitMultiplier: '0.3',
    measurementUnit: 'kg',
    minQuantity: 2,
    maxQuantity: 9,
    weightGrams: 1,
    shippingCategory: 'big',
    attributes: { Color: 'Brown' },
    optionGroups: [
      {
        name: 'G',
        options: [
          {
            sku: 'O',
            name: 'O',
            taxClass: 'b',
            prices: { de: { KWD: '1.234' } },
            attachments: [{ name: 'card', fields: { text: { maxLength: 9 } } }],
          },
        ],
      },
    ],
    componentGroups: [
      { name: 'Parts', minQuantity: 1, maxQuantity: 3, components: [{ sku: 'B', maxQuantity: 2, initialQuantity: 1 }] },
    ],
    subscriptionOptions: [{ optionId: 'o', title: 'T', frequency: 'week', interval: 2, cycles: 3, trialDays: 7 }],
    attachments: [{ name: 'engraving', isRequired: true, fields: { text: { maxLength: 20, values: ['x'] } } }],
    prices: {
      de: {
        EUR: [
          { amount: '12.50', list: '15' },
          { amount: 10.5, mode: 'net' },
        ],
        JPY: '1500',
      },
    },
    data: { any: [1] },
    stock: { main: 3, north: 0 },
  },
  { kind: 'price', sku: 'A', channel: 'de', currency: 'KWD', mode: 'net', amount: '0.005', list: '0.010' },
  {
    kind: 'promotion',
    id: 'all',
    integerId: 1,
    name: 'All',
    description: 'D',
    channels: ['de'],
    isActive: false,
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2026-12-31T23:59:59.999Z',
    priority: -1,
    isExclusive: true,
    competesIn: 'g',
    conditions: [
      { kind: 'subtotal', atLeast: { EUR: '100', JPY: 1000 }, atMost: { KWD: '1.005' } },
      { kind: 'quantity', atLeast: 2, of: { skus: ['A'], categories: ['c'], taxClasses: ['a'] } },
      { kind: 'products', skus: ['A'] },
      { kind: 'categories', categories: ['c'] },
      { kind: 'customer_group', groups: ['g'] },
      { kind: 'shipping_option', options: ['s'] },
      { kind: 'payment_method', methods: ['m'], installments: 2 },
      { kind: 'marketing', field: 'campaign', values: ['spring'] },
      { kind: 'weekdays', days: [1, 7] },
      { kind: 'first_order' },
      { kind: 'currency', currencies: ['EUR'] },
      { kind: 'country', countries: ['DE'] },
    ],
    benefits: [
      { kind: 'percent_off_lines', rate: '33.3333', of: { skus: ['A'] } },
      { kind: 'amount_off_lines', amount: { EUR: '1' } },
      { kind: 'percent_off_order', rate: 10 },
      { kind: 'amount_off_order', amount: { EUR: '1', JPY: '1', KWD: '0.001' } },
      { kind: 'percent_off_shipping', rate: '100', options: ['s'] },
      { kind: 'amount_off_shipping', amount: { EUR: '1' } },
      { kind: 'free_shipping_option', name: 'Free' },
      { kind: 'fixed_price', price: { EUR: '9.99' }, of: { categories: ['c'] } },
      { kind: 'buy_x_get_y', buy: 2, get: 1, rate: '50', getOf: { skus: ['A'] } },
      { kind: 'free_gift', sku: 'A', quantity: 1 },
      { kind: 'gift_choice', skus: ['A'], quantity: 2 },
      { kind: 'tiers', by: 'quantity', tiers: [{ from: 3, rate: '5' }] },
      { kind: 'tiers', by: 'subtotal', tiers: [{ from: { EUR: '50.00', JPY: '5000' }, rate: '0.5' }] },
    ],
    usageLimit: 10,
    usageLimitPerCustomer: 1,
    coupons: [
      {
        code: 'Ten',
        integerId: 1,
        isActive: false,
        startsAt: '2026-01-01T00:00:00Z',
        endsAt: '2026-02-01T00:00:00Z',
        usageLimit: 1,
        usageLimitPerCustomer: 1,
      },
    ],
  },
  {
    kind: 'gift_card',
    code: 'G1',
    integerId: 1,
    name: 'G',
    channels: ['de'],
    amount: '50',
    isActive: false,
    expiresAt: '2027-01-01T00:00:00Z',
  },
  { kind: 'gift_card', code: 'G2', integerId: 2, name: 'G', channels: ['de'], currency: 'KWD', amount: '1.005' },
  {
    kind: 'customer',
    id: 'C0FFEE00-0003-4A6B-9B61-000000000001',
    integerId: 1,
    reference: 'DE--1',
    email: 'A@x.test',
    passwordHash: '$argon2id$v',
    firstName: 'A',
    dateOfBirth: '1990-12-31',
    groups: ['g'],
    acceptsMarketing: true,
    isConfirmed: false,
    addresses: [{ integerId: 1, country: 'DE', isDefaultBilling: true }],
    customFields: { a: 'b' },
  },
  {
    kind: 'credential',
    subject: 's',
    secret: 'long enough',
    dialect: 'd',
    permissions: ['carts:read'],
    data: { a: 1 },
    expiresAt: '2027-01-01T00:00:00Z',
  },
  {
    kind: 'postal_place',
    country: 'DE',
    postalCode: '10115',
    place: 'Berlin',
    subdivision: 'BE',
    subdivisionName: 'Berlin',
    district: 'Mitte',
    street: 'S',
    latitude: 52.5,
    longitude: 13.4,
  },
)

describe.each([
  ['the demo store', async () => imported('json', await readFile(demoFile, 'utf8'))],
  ['an entry of every kind with every field', async () => imported('json_lines', everything)],
] as const)('%s', (_, read) => {
  test.each(['json', 'json_lines'] as const)('comes back the same through an export as %s', async format => {
    const records = await read()
    const text = await exported(records, format)
    expect([...(await imported(format, text))].sort()).toEqual([...records].sort())
  })
})

test('every kind is among the entries that are tested', async () => {
  const { entryKinds } = await import('../../../src/operations/store-file/kinds.js')
  const kinds = new Set([...(await imported('json_lines', everything)).values()].map(record => record.kind))
  expect([...kinds].sort()).toEqual([...entryKinds].sort())
})

test('an export writes money in major units with all digits', async () => {
  const text = await exported(await imported('json_lines', everything), 'json_lines')
  expect(text).toContain('"JPY":{"amount":"500","mode":"gross"}')
  expect(text).toContain('"KWD":{"amount":"0.005","mode":"gross"}')
  expect(text).toContain('"rate":"33.3333"')
})
