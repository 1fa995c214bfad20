import { describe, expect, it } from 'vitest'
import { describeStorefront, expectNotFound, goods, openBrowser, payByCard, readyCheckout, submit } from '../browser.js'

const approved = { number: '4111111111111111' }
const failed = (code: string, message: string) => ({ status: 'error', errors: [{ code, message }] })

describeStorefront('POST /api/public/v1/orders/payments', (open, server) => {
  const paymentsOf = async (orderId: number) => {
    const order = await server().storage.orders.read({ number: orderId.toString() })
    return order === undefined ? [] : server().storage.payments.ofOrder(order.id)
  }

  it('takes the order’s own total by card, whatever the client says of it; the cart is gone', async () => {
    const browser = open()
    const { id, checkout } = await readyCheckout(browser)
    const submitted = await submit(browser, id)
    const paid = await payByCard(browser, submitted, approved)
    expect(paid).toMatchObject({ status: 200, json: { status: 'ok', errors: [] } })
    const { orderId } = submitted.json.data.order
    const order = await browser.send('GET', `/api/storefront/orders/${orderId}?include=payments`)
    expect(order.json).toMatchObject({
      status: 'AWAITING_FULFILLMENT',
      isComplete: true,
      orderAmount: checkout.grandTotal,
    })
    expect(order.json.payments).toEqual([
      {
        providerId: 'bigpaypay',
        gatewayId: null,
        methodId: null,
        description: 'Test Payment Provider',
        amount: checkout.grandTotal,
        detail: { step: 'FINALIZE', instructions: '' },
        mandate: null,
      },
    ])
    expectNotFound(await browser.send('GET', `/api/storefront/checkout/${id}`))
    expect(await paymentsOf(orderId)).toMatchObject([{ state: 'captured', amount: 25222n }])
  })

  it('charges once, however often it is asked, and also all at once', async () => {
    const browser = open()
    const { id } = await readyCheckout(browser)
    const submitted = await submit(browser, id)
    const answers = await Promise.all(Array.from({ length: 10 }, () => payByCard(browser, submitted, approved)))
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]))
    expect((await payByCard(browser, submitted, approved)).json).toEqual({ status: 'ok', errors: [] })
    const payments = await paymentsOf(submitted.json.data.order.orderId)
    expect(payments.filter(payment => payment.state === 'captured')).toHaveLength(1)
    expect(payments).toHaveLength(1)
  })

  it('of many orders of one cart one can be paid; nothing is taken for the others', async () => {
    const browser = open()
    const { id } = await readyCheckout(browser)
    const submitted = await Promise.all(Array.from({ length: 5 }, () => submit(browser, id)))
    const answers = await Promise.all(submitted.map(each => payByCard(browser, each, approved)))
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409, 409, 409, 409])
    const refused = answers.find(answer => answer.status === 409)
    expect(refused?.json).toEqual(
      failed(
        'invalid_order_id',
        expect.stringMatching(/^This cart was ordered already, as order \d+\.$/) as unknown as string,
      ),
    )
    const payments = await Promise.all(submitted.map(each => paymentsOf(each.json.data.order.orderId)))
    expect(payments.flat().filter(payment => payment.captured > 0n)).toHaveLength(1)
  })

  it('leaves the order and the cart as they are when a card is declined; another card pays', async () => {
    const browser = open()
    const { id } = await readyCheckout(browser)
    const submitted = await submit(browser, id)
    const declined = await payByCard(browser, submitted, { number: '4000000000000002' })
    expect(declined).toMatchObject({ status: 400, json: failed('payment_declined', 'The payment was declined.') })
    const poor = await payByCard(browser, submitted, { number: '4000000000009995' })
    expect(poor.json).toEqual(failed('insufficient_funds', 'The payment was declined.'))
    const { orderId } = submitted.json.data.order
    expect((await browser.send('GET', `/api/storefront/orders/${orderId}`)).json.status).toBe('INCOMPLETE')
    expect((await browser.send('GET', `/api/storefront/checkout/${id}`)).status).toBe(200)
    expect((await payByCard(browser, submitted, approved)).status).toBe(200)
    expect((await browser.send('GET', `/api/storefront/orders/${orderId}`)).json.status).toBe('AWAITING_FULFILLMENT')
  })

  it('refuses an old card, and no card number stays anywhere', async () => {
    const browser = open()
    const { id } = await readyCheckout(browser)
    const submitted = await submit(browser, id)
    expect((await payByCard(browser, submitted, { ...approved, year: 2020 })).status).toBe(400)
    await payByCard(browser, submitted, approved)
    expect(server().log.join('\n')).not.toContain('4111111111111111')
    expect(JSON.stringify(await paymentsOf(submitted.json.data.order.orderId), text)).not.toContain('4111111111111111')
  })

  it('names the page where the shopper has to confirm first', async () => {
    const browser = open()
    const { id } = await readyCheckout(browser)
    const submitted = await submit(browser, id)
    const answer = await payByCard(browser, submitted, { number: '4000000000003220' })
    const message = 'The card issuer asks for a confirmation.'
    expect(answer).toMatchObject({
      status: 400,
      json: {
        status: 'additional_action_required',
        errors: [{ code: 'additional_action_required', message }],
        additional_action_required: {
          type: 'offsite_redirect',
          data: { redirect_url: expect.stringMatching(/^http/) },
        },
      },
    })
  })

  describe('the token', () => {
    it('is bound to its order', async () => {
      const browser = open()
      const first = await submit(browser, (await readyCheckout(browser)).id)
      const stranger = open()
      const other = await submit(stranger, (await readyCheckout(stranger)).id)
      const swapped = { ...first, headers: { ...first.headers, token: other.headers.token ?? '' } }
      const answer = await payByCard(browser, swapped, approved)
      expect(answer).toMatchObject({
        status: 401,
        json: failed('invalid_payment_token', 'The payment token belongs to another order.'),
      })
    })

    it.each([
      ['none', ''],
      ['of another kind', 'Bearer abc'],
      ['made up', 'JWT e30.e30.AAAA'],
    ])('is needed: %s', async (_what, token) => {
      const browser = open()
      const submitted = await submit(browser, (await readyCheckout(browser)).id)
      const answer = await payByCard(browser, { ...submitted, headers: { token } }, approved)
      expect(answer).toMatchObject({
        status: 401,
        json: failed('invalid_payment_token', 'The payment token is not valid.'),
      })
    })

    it('is all that is needed: no session, no cookie', async () => {
      const browser = open()
      const submitted = await submit(browser, (await readyCheckout(browser)).id)
      expect((await payByCard(openBrowser(server()), submitted, approved)).status).toBe(200)
    })
  })

  it('refuses a body without a method, and a method that there is not', async () => {
    const browser = open()
    const submitted = await submit(browser, (await readyCheckout(browser, [{ ...goods.mug, quantity: 1 }])).id)
    const none = await payByCard(browser, submitted, approved, { payment: {} })
    expect(none).toMatchObject({ status: 422, json: failed('invalid', 'payment.gateway required') })
    const other = await payByCard(browser, submitted, approved, { payment: { gateway: 'goldbars', credit_card: null } })
    expect(other).toMatchObject({
      status: 400,
      json: failed('invalid_payment_provider', 'There is no such payment method.'),
    })
  })
})

function text(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
