import { expect, it } from 'vitest'
import { leastOf, type StatementCounts, statementCounts } from '../../support/count-statements.js'
import { austin, describeStorefront, goods, submit } from './browser.js'
import { brewer, coffeemaker, managementOver, austin as serverAustin } from './management.js'
import { approved, newOrder } from './purchase.js'

describeStorefront('statements of a checkout', (open, server) => {
  const counter = () => statementCounts(server().storage.sql)

  async function browserCheckout(): Promise<StatementCounts> {
    const { counts, counted } = counter()
    const browser = open()
    const lineItems = [{ ...goods.brewer, quantity: 1 }]
    const made = await counted('create', () => browser.send('POST', '/api/storefront/carts', { body: { lineItems } }))
    const id: string = made.json.id
    const path = `/api/storefront/checkouts/${id}`
    const items = { lineItems: [{ ...goods.coffeemaker, quantity: 1 }] }
    await counted('add', () => browser.send('POST', `/api/storefront/carts/${id}/items`, { body: items }))
    const read = await counted('read', () => browser.send('GET', path))
    await counted('billing', () => browser.send('POST', `${path}/billing-address`, { body: austin }))
    const lines = read.json.cart.lineItems.physicalItems.map((line: { id: string; quantity: number }) => ({
      itemId: line.id,
      quantity: line.quantity,
    }))
    const query = '?include=consignments.availableShippingOptions'
    const body = [{ address: austin, lineItems: lines }]
    const sent = await counted('consignment', () => browser.send('POST', `${path}/consignments${query}`, { body }))
    const [consignment] = sent.json.consignments
    const option = { shippingOptionId: consignment.availableShippingOptions[0].id }
    await counted('option', () => browser.send('PUT', `${path}/consignments/${consignment.id}`, { body: option }))
    const placed = await counted('order', () => submit(browser, id, 'cod'))
    expect(placed.status).toBe(201)
    const order = `/api/storefront/orders/${placed.json.data.order.orderId}`
    const done = await counted('read order', () => browser.send('GET', order))
    expect(done.status).toBe(200)
    return counts
  }

  it('of a browser: one for the session, one for a read, two for a change, two for placing', async () => {
    const runs = [await browserCheckout(), await browserCheckout(), await browserCheckout(), await browserCheckout()]
    expect(leastOf(runs)).toEqual({
      // Without a session yet: the cart, and the session that it opens.
      create: 3,
      ...{ add: 3, read: 2, billing: 3, consignment: 3, option: 3 },
      ...{ order: 4, 'read order': 2 },
    })
  })

  async function serverCheckout(): Promise<StatementCounts> {
    const api = managementOver(server)
    const { counts, counted } = counter()
    const { id } = await counted('create', () => api.newCart([brewer, coffeemaker]))
    const path = `/v3/checkouts/${id}`
    const { cart } = await counted('read', () => api.checkout(id))
    await counted('billing', () => api.send('POST', `${path}/billing-address`, { body: serverAustin }))
    const line_items = cart.line_items.physical_items.map((line: { id: string; quantity: number }) => ({
      item_id: line.id,
      quantity: line.quantity,
    }))
    const include = '?include=consignments.available_shipping_options'
    const sent = await counted('consignment', () =>
      api.send('POST', `${path}/consignments${include}`, { body: [{ address: serverAustin, line_items }] }),
    )
    const [consignment] = sent.json.data.consignments
    const shipping_option_id = consignment.available_shipping_options[0].id
    await counted('option', () =>
      api.send('PUT', `${path}/consignments/${consignment.id}`, { body: { shipping_option_id } }),
    )
    const order = await counted('order', () => newOrder(api, id))
    const body = { order: { id: order } }
    const token = await counted('token', () => api.send('POST', '/v3/payments/access_tokens', { body }))
    const paid = await counted('pay', () =>
      api.send('POST', '/payments', {
        body: { payment: approved },
        token: null,
        headers: { authorization: `PAT ${token.json.data.id}` },
      }),
    )
    expect(paid.status).toBe(201)
    return counts
  }

  it('of a backend: one for a read, two for a change, its token once in a while', async () => {
    const runs = [await serverCheckout(), await serverCheckout(), await serverCheckout(), await serverCheckout()]
    expect(leastOf(runs)).toEqual({
      create: 2,
      ...{ read: 1, billing: 2, consignment: 2, option: 2 },
      ...{ order: 3, token: 1, pay: 6 },
    })
  })
})
