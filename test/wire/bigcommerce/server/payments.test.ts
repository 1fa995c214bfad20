import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { managementOver, mug, notThere } from '../management.js'
import { approved, card, newOrder, pay, readyCart, sendPayment } from '../purchase.js'

describeOnEachDatabase('payments between servers', getServer => {
  const api = managementOver(getServer)
  const tokenFor = async (order: number): Promise<string> => {
    const answer = await api.send('POST', '/v3/payments/access_tokens', {
      body: { order: { id: order, is_recurring: false } },
    })
    return answer.json.data.id
  }

  it('GET /stores/:storeHash/v3/payments/methods tells what can pay, of a checkout and of an order', async () => {
    const id = await readyCart(api, [mug])
    const order = await newOrder(api, id)
    const byCheckout = await api.send('GET', `/v3/payments/methods?checkout_id=${id}`)
    expect(byCheckout.status).toBe(200)
    const [certificate, first, ...others] = byCheckout.json.data
    expect(certificate).toEqual({
      ...{ id: 'bigcommerce.gift_certificate', name: 'Gift Certificate', test_mode: false, type: 'gift_certificate' },
      ...{ supported_instruments: [], stored_instruments: [] },
    })
    expect(first).toEqual({
      id: 'bigpaypay.card',
      name: 'Test Payment Provider',
      test_mode: true,
      type: 'card',
      supported_instruments: expect.arrayContaining([{ instrument_type: 'VISA', verification_value_required: true }]),
      stored_instruments: [],
    })
    expect(others.map((one: { id: string }) => one.id)).toEqual([
      'offline.cod',
      'offline.cheque',
      'offline.bankdeposit',
    ])
    expect((await api.send('GET', `/v3/payments/methods?order_id=${order}`)).json).toEqual(byCheckout.json)
    expect((await api.send('GET', '/v3/payments/methods')).json).toMatchObject({
      status: 422,
      errors: { order_id: 'required' },
    })
    expect((await api.send('GET', `/v3/payments/methods?checkout_id=${notThere}`)).status).toBe(404)
    expect((await api.send('GET', '/v3/payments/methods?order_id=99999999')).status).toBe(404)
  })

  it('POST /stores/:storeHash/v3/payments/access_tokens answers 201 with a signed token; 404 for an unknown order', async () => {
    const order = await newOrder(api, await readyCart(api, [mug]))
    const token = await tokenFor(order)
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    expect(claims).toMatchObject({
      iss: 'payments.bigcommerce.com',
      sub: 'demo',
      data: { store_id: '1', order_id: order, amount: 2116, currency: 'USD' },
    })
    expect(claims.exp - claims.iat).toBe(3600)
    const unknown = await api.send('POST', '/v3/payments/access_tokens', { body: { order: { id: 99_999_999 } } })
    expect([unknown.status, unknown.json.code]).toEqual([404, 30003])
    expect((await api.send('POST', '/v3/payments/access_tokens', { body: {} })).status).toBe(422)
  })

  describe('POST /stores/:storeHash/payments', () => {
    it.each([
      ['a declined card', '4000000000000002', {}, 30104],
      ['a card without money', '4000000000009995', {}, 30106],
      ['a card of last year', '4111111111111111', { expiry_year: 2020 }, 30103],
    ])('refuses %s; the order stays incomplete and can be paid then', async (_, number, more, code) => {
      const order = await newOrder(api, await readyCart(api, [mug]))
      const declined = await pay(api, order, card(number, more))
      expect([declined.status, declined.json.code]).toEqual([422, code])
      expect(declined.text).not.toContain(number)
      expect((await api.send('GET', `/v2/orders/${order}`)).json.status_id).toBe(0)
      expect((await pay(api, order)).status).toBe(201)
    })

    it('refuses tokens that are none, of another store, or used up', async () => {
      const order = await newOrder(api, await readyCart(api, [mug]))
      const token = await tokenFor(order)
      for (const bad of ['nothing', `${token}x`, token.split('.').slice(0, 2).join('.')]) {
        expect((await sendPayment(api, bad, approved)).status).toBe(401)
      }
      const headers = { authorization: `PAT ${token}`, 'content-type': 'application/json' }
      const elsewhere = await api.server.request('POST', '/stores/other/payments', {
        headers,
        body: { payment: approved },
      })
      expect(elsewhere.status).toBe(401)
      expect((await sendPayment(api, token, approved)).status).toBe(201)
      expect((await sendPayment(api, token, approved)).status).toBe(409)
    })

    it('refuses other methods and bodies', async () => {
      const token = await tokenFor(await newOrder(api, await readyCart(api, [mug])))
      const unknown = await sendPayment(api, token, {
        payment_method_id: 'nobody.card',
        instrument: approved.instrument,
      })
      expect([unknown.status, unknown.json.code]).toEqual([422, 30000])
      expect((await sendPayment(api, token, { payment_method_id: 'bigpaypay.card' })).status).toBe(422)
      expect((await sendPayment(api, token, {})).status).toBe(422)
    })
  })
})
