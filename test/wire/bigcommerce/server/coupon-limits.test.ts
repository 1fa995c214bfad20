import { expect, it } from 'vitest'
import { openBooks } from '../../../support/books.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { austin, managementOver, mug } from '../management.js'
import { approved, card, cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

describeOnEachDatabase('a coupon that each customer may use once', getServer => {
  const api = managementOver(getServer)
  let made = 0
  const newCoupon = async (): Promise<string> => {
    made += 1
    const code = `EACH_ONCE_${made}`
    const terms = { name: code, type: 'per_total_discount', amount: '2', max_uses_per_customer: 1 }
    const body = { ...terms, code, applies_to: { entity: 'categories', ids: [0] } }
    expect((await api.send('POST', '/v2/coupons', { body })).status).toBe(201)
    return code
  }
  const mail = (id: string, email: string) =>
    api.send('POST', `/v3/checkouts/${id}/billing-address`, { body: { ...austin, email } })
  const apply = (id: string, coupon_code: string) =>
    api.send('POST', `/v3/checkouts/${id}/coupons`, { body: { coupon_code } })
  /** A checkout of that guest with the code on it. */
  const couponed = async (email: string, code: string) => {
    const id = await readyCart(api, [mug])
    await mail(id, email)
    return { id, applied: await apply(id, code) }
  }
  let guests = 0
  const newGuest = () => {
    guests += 1
    return `Guest-${guests}@Example.com`
  }
  const usedUp = { status: 422, json: { errors: { coupon_code: 'max_uses' } } }

  it('is refused to a guest who used it, however the address is written, and to nobody else', async () => {
    const [code, guest] = [await newCoupon(), newGuest()]
    const first = await couponed(guest, code)
    expect(first.applied.status).toBe(200)
    expect((await pay(api, await newOrder(api, first.id), cashOnDelivery)).status).toBe(201)
    expect((await couponed(guest.toUpperCase(), code)).applied).toMatchObject(usedUp)
    const other = await couponed(newGuest(), code)
    expect(other.applied.json.data.coupons).toHaveLength(1)
    expect((await pay(api, await newOrder(api, other.id), approved)).status).toBe(201)
  })

  it('counts by the address that the order has: one told later does not help', async () => {
    const [code, guest] = [await newCoupon(), newGuest()]
    const first = await couponed(guest, code)
    await pay(api, await newOrder(api, first.id), cashOnDelivery)
    const second = await couponed(newGuest(), code)
    expect(second.applied.json.data.coupons).toHaveLength(1)
    const drafted = await newOrder(api, second.id)
    const changed = await mail(second.id, guest.toLowerCase())
    expect(changed.json.data.coupons).toEqual([])
    const refused = await api.send('POST', `/v3/checkouts/${second.id}/orders`)
    expect(refused).toMatchObject({
      status: 422,
      json: { title: `The coupon code "${code}" does not apply any longer.` },
    })
    expect((await pay(api, await newOrder(api, second.id), cashOnDelivery)).status).toBe(201)
    expect((await pay(api, drafted, cashOnDelivery)).status).toBe(409)
  })

  it('of many orders of one guest that are paid at once exactly one gets it', async () => {
    const books = await openBooks(getServer().storage.sql)
    const [code, guest] = [await newCoupon(), newGuest()]
    const orders: number[] = []
    for (let count = 0; count < 6; count += 1) {
      const { id, applied } = await couponed(guest, code)
      expect(applied.status).toBe(200)
      orders.push(await newOrder(api, id))
    }
    const answers = await Promise.all(orders.map(order => pay(api, order, approved)))
    expect(answers.map(answer => answer.status).sort()).toEqual([201, 422, 422, 422, 422, 422])
    const refused = answers.find(answer => answer.status === 422)
    expect(refused?.json.errors).toEqual({ coupon_code: 'max_uses' })
    const coupons = await api.send('GET', `/v2/coupons?code=${code}`)
    expect(coupons.json[0].num_uses).toBe(1)
    expect(await books.faults()).toEqual([])
  })

  it('comes back with a payment that is declined, and with an order that is called off', async () => {
    const books = await openBooks(getServer().storage.sql)
    const [code, guest] = [await newCoupon(), newGuest()]
    const first = await couponed(guest, code)
    const order = await newOrder(api, first.id)
    expect((await pay(api, order, card('4000000000000002'))).status).toBe(422)
    expect((await pay(api, order, cashOnDelivery)).status).toBe(201)
    expect((await couponed(guest, code)).applied).toMatchObject(usedUp)
    expect((await api.send('PUT', `/v2/orders/${order}`, { body: { status_id: 5 } })).json.status_id).toBe(5)
    expect((await couponed(guest, code)).applied.status).toBe(200)
    expect(await books.faults()).toEqual([])
  })

  it('counts members by who they are, whatever address they give', async () => {
    const code = await newCoupon()
    const ofMember = async () => {
      const id = await readyCart(api, [mug], { customer_id: 1 })
      await mail(id, newGuest())
      return { id, applied: await apply(id, code) }
    }
    const first = await ofMember()
    expect((await pay(api, await newOrder(api, first.id), cashOnDelivery)).status).toBe(201)
    expect((await ofMember()).applied).toMatchObject(usedUp)
  })

  it('keeps no address in the counts', async () => {
    const [code, guest] = [await newCoupon(), newGuest()]
    const { id } = await couponed(guest, code)
    await pay(api, await newOrder(api, id), cashOnDelivery)
    const { rows } = await getServer().storage.sql.query<{ text: string }>(
      `select coalesce((select string_agg(customer_id, ' ') from coupon_uses), '')
        || coalesce((select string_agg(customer_id, ' ') from promotion_uses), '')
        || (select string_agg(coupons_held::text, ' ') from orders) as text`,
    )
    expect(rows[0]?.text).toMatch(/email:[0-9a-f]{64}/)
    expect(rows[0]?.text).not.toContain('@')
  })
})
