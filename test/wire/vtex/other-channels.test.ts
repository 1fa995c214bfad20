import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { importEntries } from './more-goods.js'
import { clientOf } from './shop.js'

/** A channel that has no settings for this API, and goods that are sold nowhere else. */
const entries = [
  {
    ...{ kind: 'channel', id: 'lisbon', name: 'Lisbon', currency: 'EUR', locale: 'pt-PT', countries: ['PT'] },
    ...{ priceMode: 'net', policy: 'unitMultiplierZeroTax', orderNumbers: { kind: 'random_digits', digits: 13 } },
  },
  {
    ...{ kind: 'variant', sku: 'TILE', variantId: 7100, productId: 7100, name: 'Tile', prices: { lisbon: '9.00' } },
    stock: 100,
  },
]

// A cart of another channel keeps that channel's goods, whichever API goes on with it.
describeOnEachDatabase('a cart of a channel that another API sells in', getServer => {
  beforeAll(() => importEntries(getServer(), entries))
  const tiles = { id: '7100', quantity: 2, seller: '1' }

  async function begun(): Promise<string> {
    const { operations } = getServer()
    const made = await operations.createCart({ kind: 'anonymous' }, { channel: 'lisbon', lines: [] })
    if (!made.ok) throw new Error(made.error.code)
    return made.value.cart.cart.id.replaceAll('-', '')
  }

  it.each(['POST', 'PATCH'])('takes goods that this channel alone sells (%s .../items)', async method => {
    const id = await begun()
    const added = await clientOf(getServer).form(id, method, '/items', { orderItems: [tiles] })
    expect(added.json).toMatchObject({ value: 1800, items: [{ id: '7100', quantity: 2, price: 900 }], messages: [] })
  })

  it('takes none that neither channel sells', async () => {
    const id = await begun()
    const orderItems = [tiles, { ...tiles, id: '7999' }]
    const added = await clientOf(getServer).form(id, 'POST', '/items', { orderItems })
    expect(added.json).toMatchObject({ value: 1800, messages: [{ code: 'ORD027', fields: { id: '7999' } }] })
  })

  it('of this channel takes no goods of that one', async () => {
    const client = clientOf(getServer)
    const added = await client.form(await client.begin(), 'POST', '/items', { orderItems: [tiles] })
    expect(added.json).toMatchObject({ items: [], messages: [{ code: 'ORD027' }] })
  })
})
