import { importDepsOf } from '../../../src/main.js'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import type { TestServer } from '../../support/test-server.js'

/** Entries of a store file, one per line as it would be. */
type Entries = readonly Readonly<Record<string, unknown>>[]

/** Brings further goods and rules into the test's store, as `polytill import` does. */
export async function importEntries({ storage }: TestServer, entries: Entries): Promise<void> {
  const text = entries.map(entry => JSON.stringify(entry)).join('\n')
  const result = await importStoreFile(importDepsOf(storage), {
    format: 'json_lines',
    async *open() {
      yield Buffer.from(text)
    },
  })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
}

/** A variant of the Brazilian channel whose integer id, product and name follow from one number. */
export function goods(variantId: number, price: string, more: object = {}): Entries[number] {
  const name = `Goods ${variantId}`
  return {
    kind: 'variant',
    sku: `GOODS-${variantId}`,
    variantId,
    productId: variantId,
    name,
    prices: { br: price },
    stock: 1000,
    ...more,
  }
}

/** Settings of the Brazilian channel, laid over those of the demo store. */
export async function configure(server: TestServer, orderForm: object): Promise<void> {
  const changed = await server.operations.changeChannelSettings(
    { kind: 'system' },
    { channel: 'br', name: 'vtex', change: settings => ({ ok: true, value: { ...settings, orderForm } as never }) },
  )
  if (!changed.ok) throw new Error(changed.error.code)
}

/** A second sales channel of the demo store, which is `sc=2`: other prices, one way of shipping, and two items at most. */
export const wholesale: Entries[number] = {
  ...{ kind: 'channel', id: 'wholesale', name: 'Wholesale', currency: 'BRL', locale: 'pt-BR', countries: ['BR'] },
  ...{ defaultCountry: 'BR', timeZone: 'America/Sao_Paulo', priceMode: 'net', policy: 'unitMultiplierZeroTax' },
  orderNumbers: { kind: 'random_digits', digits: 13, groupSuffix: true },
  settings: { vtex: { account: 'polytill', salesChannel: '2', merchantName: 'WHOLESALE', maxItems: 2 } },
  shippingMethods: [
    {
      id: 'Truck',
      integerId: 21,
      name: 'Truck',
      carrier: 'Truck',
      zones: [{ area: 'BR' }],
      prices: { BRL: '90.00' },
    },
  ],
  paymentMethods: [
    {
      ...{ id: '17', integerId: 17, name: 'Promissory', providerName: 'promissoryPaymentGroup' },
      ...{ provider: 'manual', paymentKind: 'invoice' },
    },
  ],
}
