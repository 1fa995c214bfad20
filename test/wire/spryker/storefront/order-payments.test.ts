import { describe, expect, it } from 'vitest'
import { type Basket, card, checkout, guestBasket, included, notebook, purchase } from '../basket.js'
import { describeGlue, expectError, expectFieldErrors, type Glue } from '../glue.js'

interface Redirected {
  readonly basket: Basket
  readonly reference: string
  readonly redirectUrl: string
}

/** A purchase whose card needs the gateway's own page. */
async function redirected(glue: Glue): Promise<Redirected> {
  const basket = await guestBasket(glue, { sku: notebook, quantity: 1 })
  const attributes = purchase(basket.cartId, { payments: [card('4000000000003220')] })
  const answer = await checkout(glue, basket.who, attributes, '?include=orders')
  expect(answer.status).toBe(201)
  const { orderReference, redirectUrl, isExternalRedirect } = answer.json.data.attributes
  expect(isExternalRedirect).toBe(true)
  expect(included(answer, 'orders')[0]?.attributes.itemStates).toEqual(['payment pending'])
  return { basket, reference: orderReference, redirectUrl }
}

/** What the page hands back when the shopper has chosen. */
async function choose(glue: Glue, redirectUrl: string, decision: string): Promise<object> {
  const { pathname } = new URL(redirectUrl)
  const answer = await glue.send('POST', pathname, {
    body: `decision=${decision}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(answer.status).toBe(303)
  const { searchParams } = new URL(answer.headers.location ?? '')
  return { type: 'payment-confirmation', hash: searchParams.get('hash') }
}

function handIn(glue: Glue, attributes: object) {
  return glue.send('POST', '/order-payments', { data: { type: 'order-payments', attributes } })
}

describeGlue('order payments', glue => {
  it('confirm an order that waits for its payment page; a repeated payload gets the same answer', async () => {
    const { basket, reference, redirectUrl } = await redirected(glue)
    expect((await glue.send('GET', '/guest-carts', { ...basket.who })).json.data).toEqual([])
    const dataPayload = await choose(glue, redirectUrl, 'approved')
    const answer = await handIn(glue, { paymentIdentifier: reference, dataPayload })
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      data: {
        type: 'order-payments',
        id: reference,
        attributes: { paymentIdentifier: reference, dataPayload: null },
        links: { self: `${glue.baseUrl()}/order-payments/${reference}` },
      },
    })
    for (const again of [dataPayload, [dataPayload]]) {
      const repeated = await handIn(glue, { paymentIdentifier: reference, dataPayload: again })
      expect([repeated.status, repeated.json]).toEqual([201, answer.json])
    }
  })

  it('that are declined give the cart back', async () => {
    const { basket, reference, redirectUrl } = await redirected(glue)
    const dataPayload = await choose(glue, redirectUrl, 'declined')
    const answer = await handIn(glue, { paymentIdentifier: reference, dataPayload })
    expectError(answer, 422, '2401', 'Order payment is not updated.')
    const carts = await glue.send('GET', '/guest-carts', { ...basket.who })
    expect(carts.json.data).toMatchObject([{ id: basket.cartId }])
  })

  describe('are refused', () => {
    it('without proof', async () => {
      const { reference } = await redirected(glue)
      const forged = { type: 'payment-confirmation', hash: 'forged' }
      for (const dataPayload of [forged, { anything: true }, ['text']]) {
        const answer = await handIn(glue, { paymentIdentifier: reference, dataPayload })
        expectError(answer, 422, '2401', 'Order payment is not updated.')
      }
    })

    it('for orders that are not there', async () => {
      const dataPayload = { type: 'payment-confirmation', hash: 'x' }
      for (const paymentIdentifier of ['DE--999999', '00000000-0000-4000-8000-000000000000']) {
        const answer = await handIn(glue, { paymentIdentifier, dataPayload })
        expectError(answer, 404, undefined, 'Order not found.')
      }
      expectError(await handIn(glue, { dataPayload }), 422, '2401', 'Order payment is not updated.')
    })

    it('for orders that wait for nothing', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const placed = await checkout(glue, who, purchase(cartId))
      const paymentIdentifier = placed.json.data.attributes.orderReference
      const answer = await handIn(glue, { paymentIdentifier, dataPayload: { type: 'payment-confirmation', hash: 'x' } })
      expectError(answer, 422, '2401', 'Order payment is not updated.')
    })

    it('without a payload or the right envelope', async () => {
      expectFieldErrors(await handIn(glue, {}), ['dataPayload => This field is missing.'])
      expectFieldErrors(await handIn(glue, { dataPayload: [] }), ['dataPayload => This value should not be blank.'])
      const wrong = await glue.send('POST', '/order-payments', { data: { type: 'payments', attributes: {} } })
      expectError(wrong, 400, undefined, 'Invalid type.')
    })
  })
})
