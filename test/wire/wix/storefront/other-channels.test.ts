import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { importEntries } from '../../vtex/more-goods.js'
import { demoKey as auth, item, wixOver } from '../wix.js'

const fanId = '7d3c0c3e-0001-4a6b-9b61-000000007100'

/** A channel of the store in which amounts have no decimals, goods that are sold nowhere else, and a gift card. */
const entries = [
  {
    ...{ kind: 'channel', id: 'tokyo', name: 'Tokyo', currency: 'JPY', locale: 'en-US', countries: ['JP', 'US'] },
    ...{ priceMode: 'net', policy: 'unitMultiplierZeroTax', orderNumbers: { kind: 'random_digits', digits: 13 } },
  },
  {
    ...{ kind: 'variant', sku: 'FAN', variantId: 7100, productId: 7100, name: 'Fan', prices: { tokyo: '900' } },
    ...{ stock: 100, externalIds: { wixCatalogItemId: fanId } },
  },
  {
    ...{ kind: 'gift_card', code: 'TOKYO-GIFT', integerId: 7100, name: 'Gift', channels: ['tokyo'] },
    ...{ currency: 'JPY', amount: '5000' },
  },
]
const custom = { quantity: 1, price: '300', productName: { original: 'Ribbon' }, itemType: { preset: 'PHYSICAL' } }

// A cart of another channel keeps that channel's goods and currency, whichever API goes on with it.
describeOnEachDatabase('a cart of another channel, which is gone on with through Wix', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importEntries(getServer(), entries))

  async function begun(): Promise<string> {
    const owner = { kind: 'privileged' as const }
    const made = await getServer().operations.createCart({ kind: 'system' }, { channel: 'tokyo', lines: [], owner })
    if (!made.ok) throw new Error(made.error.code)
    return made.value.cart.cart.id
  }

  it.each([
    ['carts', 'add-to-cart', 'cart'],
    ['checkouts', 'add-to-checkout', 'checkout'],
  ])('takes goods that its own channel alone sells (POST /ecom/v1/%s/{id}/%s)', async (of, call, name) => {
    const id = await begun()
    const body = { lineItems: [item(fanId, 2)] }
    const added = await wix.send('POST', `/ecom/v1/${of}/${id}/${call}`, { auth, body })
    expect(added.status).toBe(200)
    expect(added.json[name].lineItems).toMatchObject([{ quantity: 2, price: { amount: '900' } }])
  })

  it('has the prices that a backend names in its own currency', async () => {
    const id = await begun()
    const priced = { ...item(fanId), catalogOverrideFields: { price: '700' } }
    const body = { lineItems: [priced], customLineItems: [custom] }
    const added = await wix.send('POST', `/ecom/v1/checkouts/${id}/add-to-checkout`, { auth, body })
    expect(added.status).toBe(200)
    const { lineItems, priceSummary } = added.json.checkout
    expect(lineItems.map((line: { price: { amount: string } }) => line.price.amount)).toEqual(['700', '300'])
    expect(priceSummary.subtotal.amount).toBe('1000')
  })

  it('is paid from a gift card up to an amount in its own currency (PATCH /ecom/v1/checkouts/{id})', async () => {
    const id = await begun()
    const path = `/ecom/v1/checkouts/${id}`
    await wix.send('POST', `${path}/add-to-checkout`, { auth, body: { lineItems: [item(fanId)] } })
    const body = { checkout: {}, giftCardCode: 'TOKYO-GIFT', giftCardRedeemAmount: '200' }
    const changed = await wix.send('PATCH', path, { auth, body })
    expect(changed.status).toBe(200)
    expect(changed.json.checkout.giftCard.amount.amount).toBe('200')
  })
})
