import { readFileSync } from 'node:fs'
import { importDepsOf } from '../../../src/main.js'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import type { TestServer } from '../../support/test-server.js'

/** What a sample of the documentation is sold by: laid over the demo store's channel of this dialect. */
export interface Sample {
  /** Absent: USD. */
  readonly currency?: string
  /** Prices without tax, or with that of the zone `store`. */
  readonly prices?: 'net' | 'gross'
  readonly zones?: readonly SampleZone[]
  /** Names and prices of flat rates, in any order. */
  readonly rates?: Readonly<Record<string, string>>
  /** The class by which shipping is taxed; absent: it is not. */
  readonly shippingTaxClass?: string
  /** Where methods deliver to; absent: the United States and Canada. */
  readonly shipsTo?: readonly string[]
  /** Category that methods take; absent: `Default`. */
  readonly methodCategories?: Readonly<Record<string, readonly string[]>>
  readonly settings?: object
  readonly variants?: readonly SampleVariant[]
  readonly promotions?: readonly object[]
  readonly policy?: object
  /** Other members of the channel. */
  readonly channel?: object
}

export interface SampleZone {
  readonly id: ZoneId
  readonly name: string
  readonly areas: readonly string[]
  readonly rates: readonly { readonly name: string; readonly percent: string; readonly included?: true }[]
}

export interface SampleVariant {
  readonly id: number
  readonly sku: string
  readonly name: string
  readonly price: string
  readonly stock?: number
  readonly more?: object
}

/** Zones that a sample does not use cover nothing. */
const zoneIds = ['north-america', 'store', 'second', 'third'] as const
type ZoneId = (typeof zoneIds)[number]

interface StoreFile {
  readonly channels: readonly { readonly id: string; readonly shippingMethods: readonly { readonly id: string }[] }[]
}

const demo = JSON.parse(readFileSync(new URL('../../../demo/store.json', import.meta.url), 'utf8')) as StoreFile
const base = demo.channels.find(({ id }) => id === 'us-spree')

/** Lays a sample over the channel; what it does not name is as in the demo store. */
export async function sellBy(server: TestServer, sample: Sample): Promise<void> {
  const { rates, zones, settings = {}, variants = [], promotions = [], prices = 'net' } = sample
  const preset = prices === 'net' ? 'netPerLine' : 'grossPerLine'
  const channel = {
    ...base,
    priceMode: prices,
    ...(sample.currency === undefined ? {} : { currency: sample.currency }),
    policy: { preset, ...sample.policy },
    settings: { spree: settings },
    ...(zones === undefined && prices === 'net' ? {} : { taxZones: zoneIds.map(id => zoneEntry(id, zones ?? [])) }),
    ...(rates === undefined ? {} : { shippingMethods: methodEntries(sample, rates) }),
    paymentMethods,
    ...sample.channel,
  }
  const text = JSON.stringify({
    version: 1,
    channels: [channel],
    variants: variants.map(variantEntry),
    promotions: promotions.map((one, index) => ({
      id: `sample-${index}`,
      integerId: 900 + index,
      channels: ['us-spree'],
      ...one,
    })),
  })
  const result = await importStoreFile(importDepsOf(server.storage), {
    format: 'json',
    async *open() {
      yield Buffer.from(text)
    },
  })
  if (!result.ok) throw new Error(JSON.stringify(result.error.problems))
}

/** As the documentation's example order lists them. */
const paymentMethods = [
  {
    id: 'credit-card',
    integerId: 1,
    name: 'Credit Card',
    providerName: 'gateway',
    provider: 'sandbox',
    paymentKind: 'card',
    position: 1,
    instructions: 'Test gateway',
  },
  {
    id: 'check',
    integerId: 2,
    name: 'Check',
    providerName: 'check',
    provider: 'manual',
    paymentKind: 'check',
    position: 2,
    instructions: 'Pay by check.',
  },
]

function zoneEntry(id: ZoneId, zones: readonly SampleZone[]) {
  const zone = zones.find(one => one.id === id)
  const rates = (zone?.rates ?? []).map(({ name, percent, included }, index) => ({
    id: `${id}-${index}`,
    integerId: 100 * (1 + zoneIds.indexOf(id)) + index,
    name,
    rate: percent,
    taxClasses: ['Clothing'],
    ...(included === true ? { isIncluded: true } : {}),
  }))
  return { id, name: zone?.name ?? id, areas: zone?.areas ?? [], rates }
}

function methodEntries(sample: Sample, rates: Readonly<Record<string, string>>) {
  const ids = base?.shippingMethods.map(({ id }) => id) ?? []
  return Object.entries(rates).map(([name, price], index) => ({
    id: ids[index] ?? `method-${index}`,
    integerId: 1 + index,
    name,
    carrier: 'Parcel service',
    position: 1 + index,
    zones: sample.shipsTo ?? ['US', 'CA'],
    shippingCategories: sample.methodCategories?.[name] ?? ['Default'],
    prices: { [sample.currency ?? 'USD']: price },
    ...(sample.shippingTaxClass === undefined ? {} : { taxClass: sample.shippingTaxClass }),
  }))
}

function variantEntry({ id, sku, name, price, stock = 10, more }: SampleVariant) {
  return {
    sku,
    productId: id,
    variantId: id,
    name,
    taxClass: 'Clothing',
    shippingCategory: 'Default',
    prices: { 'us-spree': price },
    stock,
    ...more,
  }
}
