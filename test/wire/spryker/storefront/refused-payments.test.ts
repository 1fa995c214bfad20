import { expect, it } from 'vitest'
import { checkBooks } from '../../../../src/operations/check-books.js'
import { card, checkout, customerBasket, guestBasket, notebook, purchase } from '../basket.js'
import { describeGlue, expectError } from '../glue.js'

// dialects/spryker.md 5.10: on any failure the cart is untouched. POST /checkout

const one = { sku: notebook, quantity: 1 }
const wrong = 'Something went wrong with your payment. Try again!'

/** Single and split delivery. */
function wishes(cartId: string, payments: readonly object[]): readonly object[] {
  const single = purchase(cartId, { payments })
  const { shippingAddress, shipment: _, ...rest } = single
  return [single, { ...rest, shipments: [{ items: [notebook], shippingAddress, idShipmentMethod: 2 }] }]
}

describeGlue('a cart whose payment is refused', glue => {
  it.each([
    ['guest', guestBasket],
    ['customer', customerBasket],
  ] as const)('of a %s has no delivery that was not asked for', async (_who, basket) => {
    const { who, cartId, path } = await basket(glue, one)
    const read = async () =>
      (await glue.send('GET', `/${path}/${cartId}?include=items,guest-cart-items,cart-rules`, { ...who })).json
    const before = await read()
    for (const attributes of wishes(cartId, [card('4000000000000002')])) {
      expectError(await checkout(glue, who, attributes), 422, '1102', wrong)
      expect(await read()).toEqual(before)
    }
    const [bought] = wishes(cartId, [card('4111111111111111')])
    const placed = await checkout(glue, who, bought ?? {}, '?include=orders')
    expect([placed.status, placed.json.included[0].attributes.totals.expenseTotal]).toEqual([201, 490])
    expectError(await checkout(glue, who, bought ?? {}), 422, '1103', 'Cart not found.')
    expect((await checkBooks({ books: glue.server().storage.books, clock: glue.server().now })).faults).toBe(0)
  })

  it('on a payment page is as it was before', async () => {
    const { who, cartId, path } = await guestBasket(glue, one)
    const read = async () => (await glue.send('GET', `/${path}/${cartId}`, { ...who })).json
    const before = await read()
    const sent = await checkout(glue, who, purchase(cartId, { payments: [card('4000000000003220')] }))
    const page = new URL(sent.json.data.attributes.redirectUrl)
    await glue.server().request('POST', page.pathname, {
      body: 'decision=declined',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    await expect.poll(read, { timeout: 10_000 }).toEqual(before)
  })
})
