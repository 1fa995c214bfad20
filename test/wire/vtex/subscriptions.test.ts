import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { managementOver } from '../bigcommerce/management.js'
import { fillIn, transact } from './purchase.js'
import { clientOf, type VtexClient } from './shop.js'

const plan = {
  type: 'RECURRING_PAYMENT',
  frequency: { interval: 1, periodicity: 'MONTH' },
  validity: { begin: '2026-12-01', end: '2027-12-01' },
}
const monthly = (itemIndex: number) => ({ subscriptions: [{ executionCount: 0, itemIndex, plan }] })
const uuidOf = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

// An entry is about the item at its `itemIndex`: dialects/vtex.md 3.18.
describeOnEachDatabase('the item that comes again', getServer => {
  /** Mugs, and shirts every month. */
  async function begun(client: VtexClient): Promise<string> {
    const id = await client.begin([
      { id: '18', quantity: 2 },
      { id: '19', quantity: 1 },
    ])
    const told = await client.form(id, 'POST', '/attachments/subscriptionData', monthly(1))
    expect(told.json.subscriptionData).toEqual(monthly(1))
    return id
  }

  it('is the same after the one before it is gone, and in the order', async () => {
    const client = clientOf(getServer)
    const id = await begun(client)
    const left = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 0 }] })
    expect([left.json.items[0].id, left.json.subscriptionData]).toEqual(['19', monthly(0)])
    const more = await client.form(id, 'POST', '/items', { orderItems: [{ id: '18', quantity: 1, seller: '1' }] })
    expect(more.json.subscriptionData).toEqual(monthly(0))
    const placed = await transact(client, id, await fillIn(client, id))
    const [order] = placed.json.orders
    expect([order.items[0].id, order.subscriptionData]).toEqual(['19', monthly(0)])
  })

  it('is the same where another API takes the one before it out', async () => {
    const client = clientOf(getServer)
    const id = await begun(client)
    const api = managementOver(getServer)
    const { cart } = await api.checkout(uuidOf(id))
    await api.send('DELETE', `/v3/carts/${uuidOf(id)}/items/${cart.line_items.physical_items[0].id}`)
    expect((await client.form(id, 'GET', '')).json.subscriptionData).toEqual(monthly(0))
  })

  it('takes its plan with it when it goes', async () => {
    const client = clientOf(getServer)
    const id = await begun(client)
    const left = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 1, quantity: 0 }] })
    expect(left.json.subscriptionData).toBeNull()
    const more = await client.form(id, 'POST', '/items', { orderItems: [{ id: '901', quantity: 1, seller: '1' }] })
    expect([more.json.items.length, more.json.subscriptionData]).toEqual([2, null])
  })
})
