import { expect, test } from 'vitest'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import { type Case, card, coupon, method, promotion, said, variant } from './good-entries.js'
import { fileOf, linesOf, problemsOf, recordingDeps, recordingStore, shortChannel } from './recording-store.js'

// What is well written, and can never mean anything: a slip that nobody would find before a shopper does.

const backwards = { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z' }
const shipping = (changes: object) => ({ kind: 'shipping_method', channel: 'de', ...method, ...changes })
const point = (changes: object) => ({
  kind: 'pickup_point',
  channel: 'de',
  id: 'p',
  name: 'P',
  address: { country: 'DE' },
  ...changes,
})
const origins = (...allowedOrigins: string[]) => ({ kind: 'channel', ...shortChannel, allowedOrigins })
const notAnOrigin = (index: number) =>
  `allowedOrigins[${index}] must be an origin such as "https://shop.example" (no path, nothing behind the host but a port), "http://localhost:*" or "*"`

const cases: readonly Case[] = [
  [
    'a nested coupon that ends before it starts',
    { ...promotion, coupons: [coupon, { ...coupon, code: 'ELEVEN', ...backwards }] },
    'coupons[1].endsAt must be after startsAt',
  ],
  [
    'a gift card that is over before it starts',
    { ...card, startsAt: '2026-02-01T00:00:00Z', expiresAt: '2026-02-01T01:00:00+01:00' },
    'expiresAt must be after startsAt',
  ],
  [
    'a delivery window that ends before it starts',
    shipping({ deliveryWindows: [{ start: '2027-01-02T10:00:00Z', end: '2027-01-02T08:00:00Z', price: '0' }] }),
    'deliveryWindows[0].end must be after start',
  ],
  [
    'postal codes of a zone from high to low',
    shipping({ zones: [{ area: 'DE', postalFrom: '20000', postalTo: '10000' }] }),
    'zones[0].postalTo must not come before postalFrom',
  ],
  [
    'postal codes of a pickup point from high to low',
    point({
      postalRanges: [
        { from: '1', to: '2' },
        { from: 'B', to: 'A' },
      ],
    }),
    'postalRanges[1].to must not come before from',
  ],
  [
    'postal codes of a seller from high to low',
    { kind: 'seller', id: 's', name: 'S', regions: [{ country: 'DE', postalFrom: '9', postalTo: '1' }] },
    'regions[0].postalTo must not come before postalFrom',
  ],
  [
    'more pieces at least than at most',
    { ...variant, minQuantity: 5, maxQuantity: 2 },
    'maxQuantity must not be below minQuantity',
  ],
  [
    'more off than there is',
    { ...promotion, benefits: [{ kind: 'percent_off_order', rate: '1000' }] },
    'benefits[0].rate must be from 0 to 100 percent',
  ],
  [
    'a condition on unknown shipping',
    { ...promotion, conditions: [{ kind: 'shipping_option', options: ['none'] }] },
    'conditions[0].options[0] there is no shipping method "none" in channel "de"',
  ],
  ['an origin with a slash at its end', origins('https://shop.example', 'https://shop.example/'), notAnOrigin(1)],
  ['an origin without a scheme', origins('shop.example'), notAnOrigin(0)],
  ['an origin in upper case', origins('https://Shop.example'), notAnOrigin(0)],
  ['any port of a host elsewhere', origins('https://shop.example:*'), notAnOrigin(0)],
]

for (const [title, entry, ...expected] of cases) {
  test(title, async () => {
    expect(await said(entry)).toEqual(expected)
  })
}

test('a coupon by itself that ends before it starts', async () => {
  expect(await said({ ...promotion, coupons: [coupon] })).toEqual([])
  const text = [
    { kind: 'channel', ...shortChannel },
    promotion,
    { kind: 'coupon', ...coupon, promotionId: 'ten', ...backwards },
  ]
  const problems = await problemsOf('json_lines', text.map(each => JSON.stringify(each)).join('\n'))
  expect(problems.map(problem => problem.replace(/:\d+ /, ' '))).toEqual(['3 endsAt must be after startsAt'])
})

async function withChannel() {
  const store = recordingStore()
  const deps = recordingDeps(store)
  await importStoreFile(deps, fileOf('json_lines', linesOf({ kind: 'channel', ...shortChannel })))
  const channels = [...store.records.values()].flatMap(record => (record.kind === 'channel' ? [record.value] : []))
  return { deps: { ...deps, catalog: { channels: async () => channels, channelFacts: async () => undefined } } }
}

test('what only looks odd is taken', async () => {
  const open: readonly Readonly<Record<string, unknown>>[] = [
    origins('*', 'https://shop.example:8443', 'http://localhost:*', 'http://[::1]:3000', 'http://127.0.0.1:*'),
    shipping({ zones: [{ area: 'DE', postalFrom: '10 115', postalTo: '10115' }] }),
    shipping({ zones: [{ area: 'DE', postalFrom: '10', postalTo: '1099' }] }),
    { ...variant, minQuantity: 2, maxQuantity: 2 },
    { ...promotion, benefits: [{ kind: 'percent_off_order', rate: '100' }] },
  ]
  for (const entry of open) expect(await said(entry), JSON.stringify(entry)).toEqual([])
})

test('a row with a list price alone lacks the column of the price', async () => {
  const text = 'sku,name,variantId,productId,list:de,list:de:JPY\nA,A,1,1,9.00,900\n'
  const channel = JSON.stringify({ kind: 'channel', ...shortChannel })
  expect(await problemsOf('json_lines', channel)).toEqual([])
  expect(await problemsOf('csv_products', text)).toEqual(['2:1 price:de is missing', '2:1 price:de:JPY is missing'])
})

test('a head whose cells are divided by other signs says so', async () => {
  const hint = 'is not a column of this file: cells are separated by commas'
  expect((await problemsOf('csv_stock', 'sku;available\nA;1\n'))[0]).toBe(`1:1 sku;available ${hint}`)
  expect((await problemsOf('csv_stock', 'sku\tavailable\nA\t1\n'))[0]).toBe(`1:1 sku\tavailable ${hint}`)
})

test('one price in two columns, or under the own currency and none, is refused', async () => {
  const twice = 'sku,name,variantId,productId,price:de,price:de:EUR\nA,A,1,1,9.00,8.00\n'
  const { deps } = await withChannel()
  expect(await problemsOf('csv_products', twice, deps)).toEqual(['2:6 price:de:EUR is a second gross price in EUR'])
})
