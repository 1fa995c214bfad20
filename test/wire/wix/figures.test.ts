import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { appId, filledIn, goods, item, newYork, wixOver } from './wix.js'

/** Amounts of a price summary, as numbers in text. */
function amounts(summary: Readonly<Record<string, { readonly amount: string }>>) {
  return Object.fromEntries(Object.entries(summary).map(([name, money]) => [name, money.amount]))
}

describeOnEachDatabase('the figures of the documents', getServer => {
  const wix = wixOver(getServer)

  it('demo store 5: three shirts and a shoe to New York, 10 off, shipping 10, a gift card of 50', async () => {
    const auth = await wix.visitor()
    const created = await wix.send('POST', '/ecom/v1/checkouts', {
      auth,
      body: {
        channelType: 'WEB',
        lineItems: [item(goods.shirt, 3), item(goods.shoe)],
        checkoutInfo: filledIn,
        couponCode: 'SUMMERSALE10',
      },
    })
    expect(created.status).toBe(200)
    const { checkout } = created.json
    expect(amounts(checkout.priceSummary)).toEqual({
      subtotal: '115.00',
      shipping: '10.00',
      tax: '0.00',
      discount: '10.00',
      total: '115.00',
      additionalFees: '0.00',
    })
    const updated = await wix.send('PATCH', `/ecom/v1/checkouts/${checkout.id}`, {
      auth,
      body: { giftCardCode: 'GIFT50DEMO' },
    })
    expect(amounts(updated.json.checkout.priceSummary)).toMatchObject({ subtotal: '115.00', total: '65.00' })
    expect(updated.json.checkout.giftCard).toMatchObject({ obfuscatedCode: '****-****-****-DEMO' })

    const ordered = await wix.send('POST', `/ecom/v1/checkouts/${checkout.id}/create-order`, { auth, body: {} })
    expect(ordered.status).toBe(200)
    const read = await getServer().operations.readOrder({ kind: 'system' }, { id: ordered.json.orderId })
    expect(read).toMatchObject({ ok: true, value: { order: { grandTotal: 11_500n, amountDue: 6_500n } } })
  })

  it('3.1: two mugs to New York cost 25 and 10 for shipping; the whole object', async () => {
    const auth = await wix.visitor()
    const answer = await wix.send('POST', '/ecom/v1/checkouts', {
      auth,
      body: {
        channelType: 'WEB',
        lineItems: [item(goods.mug, 2, { variantId: '7d3c0c3e-0001-4a6b-9b61-0000000000a1' })],
        checkoutInfo: { buyerInfo: { email: 'buyer@shop.test' }, shippingInfo: { shippingDestination: newYork } },
      },
    })
    expect(answer.status).toBe(200)
    expect(answer.json.checkout.lineItems[0].catalogReference.appId).toBe(appId)
  })
})
