import { importDepsOf } from '../../../src/main.js'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import type { TestServer } from '../../support/test-server.js'

const channels = ['us-wix']
const tenOff = [{ kind: 'amount_off_order', amount: { USD: '10.00' } }]
const past = '2020-01-01T00:00:00.000Z'
const future = '2099-01-01T00:00:00.000Z'

/** A subscription that begins with two weeks for nothing. */
export const trial = {
  catalogItemId: '7d3c0c3e-0001-4a6b-9b61-000000000930',
  optionId: '5d1c0a7e-0001-4a6b-9b61-000000000930',
} as const

/** Codes and cards that the demo store has no use for: each fails in a way of its own. */
const entries: readonly object[] = [
  {
    kind: 'variant',
    sku: 'TRIAL',
    productId: 930,
    variantId: 930,
    name: 'Tea, monthly',
    externalIds: { wixCatalogItemId: trial.catalogItemId },
    prices: { 'us-wix': '20.00' },
    subscriptionOptions: [
      { optionId: trial.optionId, title: 'Every month', frequency: 'month', interval: 1, trialDays: 14 },
    ],
    stock: 100,
  },
  promotion(901, 'late', { endsAt: past }),
  promotion(902, 'early', { startsAt: future }),
  { ...promotion(903, 'spent'), usageLimit: 1 },
  { ...promotion(904, 'dear'), conditions: [{ kind: 'subtotal', atLeast: { USD: '5000.00' } }] },
  { ...promotion(905, 'mine'), usageLimitPerCustomer: 1 },
  {
    kind: 'promotion',
    id: 'hidden',
    integerId: 906,
    name: 'hidden',
    channels,
    isActive: false,
    benefits: tenOff,
    coupons: [{ code: 'HIDDEN', integerId: 906 }],
  },
  {
    kind: 'promotion',
    id: 'ship',
    integerId: 907,
    name: 'Free shipping',
    channels,
    benefits: [{ kind: 'percent_off_shipping', rate: '100' }],
    coupons: [{ code: 'SHIPFREE', integerId: 907 }],
  },
  giftCard(901, 'EMPTYCARD', { amount: '0.00' }),
  giftCard(902, 'EXPIREDCARD', { expiresAt: past }),
  giftCard(903, 'DISABLEDCARD', { isActive: false }),
  giftCard(904, 'SECONDCARD', {}),
  giftCard(905, 'EUROCARD01', { currency: 'EUR' }),
  giftCard(906, 'RICHCARD01', { amount: '1000.00' }),
]

function promotion(integerId: number, id: string, coupon: object = {}): object {
  const code = id.toUpperCase()
  return {
    kind: 'promotion',
    id,
    integerId,
    name: id,
    channels,
    benefits: tenOff,
    coupons: [{ code, integerId, ...coupon }],
  }
}

function giftCard(integerId: number, code: string, more: object): object {
  return { kind: 'gift_card', code, integerId, name: code, channels, amount: '20.00', ...more }
}

/** Takes them into the store. */
export function importExtraGoods(server: TestServer): Promise<void> {
  return importEntries(server, entries)
}

/** Takes entries into the store; the server reads its catalog anew after it. */
export async function importEntries({ storage }: TestServer, wanted: readonly object[]): Promise<void> {
  const text = wanted.map(entry => JSON.stringify(entry)).join('\n')
  const file = {
    format: 'json_lines' as const,
    async *open() {
      yield Buffer.from(text)
    },
  }
  const result = await importStoreFile(importDepsOf(storage), file)
  if (!result.ok) throw new Error(JSON.stringify(result.error.problems))
}
