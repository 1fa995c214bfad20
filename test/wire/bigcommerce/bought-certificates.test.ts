import { expect, it } from 'vitest'
import { openBooks } from '../../support/books.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { managementOver, mug } from './management.js'
import { approved, card, cashOnDelivery, fillIn, newOrder, pay, readyCart } from './purchase.js'

describeOnEachDatabase('gift certificates that are bought', getServer => {
  const api = managementOver(getServer)
  let buyers = 0
  /** A checkout that buys so many of 25.00 for somebody of whom nobody else has heard. */
  const cartFor = async (quantity = 1) => {
    buyers += 1
    const email = `recipient-${buyers}@example.com`
    const certificate = {
      ...{ name: 'Gift', theme: 'Birthday', amount: 25, quantity, message: 'Happy day' },
      sender: { name: 'Ada', email: 'ada@example.com' },
      recipient: { name: '#1 friend', email },
    }
    const cart = await api.newCart([mug], { gift_certificates: [certificate] })
    await fillIn(api, cart.id)
    return { id: String(cart.id), email }
  }
  const issuedTo = async (email: string) => {
    const answer = await api.send('GET', `/v2/gift_certificates?to_email=${email}`)
    return answer.status === 204 ? [] : answer.json
  }
  const applied = async (gift_certificate_code: string) => {
    const id = await readyCart(api, [mug])
    return api.send('POST', `/v3/checkouts/${id}/gift-certificates`, { body: { gift_certificate_code } })
  }

  it('are there once the order is paid, one per piece, and pay', async () => {
    const { id, email } = await cartFor(2)
    const order = await newOrder(api, id)
    expect(await issuedTo(email)).toEqual([])
    expect((await pay(api, order, approved)).status).toBe(201)
    const made = await issuedTo(email)
    expect(made).toEqual([
      {
        id: expect.any(Number),
        ...{ to_name: '#1 friend', to_email: email, from_name: 'Ada', from_email: 'ada@example.com' },
        ...{ amount: '25.0000', balance: '25.0000', code: expect.stringMatching(/^([A-Z2-9]{3}-){3}[A-Z2-9]{3}$/) },
        ...{ status: 'active', purchase_date: expect.stringContaining('+0000'), expiry_date: '' },
        ...{ template: 'birthday.html', message: 'Happy day', customer_id: 0, order_id: order, currency_code: 'USD' },
      },
      expect.objectContaining({ order_id: order }),
    ])
    expect(made[1].code).not.toBe(made[0].code)
    expect(made[1].id).not.toBe(made[0].id)
    const answer = await applied(made[0].code)
    expect(answer.json.data.gift_certificates).toMatchObject([{ code: made[0].code, balance: 25, used: 21.16 }])
  })

  it('are no change of the catalog: what is kept of that stays good', async () => {
    const epoch = async () => (await getServer().storage.sql.query('select epoch from catalog_epoch')).rows
    const { id, email } = await cartFor(2)
    const order = await newOrder(api, id)
    const before = await epoch()
    expect((await pay(api, order, approved)).status).toBe(201)
    expect(await issuedTo(email)).toHaveLength(2)
    expect(await epoch()).toEqual(before)
  })

  it('keep their order when somebody changes them', async () => {
    const { id, email } = await cartFor()
    const order = await newOrder(api, id)
    await pay(api, order, approved)
    const [made] = await issuedTo(email)
    const changed = await api.send('PUT', `/v2/gift_certificates/${made.id}`, { body: { message: 'Late' } })
    expect(changed.json).toEqual({ ...made, message: 'Late' })
  })

  it('wait while the order is not paid, and pay once it is', async () => {
    const { id, email } = await cartFor()
    const order = await newOrder(api, id)
    expect((await pay(api, order, cashOnDelivery)).status).toBe(201)
    const [waiting] = await issuedTo(email)
    expect(waiting).toMatchObject({ status: 'pending', order_id: order })
    expect((await applied(waiting.code)).status).toBe(400)
    const system = { kind: 'system' } as const
    const read = await getServer().operations.readOrder(system, { number: order.toString() })
    if (!read.ok) throw new Error(read.error.code)
    const recorded = await getServer().operations.recordPayment(system, { order: read.value.order.id })
    expect(recorded.ok).toBe(true)
    expect(await issuedTo(email)).toEqual([{ ...waiting, status: 'active' }])
    expect((await applied(waiting.code)).status).toBe(200)
  })

  it('are not made by a payment that fails, and once by those that succeed at the same moment', async () => {
    const books = await openBooks(getServer().storage.sql)
    const { id, email } = await cartFor()
    const orders = [await newOrder(api, id), await newOrder(api, id), await newOrder(api, id)]
    expect((await pay(api, orders[0] ?? 0, card('4000000000000002'))).status).toBe(422)
    expect(await issuedTo(email)).toEqual([])
    const answers = await Promise.all([...orders, ...orders].map(order => pay(api, order, approved)))
    expect(answers.some(answer => answer.status === 201)).toBe(true)
    expect(await issuedTo(email)).toHaveLength(1)
    expect(await books.faults()).toEqual([])
  })

  it('get ids of their own, however many orders are paid at once', async () => {
    const carts = await Promise.all(Array.from({ length: 8 }, () => cartFor(2)))
    const orders = await Promise.all(carts.map(({ id }) => newOrder(api, id)))
    const answers = await Promise.all(orders.map(order => pay(api, order, approved)))
    expect(answers.map(answer => answer.status)).toEqual(orders.map(() => 201))
    const made: { id: number }[] = []
    for (const { email } of carts) made.push(...(await issuedTo(email)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(16)
  })

  it.each([
    ['paid', approved],
    ['waiting', cashOnDelivery],
  ])('are taken back with an order that is called off: %s', async (_how, payment) => {
    const books = await openBooks(getServer().storage.sql)
    const { id, email } = await cartFor()
    const order = await newOrder(api, id)
    await pay(api, order, payment)
    const [made] = await issuedTo(email)
    expect((await api.send('PUT', `/v2/orders/${order}`, { body: { status_id: 5 } })).status).toBe(200)
    expect(await issuedTo(email)).toEqual([])
    expect((await applied(made.code)).status).toBe(400)
    expect(await books.faults()).toEqual([])
  })

  it('stand in no event and no log by their codes', async () => {
    const { id, email } = await cartFor()
    await pay(api, await newOrder(api, id), approved)
    const [made] = await issuedTo(email)
    const { rows } = await getServer().storage.sql.query<{ type: string; text: string }>(
      `select type, data::text as text from outbox where type = 'gift_card.issued'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(made.code)
    expect(getServer().log.join('\n')).not.toContain(made.code)
  })
})
