import { expect, it } from 'vitest'
import { checkBooks } from '../../../src/operations/check-books.js'
import { type Sample, sellBy } from './golden-store.js'
import {
  address,
  addresses,
  admin,
  card,
  customerKey,
  describeShop,
  paidBy,
  type Shop,
  type Shopper,
  threeTotes,
  tote,
} from './shop.js'

// Settings of dialects/spree.md 5.11, each with what it changes; the last test puts everything back.

const unauthorized = { error: 'You are not authorized to perform that action.' }
const sold = { id: 7201, sku: 'SET-1', name: 'Settled', price: '10.00', stock: 3 }
const byCheck = { order: { payments_attributes: [{ payment_method_id: 2 }] } }

describeShop('settings', shop => {
  const set = async (settings: object, sample: Sample = {}) => {
    await sellBy(shop.server(), { ...sample, settings })
    // Settings of a channel are looked at anew every two seconds.
    shop.server().advance(3_000)
  }

  it('requires_authentication asks for a key, except where none is ever needed', async () => {
    const before = await shop.newOrder(threeTotes)
    await set({ requires_authentication: true })
    for (const [method, path] of [
      ['POST', '/api/checkouts'],
      ['POST', '/api/orders'],
      ['GET', '/api/products'],
      ['GET', '/api/zones'],
      ['GET', '/api/orders/current'],
      ['GET', `/api/orders/${before.number}`],
      ['PUT', `/api/checkouts/${before.number}`],
    ] as const) {
      const answer = await shop.send(method, path)
      expect([path, answer.status, answer.json]).toEqual([path, 401, { error: 'You must specify an API key.' }])
    }
    for (const path of ['/api/countries', '/api/countries/236/states', '/api/states', '/api/v1/states.json']) {
      expect((await shop.send('GET', path)).status).toBe(200)
    }
    const coupon = await shop.send('PUT', `/api/orders/${before.number}/apply_coupon_code?coupon_code=10off`)
    expect([coupon.status, coupon.json]).toEqual([401, unauthorized])
    expect((await shop.send('GET', `/api/orders/${before.number}`, { token: before.token })).status).toBe(200)
    expect((await shop.send('POST', '/api/orders', { key: customerKey })).status).toBe(201)
    expect((await shop.send('POST', '/login', { body: {} })).status).toBe(422)
  })

  it('always_include_confirm_step confirms a check too, and is listed for what costs nothing', async () => {
    await set({ always_include_confirm_step: true })
    expect((await shop.send('POST', '/api/checkouts')).json.checkout_steps).toEqual([
      'address',
      'delivery',
      'confirm',
      'complete',
    ])
    const shopper = await shop.walkTo('payment')
    expect((await shop.put(shopper, {}, 422)).errors).toEqual({ base: ['No payment found'] })
    expect(await shop.put(shopper, byCheck)).toMatchObject({ state: 'confirm' })
    expect(await shop.put(shopper)).toMatchObject({ state: 'complete' })
  })

  it('address_requires_state and address_requires_phone say what an address must hold', async () => {
    const { phone: _phone, state_name: _state, ...bare } = address
    const sent = { order: { email: 'ann@example.com', ship_address_attributes: bare } }
    await set({})
    const shopper = await shop.walkTo('address')
    expect((await shop.put(shopper, sent, 422)).errors).toEqual({
      'ship_address.phone': ["can't be blank"],
      'ship_address.state': ["can't be blank"],
    })
    const nowhere = { order: { ship_address_attributes: { ...address, state_name: 'Nowhere' } } }
    expect((await shop.put(shopper, nowhere, 422)).errors).toEqual({ 'ship_address.state': ['is invalid'] })
    await set({ address_requires_phone: false })
    expect(Object.keys((await shop.put(shopper, sent, 422)).errors)).toEqual(['ship_address.state'])
    await set({ address_requires_phone: false, address_requires_state: false })
    expect((await shop.put(shopper, sent)).state).toBe('delivery')
  })

  it('auto_capture takes the money when the order completes', async () => {
    await set({ auto_capture: true })
    const shopper = await shop.walkTo('complete')
    expect(await shop.read(shopper)).toMatchObject({
      payment_state: 'paid',
      payment_total: '55.37',
      shipment_state: 'ready',
      payments: [{ state: 'completed', amount: '55.37' }],
      shipments: [{ state: 'ready' }],
    })
  })

  it('allow_checkout_on_gateway_error completes what the gateway refused, unpaid', async () => {
    const refused = paidBy({ ...card, number: '4000000000000002' })
    await set({})
    const strict = await shop.walkTo('payment')
    await shop.put(strict, refused)
    await shop.put(strict, {}, 422)
    await set({ allow_checkout_on_gateway_error: true })
    const shopper = await shop.walkTo('payment')
    await shop.put(shopper, refused)
    const done = await shop.put(shopper)
    expect(done).toMatchObject({
      state: 'complete',
      payment_state: 'failed',
      payment_total: '0.0',
      payments: [{ state: 'failed' }],
      shipments: [{ state: 'pending' }],
    })
    const { number } = done.shipments[0]
    expect((await shop.send('PUT', `/api/shipments/${number}/ship`, { key: admin })).status).toBe(422)
    const paid = await shop.walkTo('complete')
    expect(await shop.read(paid)).toMatchObject({ payment_state: 'balance_due', payments: [{ state: 'pending' }] })
    const report = await checkBooks({ books: shop.server().storage.books, clock: shop.server().now })
    expect(report.faults).toBe(0)
    const canceled = await shop.send('PUT', `/api/orders/${shopper.number}/cancel`, { key: admin })
    expect([canceled.status, canceled.json.state]).toEqual([200, 'canceled'])
  })

  it('that setting tests no cards: who is declined too often has to wait', async () => {
    await set({ allow_checkout_on_gateway_error: true })
    const statuses: number[] = []
    for (let tries = 0; tries < 60 && statuses.at(-1) !== 429; tries += 1) {
      const shopper = await shop.walkTo('payment')
      await shop.put(shopper, paidBy({ ...card, number: '4000000000000002' }))
      const answer = await shop.send('PUT', `/api/checkouts/${shopper.number}`, { token: shopper.token })
      statuses.push(answer.status)
    }
    expect(statuses.at(-1)).toBe(429)
    shop.server().advance(16 * 60_000)
  })

  it('default_per_page is the length of a page that nobody asked otherwise for', async () => {
    await set({ default_per_page: 2 })
    const list = async (query = '') => (await shop.send('GET', `/api/countries${query}`)).json
    expect((await list()).count).toBe(2)
    expect((await list('?per_page=3')).count).toBe(3)
    expect((await list('?page=2')).countries[0]).toEqual((await list('?per_page=3')).countries[2])
    expect((await list('?page=0&per_page=0')).count).toBe(1)
    expect((await list('?page=x&per_page=y')).count).toBe(2)
    expect((await list('?page=99999999')).countries).toEqual([])
  })

  it('strict_3_3 lets nobody but administrators repeat what completed', async () => {
    await set({ strict_3_3: true })
    const { number, token } = await shop.walkTo('complete')
    for (const action of ['', '/next', '/advance']) {
      const answer = await shop.send('PUT', `/api/checkouts/${number}${action}`, { token })
      expect([action, answer.status, answer.json]).toEqual([action, 401, unauthorized])
    }
    expect((await shop.send('PUT', `/api/checkouts/${number}`, { key: admin })).status).toBe(200)
    expect((await shop.send('GET', `/api/orders/${number}`, { token })).status).toBe(200)
  })

  it('owner_can_cancel lets whoever holds an order call it off', async () => {
    await set({ owner_can_cancel: true })
    const { number, token } = await shop.walkTo('complete')
    expect((await shop.send('PUT', `/api/orders/${number}/cancel`)).status).toBe(401)
    const canceled = await shop.send('PUT', `/api/orders/${number}/cancel`, { token })
    expect([canceled.status, canceled.json]).toMatchObject([200, { state: 'canceled', canceler_id: null }])
    const own = await shop.newOrder(threeTotes, { key: customerKey })
    const put = (body: object) => shop.send('PUT', `/api/checkouts/${own.number}`, { key: customerKey, body })
    for (const body of [{}, addresses, {}, byCheck]) expect((await put(body)).status).toBe(200)
    const left = await shop.send('PUT', `/api/orders/${own.number}/cancel`, { key: customerKey })
    expect([left.status, left.json.canceler_id]).toEqual([200, left.json.user_id])
    await set({})
    const kept = await shop.walkTo('complete')
    expect((await shop.send('PUT', `/api/orders/${kept.number}/cancel`, { token: kept.token })).status).toBe(401)
    const byShop = await shop.send('PUT', `/api/orders/${kept.number}/cancel`, { key: admin })
    expect([byShop.status, byShop.json.canceler_id]).toEqual([200, expect.any(Number)])
  })

  it('the place of the tax is the shipping address, or the billing address where the channel says so', async () => {
    const zones: Sample['zones'] = [
      {
        id: 'north-america',
        name: 'North America',
        areas: ['US', 'CA'],
        rates: [{ name: 'North America', percent: '5' }],
      },
      { id: 'second', name: 'Texas', areas: ['US-TX'], rates: [{ name: 'Texas', percent: '8' }] },
    ]
    const texas = { ...address, state_name: 'Texas', zipcode: '78701' }
    const taxed = async (place: 'destination' | 'billing') => {
      await set({}, { zones, variants: [sold], policy: { tax: { place } } })
      const shopper = await shop.walkTo('address', [{ variant_id: sold.id, quantity: 1 }])
      const order = { email: 'ann@example.com', bill_address_attributes: texas, ship_address_attributes: address }
      return (await shop.put(shopper, { order })).additional_tax_total
    }
    expect(await taxed('destination')).toBe('0.5')
    expect(await taxed('billing')).toBe('0.8')
  })

  it('what is not tracked is sold in any number', async () => {
    const more = { line_item: { quantity: 4 } }
    const raise = async (of: Shopper) =>
      shop.send('PUT', `/api/orders/${of.number}/line_items/1`, { token: of.token, body: more })
    await set({}, { variants: [sold] })
    const shopper = await shop.newOrder([{ variant_id: sold.id, quantity: 3 }])
    const refused = await raise(shopper)
    expect([refused.status, refused.json.errors]).toEqual([
      422,
      { quantity: ['selected of "Settled" is not available.'] },
    ])
    await set({}, { variants: [sold], channel: { tracksStock: false } })
    const raised = await raise(shopper)
    expect([raised.status, raised.json]).toMatchObject([
      200,
      { quantity: 4, variant: { track_inventory: false, in_stock: true, total_on_hand: null } },
    ])
    for (const body of [{}, addresses, {}, byCheck]) await shop.put(shopper, body)
    expect((await shop.read(shopper)).state).toBe('complete')
    expect((await shop.send('GET', `/api/variants/${sold.id}`)).json).toMatchObject({ total_on_hand: null })
    await set({}, { channel: { tracksStock: true } })
    expect((await shop.send('GET', `/api/variants/${sold.id}`)).json).toMatchObject({ total_on_hand: 3 })
  })

  it('amounts are those of the currency that the channel sells in', async () => {
    const yen = { ...sold, id: 7202, sku: 'SET-YEN', price: '1000' }
    await set(
      {},
      {
        currency: 'JPY',
        rates: { Post: '500' },
        variants: [{ ...yen, more: { prices: { 'us-spree': { JPY: '1000' } } } }],
      },
    )
    const order = await inYen(shop, yen.id)
    expect(order).toMatchObject({
      currency: 'JPY',
      item_total: '1000.0',
      // 5 % of the goods are added.
      total: '1550.0',
      display_item_total: '¥1,000',
      display_total: '¥1,550',
      line_items: [{ price: '1000.0', single_display_amount: '¥1,000' }],
    })
    expect((await shop.send('GET', '/api/config/money')).json).toMatchObject({ symbol: '¥', no_cents: true })
    await set({}, { currency: 'USD' })
    expect((await shop.send('GET', '/api/config/money')).json).toMatchObject({ symbol: '$', no_cents: false })
    const again = await shop.walkTo('payment', [{ variant_id: tote, quantity: 1 }])
    expect(await shop.put(again, paidBy(card))).toMatchObject({ currency: 'USD', state: 'confirm' })
  })
})

async function inYen(shop: Shop, variantId: number) {
  const shopper = await shop.newOrder([{ variant_id: variantId, quantity: 1 }])
  await shop.put(shopper)
  return shop.put(shopper, addresses)
}
