import { importDepsOf } from '../../../src/main.js'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import type { TestServer } from '../../support/test-server.js'

// One channel per published sample, with goods, rates and promotions of its own. Source: dialects/bigcommerce.md 4.7, 4.8.

/** `channel_id` of each sample. */
export const channels = { s47: 47, g1: 11, g2: 12, g3: 13, g5: 15, g6: 16, g7: 17, g8: 18, g9: 19 } as const
type Sample = keyof typeof channels

const rate = (sample: Sample, id: string, percent: string) => ({
  id: `${sample}-${id}`,
  integerId: channels[sample] * 10 + Number(id),
  name: `${percent} %`,
  rate: percent,
  taxClasses: ['goods'],
})

const method = (sample: Sample, position: number, name: string, price: string) => ({
  id: `${sample}-${position.toString()}`,
  integerId: channels[sample] * 10 + position,
  name,
  carrier: 'Parcel service',
  position,
  taxClass: 'goods',
  zones: ['US'],
  prices: { USD: price },
})

interface Rules {
  readonly zones?: readonly object[]
  readonly methods?: readonly object[]
  readonly gross?: true
  readonly display?: 'gross'
}

const channel = (sample: Sample, { zones = [], methods = [], gross, display }: Rules) => ({
  id: sample,
  name: `Sample ${sample}`,
  currency: 'USD',
  locale: 'en-US',
  countries: ['US', 'AU'],
  priceMode: gross ? 'gross' : 'net',
  policy: { preset: gross ? 'grossPerRate' : 'netPerRate', tax: { ...(display ? { display } : {}) } },
  orderNumbers: { kind: 'counting', first: channels[sample] * 1000 },
  taxZones: [{ id: 'guest', name: 'Guests', rates: [] }, ...zones],
  shippingMethods: methods,
  paymentMethods: [
    {
      id: 'cod',
      integerId: channels[sample] * 10,
      name: 'Cash on Delivery',
      providerName: 'offline',
      provider: 'manual',
      paymentKind: 'cash_on_delivery',
      position: 1,
    },
  ],
  settings: { bigcommerce: { storeHash: 'demo', channelId: channels[sample] } },
})

let products = 5000
function product(sample: Sample, sku: string, price: string | object, more: object = {}) {
  products += 1
  const name = `${sample} ${sku}`
  return {
    sku: `${sample}-${sku}`,
    productId: products,
    variantId: products,
    name,
    taxClass: 'goods',
    prices: { [sample]: price },
    stock: 100,
    ...more,
  }
}

const promotion = (sample: Sample, benefit: object, code?: string) => ({
  id: `${sample}-${code ?? 'automatic'}`,
  integerId: channels[sample] * 10 + (code === undefined ? 1 : 2),
  name: `Sample ${sample}`,
  channels: [sample],
  benefits: [benefit],
  ...(code === undefined ? {} : { coupons: [{ code, integerId: channels[sample] }] }),
})

const store = {
  version: 1,
  channels: [
    channel('s47', {
      zones: [{ id: 's47-tx', name: 'Texas', areas: ['US-TX'], rates: [rate('s47', '1', '8')] }],
      methods: [method('s47', 1, 'Flat Rate', '6.00')],
    }),
    // The rate behind the published tax of 28.62 is not published; this one gives it.
    channel('g1', {
      zones: [{ id: 'g1-us', name: 'US', areas: ['US'], rates: [rate('g1', '1', '16.5147')] }],
      methods: [method('g1', 1, 'Parcel', '69.94')],
    }),
    channel('g2', {
      zones: [{ id: 'g2-us', name: 'US', areas: ['US'], rates: [rate('g2', '1', '4')] }],
      methods: [
        method('g2', 1, 'Ship by Weight', '8.00'),
        method('g2', 2, 'Flat Rate', '12.00'),
        method('g2', 3, 'Express', '43.90'),
      ],
    }),
    channel('g3', {}),
    channel('g5', { methods: [method('g5', 1, 'Ship by Weight', '8.00'), method('g5', 2, 'Flat Rate', '10.00')] }),
    channel('g6', { methods: [method('g6', 1, 'Ship by Weight', '8.00')] }),
    channel('g7', {
      gross: true,
      zones: [{ id: 'store', name: 'Store', areas: ['AU'], rates: [rate('g7', '1', '10')] }],
      methods: [method('g7', 1, 'Free', '0.00')],
    }),
    channel('g8', {
      display: 'gross',
      zones: [{ id: 'g8-us', name: 'US', areas: ['US'], rates: [rate('g8', '1', '10'), rate('g8', '2', '15')] }],
    }),
    channel('g9', {
      gross: true,
      zones: [{ id: 'store', name: 'Store', areas: ['US-TX'], rates: [rate('g9', '1', '8.25')] }],
      methods: [method('g9', 1, 'Free', '0.00'), method('g9', 2, 'Five', '5.00'), method('g9', 3, 'Eight', '8.00')],
    }),
  ],
  variants: [
    product('s47', 'NOTEBOOK', '12.50'),
    product('s47', 'RULER', '7.25'),
    product('g1', 'A', { USD: { amount: '15.99', list: '17.99' } }),
    product('g1', 'B', '25.00'),
    product('g1', 'C', '49.99'),
    product('g1', 'D', '18.95', { itemKind: 'digital' }),
    product('g2', 'A', { USD: { amount: '31.95', list: '35.95' } }),
    product('g3', 'P', '32.00'),
    product('g3', 'D', '35.00', { itemKind: 'digital' }),
    product('g5', 'A', '225.00'),
    product('g6', 'A', '225.00'),
    product('g7', 'A', '225.00'),
    product('g8', 'A', '50.00'),
    product('g9', 'A', '20.00'),
  ],
  promotions: [
    promotion('s47', { kind: 'amount_off_order', amount: { USD: '3.00' } }, 'S47THREE'),
    promotion('g1', { kind: 'amount_off_lines', amount: { USD: '2.00' }, of: { skus: ['g1-A'] } }),
    promotion('g1', { kind: 'amount_off_order', amount: { USD: '5.00' } }, 'G1FIVE'),
    promotion('g3', { kind: 'percent_off_lines', rate: '20' }, 'G3TWENTY'),
    promotion('g5', { kind: 'free_shipping_option', name: 'Free Shipping' }, 'G5FREE'),
    promotion('g6', { kind: 'percent_off_order', rate: '40' }),
    promotion('g9', { kind: 'percent_off_order', rate: '15' }),
  ],
}

/** Lays the samples' channels and goods beside the demo store. */
export function importSamples(server: TestServer): Promise<void> {
  return importBeside(server, store)
}

/** Lays what such a store file has beside the demo store. */
export async function importBeside(server: TestServer, content: object): Promise<void> {
  const text = JSON.stringify(content)
  const result = await importStoreFile(importDepsOf(server.storage), {
    format: 'json',
    async *open() {
      yield Buffer.from(text)
    },
  })
  if (!result.ok) throw new Error(JSON.stringify(result.error.problems))
}

/** A product line of a request. */
export function lineOf(sku: string, quantity = 1) {
  const found = store.variants.find(one => one.sku === sku)
  if (found === undefined) throw new Error(`no sample has ${sku}`)
  return { product_id: found.productId, variant_id: found.variantId, quantity }
}
