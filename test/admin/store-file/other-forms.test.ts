import { expect, test } from 'vitest'
import {
  type Case,
  card,
  coupon,
  credential,
  customer,
  method,
  payment,
  place,
  promotion,
  rate,
  said,
  variant,
  zone,
} from './good-entries.js'
import { linesOf, problemsOf, shortChannel } from './recording-store.js'

const cases: readonly Case[] = [
  ['stock of an unknown variant', { kind: 'stock', sku: 'B', available: 1 }, 'sku there is no variant "B"'],
  [
    'a price of an unknown variant',
    { kind: 'price', sku: 'B', channel: 'de', amount: '1' },
    'sku there is no variant "B"',
  ],
  [
    'a price in an unknown channel',
    { kind: 'price', sku: 'A', channel: 'fr', amount: '1' },
    'channel there is no channel "fr", here or earlier in the file',
  ],
  [
    'a price in a foreign currency',
    { kind: 'price', sku: 'A', channel: 'de', currency: 'USD', amount: '1' },
    'currency channel "de" does not sell in USD',
  ],
  [
    'a price that is too fine',
    { kind: 'price', sku: 'A', channel: 'de', amount: '1.001' },
    'amount must have at most 2 digits after the point: it is in EUR',
  ],
  [
    'a promotion in an unknown channel',
    { ...promotion, channels: ['de', 'fr'] },
    'channels[1] there is no channel "fr", here or earlier in the file',
  ],
  ['a promotion nowhere', { ...promotion, channels: [] }, 'channels must name at least one channel'],
  ['a promotion without benefit', { ...promotion, benefits: [] }, 'benefits must have at least one'],
  [
    'an unknown benefit',
    { ...promotion, benefits: [{ kind: 'free_lunch' }] },
    'benefits[0].kind must be one of percent_off_lines, amount_off_lines, percent_off_order, amount_off_order, percent_off_shipping, amount_off_shipping, free_shipping_option, fixed_price, buy_x_get_y, free_gift, gift_choice, tiers',
  ],
  [
    'an amount that is too fine',
    { ...promotion, benefits: [{ kind: 'amount_off_order', amount: { EUR: '5.001' } }] },
    'benefits[0].amount.EUR must have at most 2 digits after the point: it is in EUR',
  ],
  [
    'a condition on the eighth day',
    { ...promotion, conditions: [{ kind: 'weekdays', days: [8] }] },
    'conditions[0].days[0] must be 7 (Sunday) or less',
  ],
  [
    'a gift that does not exist',
    { ...promotion, benefits: [{ kind: 'free_gift', sku: 'B', quantity: 1 }] },
    'benefits[0].sku there is no variant "B"',
  ],
  [
    'a choice of a gift that does not exist',
    { ...promotion, benefits: [{ kind: 'gift_choice', skus: ['A', 'B'], quantity: 1 }] },
    'benefits[0].skus[1] there is no variant "B"',
  ],
  [
    'two choices in one promotion',
    { ...promotion, benefits: [1, 2].map(quantity => ({ kind: 'gift_choice', skus: ['A'], quantity })) },
    'benefits must have at most one gift_choice',
  ],
  [
    'a discount on unknown shipping',
    { ...promotion, benefits: [{ kind: 'percent_off_shipping', rate: 100, options: ['none'] }] },
    'benefits[0].options[0] there is no shipping method "none" in channel "de"',
  ],
  [
    'a promotion that ends before it starts',
    { ...promotion, startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-01-01T00:00:00+01:00' },
    'endsAt must be after startsAt',
  ],
  [
    'a time that is none',
    { ...promotion, startsAt: 'tomorrow' },
    'startsAt must be a time such as "2026-11-21T08:00:00Z"',
  ],
  [
    'a tier from nowhere',
    { ...promotion, benefits: [{ kind: 'tiers', by: 'quantity', tiers: [{ from: 'ten', rate: '1' }] }] },
    'benefits[0].tiers[0].from must be a number of pieces, or amounts by currency',
  ],
  [
    'a nested coupon with a limit of zero',
    { ...promotion, coupons: [{ ...coupon, usageLimit: 0 }] },
    'coupons[0].usageLimit must be 1 or more',
  ],
  [
    'a coupon of an unknown promotion',
    { kind: 'coupon', ...coupon, promotionId: 'eleven' },
    'promotionId there is no promotion "eleven"',
  ],
  [
    'a card in an unknown channel',
    { ...card, channels: ['fr'] },
    'channels[0] there is no channel "fr", here or earlier in the file',
  ],
  [
    'a card that is called as an account is',
    { ...card, code: 'Store-Credit-ada-EUR' },
    'code is how accounts of store credit are called',
  ],
  [
    'a card for cents of a yen',
    { ...card, currency: 'JPY', amount: '5.50' },
    'amount must be a whole amount: JPY has no smaller unit',
  ],
  [
    'a customer without a password',
    { ...customer, password: undefined },
    'password needs either password or passwordHash',
  ],
  [
    'a customer with two passwords',
    { ...customer, passwordHash: '$argon2id$x' },
    'password needs either password or passwordHash',
  ],
  [
    'a password hash of another make',
    { ...customer, password: undefined, passwordHash: '5f4dcc3b' },
    'passwordHash must be an argon2id hash',
  ],
  ['an e-mail address that is none', { ...customer, email: 'a@' }, 'email must be an e-mail address'],
  [
    'an address without its integer id',
    { ...customer, addresses: [{ country: 'DE' }] },
    'addresses[0].integerId is missing',
  ],
  ['an id that is no UUID', { ...customer, id: '7' }, 'id must be a UUID'],
  [
    'a birthday that is none',
    { ...customer, dateOfBirth: '31.12.1990' },
    'dateOfBirth must be a date such as "1990-12-31"',
  ],
  ['a key without a secret', { ...credential, secret: undefined }, 'secret needs either secret or secretHash'],
  ['a secret that is easy to guess', { ...credential, secret: '1234567' }, 'secret must have at least 8 characters'],
  [
    'a permission that is none',
    { ...credential, permissions: ['all'] },
    'permissions[0] must be one of carts:read, carts:write, carts:admin, orders:read, orders:write, orders:place, payments:read, payments:write, customers:read, customers:write, catalog:read, catalog:write, settings:read, settings:write',
  ],
  ['a place beyond the pole', { kind: 'postal_place', ...place, latitude: 91 }, 'latitude must be at most 90'],
  [
    'a method of an unknown channel',
    { kind: 'shipping_method', channel: 'fr', ...method },
    'channel there is no channel "fr", here or earlier in the file',
  ],
  [
    'a zone of an unknown channel',
    { kind: 'tax_zone', channel: 'fr', ...zone },
    'channel there is no channel "fr", here or earlier in the file',
  ],
  [
    'a payment method of an unknown channel',
    { kind: 'payment_method', channel: 'fr', ...payment },
    'channel there is no channel "fr", here or earlier in the file',
  ],
  [
    'a pickup point of an unknown channel',
    { kind: 'pickup_point', channel: 'fr', id: 'p', name: 'P', address: {} },
    'channel there is no channel "fr", here or earlier in the file',
  ],
  [
    'a seller who wants half a cent',
    { kind: 'seller', id: '2', name: 'Two', minimumOrderMinor: 0.5 },
    'minimumOrderMinor must be a whole number',
  ],
]

for (const [title, entry, ...problems] of cases) {
  test(`${title} is refused by name and line`, async () => {
    expect(await said(entry)).toEqual(problems)
  })
}

test('every entry that the cases start from is a good one', async () => {
  const text = linesOf(
    { kind: 'channel', ...shortChannel },
    variant,
    { ...promotion, coupons: [coupon] },
    card,
    customer,
    credential,
    { kind: 'postal_place', ...place },
    { kind: 'tax_zone', channel: 'de', ...zone, rates: [rate] },
    { kind: 'shipping_method', channel: 'de', ...method },
    { kind: 'payment_method', channel: 'de', ...payment },
    { kind: 'stock', sku: 'A', available: 1 },
    { kind: 'price', sku: 'A', channel: 'de', amount: '1' },
    { kind: 'seller', id: '2', name: 'Two', minimumOrderMinor: 1 },
  )
  expect(await problemsOf('json_lines', text)).toEqual([])
})

test('what refers to a broken channel is not called wrong as well', async () => {
  const text = linesOf({ kind: 'channel', ...shortChannel, currency: 'EURO' }, { ...variant, prices: { de: '1' } })
  expect(await problemsOf('json_lines', text)).toEqual([
    expect.stringMatching(/^1:\d+ currency must be a currency code/),
  ])
})
