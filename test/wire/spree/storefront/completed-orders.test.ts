import { expect, it } from 'vitest'
import { checkBooks } from '../../../../src/operations/check-books.js'
import { stage } from '../contract/stages.js'
import { address, admin, describeShop, type Shop } from '../shop.js'

// dialects/spree.md 2.3, 5.5: what administrators still change about a completed order.

const frozen = {
  error: 'Invalid resource. Please fix errors and try again.',
  errors: { base: ['Lines, rates, discounts and payments of a completed order are not changed.'] },
}

const put = (shop: Shop, path: string, body: object) => shop.send('PUT', path, { key: admin, body })

describeShop('completed orders', shop => {
  it('have their contact and addresses put right by administrators, under both doors', async () => {
    for (const door of ['orders', 'checkouts']) {
      const scene = await stage(shop, 'complete')
      const { number, order } = scene
      const changed = await put(shop, `/api/${door}/${number}`, {
        order: {
          email: 'anna@example.com',
          special_instructions: 'Ring twice',
          channel: 'phone',
          bill_address: { ...address, city: 'Troy', zipcode: '12180' },
          ship_address: { id: order.ship_address.id, address1: '2 Road' },
        },
      })
      expect([changed.status, changed.json]).toMatchObject([
        200,
        {
          state: 'complete',
          email: 'anna@example.com',
          special_instructions: 'Ring twice',
          channel: 'phone',
          bill_address: { city: 'Troy', zipcode: '12180' },
          ship_address: { id: order.ship_address.id, address1: '2 Road', city: 'Albany' },
          total: order.total,
          adjustment_total: order.adjustment_total,
          completed_at: order.completed_at,
        },
      ])
      expect(changed.json.line_items).toEqual(order.line_items)
      expect(changed.json.shipments).toEqual(order.shipments)
      expect(await shop.read(scene)).toEqual({ ...changed.json, permissions: { can_update: false } })
      const found = await shop.send('GET', '/api/orders?q[email_eq]=anna@example.com&q[s]=completed_at%20desc', {
        key: admin,
      })
      expect(found.json.orders[0].number).toBe(number)
    }
  })

  it('have one address put right at its own place, and again', async () => {
    const scene = await stage(shop, 'complete')
    for (const city of ['Troy', 'Utica']) {
      const { ship_address: known } = await shop.read(scene)
      const path = `/api/orders/${scene.number}/addresses/${known.id}`
      const changed = await put(shop, path, { address: { city } })
      expect([changed.status, changed.json]).toEqual([200, { ...known, city }])
      expect(await shop.read(scene)).toMatchObject({ ship_address: changed.json, bill_address: { city: 'Albany' } })
    }
    const half = await put(shop, `/api/orders/${scene.number}/addresses/${scene.order.bill_address.id}`, {
      address: { city: '' },
    })
    expect([half.status, half.json.errors]).toEqual([422, { city: ["can't be blank"] }])
  })

  it('stay where their taxes and shipping were bought for, and where they were sent', async () => {
    const scene = await stage(shop, 'complete')
    const { number } = scene
    const elsewhere = {
      base: ['The address of a completed order stays in the country and state that it was bought for.'],
    }
    for (const role of ['bill_address', 'ship_address']) {
      const moved = await put(shop, `/api/orders/${number}`, {
        order: { email: 'anna@example.com', [role]: { ...address, state_name: 'California', zipcode: '90001' } },
      })
      expect([moved.status, moved.json.errors]).toEqual([422, elsewhere])
    }
    expect(await shop.read(scene)).toEqual(scene.order)
    const sent = await stage(shop, 'shipped')
    const late = await put(shop, `/api/orders/${sent.number}`, {
      order: { ship_address: { ...address, city: 'Troy' } },
    })
    expect([late.status, late.json.errors]).toEqual([422, { base: ['Goods that were shipped go nowhere else.'] }])
    const paper = await put(shop, `/api/orders/${sent.number}`, {
      order: { bill_address: { ...address, city: 'Troy' } },
    })
    expect([paper.status, paper.json.bill_address.city]).toEqual([200, 'Troy'])
  })

  it('keep what was bought', async () => {
    const scene = await stage(shop, 'complete')
    const { number, order } = scene
    const wishes = [
      { line_items: [{ variant_id: 2, quantity: 1 }] },
      { line_items_attributes: [{ id: 1, quantity: 1 }] },
      { shipments_attributes: [{ id: order.shipments[0].id, selected_shipping_rate_id: 1 }] },
      { payments_attributes: [{ payment_method_id: 3 }] },
      { coupon_code: '10off' },
      { shipping_method_id: 2 },
      { user_id: 2 },
    ]
    for (const wish of wishes) {
      const refused = await put(shop, `/api/orders/${number}`, { order: { email: 'eve@example.com', ...wish } })
      expect([wish, refused.status, refused.json]).toEqual([wish, 422, frozen])
    }
    const wrong = await put(shop, `/api/orders/${number}`, { order: { email: 'x' } })
    expect([wrong.status, wrong.json.errors]).toEqual([422, { email: ['is invalid'] }])
    expect((await put(shop, `/api/orders/${number}`, { order: {} })).status).toBe(200)
    expect(await shop.read(scene)).toEqual(order)
  })

  it('are changed by nobody once they are called off', async () => {
    const { number } = await stage(shop, 'complete')
    await put(shop, `/api/orders/${number}/cancel`, {})
    const late = await put(shop, `/api/orders/${number}`, { order: { email: 'anna@example.com' } })
    expect([late.status, late.json.errors]).toEqual([
      422,
      { base: ['The order cannot be changed in its present state.'] },
    ])
    const report = await checkBooks({ books: shop.server().storage.books, clock: shop.server().now })
    expect(report.faults).toBe(0)
  })
})
