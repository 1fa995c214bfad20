import { beforeAll, describe, expect, it } from 'vitest'
import { type Books, openBooks } from '../../../support/books.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { managementOver, mug, tee } from '../management.js'
import { approved, card, cashOnDelivery, newOrder, pay, readyCart, sendPayment } from '../purchase.js'

/** Source: dialects/bigcommerce.md 3.6.3, and the ruling on access tokens in 10. A tee sent to Austin costs 48.66. */
describeOnEachDatabase('gift certificates and store credit as payments of their own', getServer => {
  const api = managementOver(getServer)
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })
  const noFaults = async () => expect(await books.faults()).toEqual([])

  const certificate = async (amount: number): Promise<string> => {
    const people = { to_name: 'Bo', to_email: 'bo@shop.example', from_name: 'Al', from_email: 'al@shop.example' }
    const made = await api.send('POST', '/v2/gift_certificates', { body: { ...people, amount: amount.toString() } })
    expect(made.status, made.text).toBe(201)
    return made.json.code
  }
  const by = (gift_certificate_code: string) => ({
    payment_method_id: 'bigcommerce.gift_certificate',
    instrument: { type: 'gift_certificate', gift_certificate_code },
  })
  const byStoreCredit = { payment_method_id: 'bigcommerce.store_credit', instrument: { type: 'store_credit' } }
  const balanceOf = async (code: string): Promise<string> =>
    (await api.send('GET', `/v2/gift_certificates?code=${code}`)).json[0].balance
  const order = async (id: number) => (await api.send('GET', `/v2/orders/${id}`)).json
  const ready = async (more: object = {}) => newOrder(api, await readyCart(api, [tee], more))

  it('pay in part: the order is Pending, and nothing is taken until a further payment completes it', async () => {
    const code = await certificate(20)
    const id = await ready()
    const first = await pay(api, id, by(code))
    expect(first).toMatchObject({
      status: 201,
      json: { data: { transaction_type: 'authorization', status: 'pending' } },
    })
    expect(await order(id)).toMatchObject({ status_id: 1, status: 'Pending', gift_certificate_amount: '20.0000' })
    expect(await balanceOf(code)).toBe('20.0000')
    expect((await api.send('GET', '/v2/orders?status_id=1&sort=id:desc')).json[0].id).toBe(id)
    const rest = await pay(api, id, approved)
    expect(rest).toMatchObject({ status: 201, json: { data: { status: 'success' } } })
    expect(await order(id)).toMatchObject({
      status_id: 11,
      gift_certificate_amount: '20.0000',
      total_inc_tax: '48.6600',
    })
    expect(await balanceOf(code)).toBe('0.0000')
    const { rows } = await getServer().storage.sql.query<{ captured: bigint }>(
      'select captured from payments order by integer_id desc limit 1',
    )
    expect(rows).toEqual([{ captured: 2866n }])
    await noFaults()
  })

  it('pay in part an order that is canceled then: nothing of them was taken, and it says so', async () => {
    const code = await certificate(20)
    const id = await ready()
    expect((await pay(api, id, by(code))).status).toBe(201)
    expect(await order(id)).toMatchObject({ status_id: 1, gift_certificate_amount: '20.0000' })
    expect((await api.send('PUT', `/v2/orders/${id}`, { body: { status_id: 5 } })).status).toBe(200)
    expect(await order(id)).toMatchObject({
      status_id: 5,
      gift_certificate_amount: '0.0000',
      total_inc_tax: '48.6600',
    })
    expect(await balanceOf(code)).toBe('20.0000')
    expect((await pay(api, id, approved)).status).not.toBe(201)
    await noFaults()
  })

  it('pay all of it: the order awaits fulfillment and the cart is gone', async () => {
    const code = await certificate(60)
    const cart = await readyCart(api, [tee])
    const id = await newOrder(api, cart)
    expect(await pay(api, id, by(code))).toMatchObject({ status: 201, json: { data: { status: 'success' } } })
    expect(await order(id)).toMatchObject({ status_id: 11, gift_certificate_amount: '48.6600' })
    expect(await balanceOf(code)).toBe('11.3400')
    expect((await api.send('GET', `/v3/carts/${cart}`)).status).toBe(404)
    const again = await pay(api, id, by(code))
    expect([again.status, again.json.code]).toEqual([409, 30_101])
    await api.send('PUT', `/v2/orders/${id}`, { body: { status_id: 5 } })
    expect(await balanceOf(code)).toBe('60.0000')
    await noFaults()
  })

  it('go together, one after the other, by one token, which pays what remains', async () => {
    const [first, second] = [await certificate(10), await certificate(15)]
    const customer = (await api.send('GET', '/v3/customers?email:in=second@polytill.test')).json.data[0].id
    const body = [{ id: customer, store_credit_amounts: [{ amount: 5 }] }]
    await api.send('PUT', '/v3/customers', { body })
    const id = await ready({ customer_id: customer })
    const methods = await api.send('GET', `/v3/payments/methods?order_id=${id}`)
    expect(methods.json.data.slice(0, 2).map((one: { id: string }) => one.id)).toEqual([
      'bigcommerce.gift_certificate',
      'bigcommerce.store_credit',
    ])
    const token = await api.send('POST', '/v3/payments/access_tokens', { body: { order: { id } } })
    const send = (payment: object) => sendPayment(api, token.json.data.id, payment)
    expect((await send(by(first))).status).toBe(201)
    const twice = await send(by(first))
    expect([twice.status, twice.json.code]).toEqual([400, 30_105])
    expect((await send(by(second))).status).toBe(201)
    expect((await send(byStoreCredit)).status).toBe(201)
    expect(await order(id)).toMatchObject({ gift_certificate_amount: '25.0000', store_credit_amount: '5.0000' })
    expect((await send(card('4000000000000002'))).json.code).toBe(30_104)
    expect(await order(id)).toMatchObject({ status_id: 1, gift_certificate_amount: '25.0000' })
    expect(await balanceOf(second)).toBe('15.0000')
    expect((await send(cashOnDelivery)).status).toBe(201)
    expect(await order(id)).toMatchObject({ status_id: 7 })
    const kept = (await api.send('GET', `/v3/customers?id:in=${customer}`)).json.data[0].store_credit_amounts
    expect([kept, await balanceOf(first), await balanceOf(second)]).toEqual([[{ amount: 0 }], '0.0000', '0.0000'])
    await noFaults()
  })

  it('refuse store credit for an order of nobody with an account, without doubting the token', async () => {
    const id = await ready()
    const before = await order(id)
    const refused = await pay(api, id, byStoreCredit)
    expect(refused.status).toBe(422)
    expect(refused.json).toEqual({
      status: 422,
      title: 'customer_id required',
      detail: 'customer_id required',
      type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
      code: 10_001,
      errors: { customer_id: 'required' },
    })
    expect(await order(id)).toEqual(before)
    expect((await pay(api, id, approved)).status).toBe(201)
    await noFaults()
  })

  it('pay all of an order whose card was declined before: called off, it is canceled, not declined', async () => {
    const code = await certificate(60)
    const id = await ready()
    expect((await pay(api, id, card('4000000000000002'))).json.code).toBe(30_104)
    expect((await pay(api, id, by(code))).status).toBe(201)
    expect(await order(id)).toMatchObject({ status_id: 11, payment_status: 'captured' })
    await noFaults()
    const canceled = await api.send('PUT', `/v2/orders/${id}`, { body: { status_id: 5 } })
    expect(canceled).toMatchObject({ status: 200, json: { status_id: 5, status: 'Cancelled', payment_status: 'void' } })
    expect(await order(id)).toEqual(canceled.json)
    expect(await balanceOf(code)).toBe('60.0000')
    await noFaults()
  })

  it('whose money went elsewhere meanwhile are dropped: no card is charged, and what is due is told anew', async () => {
    const code = await certificate(20)
    const [one, other] = [await ready(), await ready()]
    expect((await pay(api, one, by(code))).status).toBe(201)
    expect((await pay(api, other, by(code))).status).toBe(201)
    expect((await pay(api, other, approved)).status).toBe(201)
    const late = await pay(api, one, approved)
    expect([late.status, late.json.code]).toEqual([400, 30_106])
    expect(await order(one)).toMatchObject({ status_id: 0, gift_certificate_amount: '0.0000' })
    expect((await pay(api, one, approved)).status).toBe(201)
    await noFaults()
  })

  it('at the same moment, of one certificate on many orders: one is paid', async () => {
    const code = await certificate(60)
    const orders = await Promise.all(Array.from({ length: 5 }, () => ready()))
    const answers = await Promise.all(orders.map(id => pay(api, id, by(code))))
    // Who comes later finds the certificate short, or what is left of it.
    expect(answers.filter(({ status }) => ![201, 400].includes(status))).toEqual([])
    const statuses = await Promise.all(orders.map(async id => (await order(id)).status_id))
    expect(statuses.filter(status => status === 11)).toEqual([11])
    expect(statuses.filter(status => ![0, 1, 11].includes(status))).toEqual([])
    expect(await balanceOf(code)).toBe('11.3400')
    await noFaults()
  })

  describe('are refused', () => {
    it.each([
      ['an unknown code', () => by('NOPE'), 404, 10_001],
      ['no code', () => ({ payment_method_id: 'bigcommerce.gift_certificate', instrument: {} }), 422, 10_001],
    ] as const)('%s', async (_what, payment, status, code) => {
      const id = await ready()
      const answer = await pay(api, id, payment())
      expect([answer.status, answer.json.code]).toEqual([status, code])
      expect(await order(id)).toMatchObject({ status_id: 0 })
    })

    it('an empty certificate, one that bought it, and store credit of nobody', async () => {
      const code = await certificate(10)
      const spent = await ready()
      expect((await pay(api, spent, by(code))).status).toBe(201)
      expect((await pay(api, spent, approved)).status).toBe(201)
      const id = await ready()
      const empty = await pay(api, id, by(code))
      expect([empty.status, empty.json.code]).toEqual([400, 30_106])
      expect((await pay(api, id, byStoreCredit)).status).toBeGreaterThanOrEqual(400)
      expect(await order(id)).toMatchObject({ status_id: 0, store_credit_amount: '0.0000' })
    })

    it('who guesses', async () => {
      const id = await newOrder(api, await readyCart(api, [mug]))
      const statuses: number[] = []
      for (let guess = 0; guess < 40 && statuses.at(-1) !== 429; guess += 1) {
        statuses.push((await pay(api, id, by(`GUESS${guess}`))).status)
      }
      expect(statuses.at(-1)).toBe(429)
    })
  })
})
