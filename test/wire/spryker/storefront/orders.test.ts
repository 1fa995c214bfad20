import { expect, it } from 'vitest'
import { card, checkout, customerBasket, included, newCart, notebook, purchase, warranty } from '../basket.js'
import { describeGlue, expectCustomerOnly, expectError, type Glue } from '../glue.js'

async function order(glue: Glue, token: string, quantity: number): Promise<string> {
  const cart = await newCart(glue, token)
  const { id } = cart.json.data
  const attributes = { sku: notebook, quantity, productOptions: [{ sku: warranty }] }
  await glue.send('POST', `/carts/${id}/items`, { token, data: { type: 'items', attributes } })
  const placed = await checkout(glue, { token }, purchase(id))
  expect(placed.status).toBe(201)
  return placed.json.data.attributes.orderReference
}

describeGlue('orders', glue => {
  it('are listed newest first, short: GET /orders, GET /customers/:reference/orders', async () => {
    const { token, reference } = await glue.newCustomer()
    const first = await order(glue, token, 1)
    const second = await order(glue, token, 2)
    const list = await glue.send('GET', '/orders', { token })
    expect(list.status).toBe(200)
    expect(list.json.links).toEqual({ self: `${glue.baseUrl()}/orders` })
    expect(list.json.data.map(({ id }: { id: string }) => id)).toEqual([second, first])
    expect(list.json.data[0]).toEqual({
      type: 'orders',
      id: second,
      attributes: {
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
        totals: {
          expenseTotal: 490,
          discountTotal: 7143,
          taxTotal: 9880,
          subtotal: 68530,
          grandTotal: 61877,
          canceledTotal: 0,
          remunerationTotal: 0,
        },
        currencyIsoCode: 'EUR',
        priceMode: 'GROSS_MODE',
        itemStates: ['new'],
      },
      links: { self: `${glue.baseUrl()}/orders/${second}` },
    })
    const own = await glue.send('GET', `/customers/${reference}/orders`, { token })
    expect(own.json.data).toEqual(list.json.data)
  })

  it('come in pages', async () => {
    const { token } = await glue.newCustomer()
    const references: string[] = []
    for (let index = 0; index < 3; index += 1) references.unshift(await order(glue, token, 1))
    const page = await glue.send('GET', '/orders?page[offset]=1&page[limit]=1', { token })
    expect(page.json.data).toMatchObject([
      { id: references[1], links: { self: `${glue.baseUrl()}/orders/${references[1]}?page[offset]=1&page[limit]=1` } },
    ])
    expect(page.json.links).toEqual({
      self: `${glue.baseUrl()}/orders?page[offset]=1&page[limit]=1`,
      first: `${glue.baseUrl()}/orders?page[offset]=0&page[limit]=1`,
      last: `${glue.baseUrl()}/orders?page[offset]=2&page[limit]=1`,
      prev: `${glue.baseUrl()}/orders?page[offset]=0&page[limit]=1`,
      next: `${glue.baseUrl()}/orders?page[offset]=2&page[limit]=1`,
    })
    const bad = await glue.send('GET', '/orders?page[offset]=0&page[limit]=0', { token })
    expect([bad.status, bad.text]).toEqual([400, 'Pagination parameters are invalid.'])
  })

  it('are shown whole, with what hangs on them: GET /orders/:reference', async () => {
    const { token } = await glue.newCustomer()
    const reference = await order(glue, token, 2)
    const answer = await glue.send('GET', `/orders/${reference}?include=order-shipments,order-items`, { token })
    expect(answer.status).toBe(200)
    expect(answer.json.data).toMatchObject({
      type: 'orders',
      id: reference,
      attributes: { items: [{ sumPriceToPayAggregation: 30938 }, { sumPriceToPayAggregation: 30939 }] },
      // The type that the URL names: dialects/spryker.md 2.5.
      links: { self: `${glue.baseUrl()}/orders/${reference}?include=order-shipments,order-items` },
    })
    const uuids = answer.json.data.attributes.items.map(({ uuid }: { uuid: string }) => uuid)
    expect(included(answer, 'order-items').map(({ id }) => id)).toEqual(uuids)
    expect(included(answer, 'order-shipments')).toMatchObject([{ attributes: { itemUuids: uuids } }])
    const again = await glue.send('GET', `/orders/${reference}`, { token })
    expect(again.json.data.attributes).toEqual(answer.json.data.attributes)
  })

  it('are not found by others, nor unknown ones by anybody', async () => {
    const { token } = await glue.newCustomer()
    const reference = await order(glue, token, 1)
    const other = await glue.newCustomer()
    const detail = "Can't find order by the given order reference"
    expectError(await glue.send('GET', `/orders/${reference}`, { token: other.token }), 404, '801', detail)
    expectError(await glue.send('GET', '/orders/DE--999999', { token }), 404, '801', detail)
    for (const of of [other.reference, 'DE--999999', '']) {
      const answer = await glue.send('GET', `/customers/${of}/orders`, { token })
      expectError(answer, 403, '802', 'Unauthorized request.')
    }
  })

  it('are for customers; guests only see theirs with the checkout', async () => {
    await expectCustomerOnly(glue, 'GET', '/orders')
    await expectCustomerOnly(glue, 'GET', '/orders/DE--1')
    expectError(await glue.send('GET', '/orders', { guest: 'guest' }), 403, '002', 'Missing access token.')
  })

  it('stay in the history when they are called off; tries that were never paid are no orders', async () => {
    const { token } = await glue.newCustomer()
    const reference = await order(glue, token, 2)
    const administrator = { 'x-spree-token': 'demo-spree-key' }
    const canceled = await glue.server().request('PUT', `/api/orders/${reference}/cancel`, { headers: administrator })
    expect(canceled.status).toBe(200)
    const cartId: string = (await newCart(glue, token)).json.data.id
    await glue.send('POST', `/carts/${cartId}/items`, {
      token,
      data: { type: 'items', attributes: { sku: notebook, quantity: 1 } },
    })
    const declined = purchase(cartId, { payments: [card('4000000000000002')] })
    expect((await checkout(glue, { token }, declined)).status).toBe(422)
    const list = await glue.send('GET', '/orders?page[offset]=0&page[limit]=5', { token })
    expect(list.json.data).toMatchObject([
      {
        id: reference,
        attributes: { totals: { grandTotal: 61877, canceledTotal: 61877 }, itemStates: ['canceled'] },
      },
    ])
    expect(list.json.links.last).toBe(`${glue.baseUrl()}/orders?page[offset]=0&page[limit]=5`)
  })

  it('are paid until all of it is given back', async () => {
    const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
    const placed = await checkout(glue, { token }, purchase(cartId, { payments: [card('4111111111111111')] }))
    const reference: string = placed.json.data.attributes.orderReference
    const states = async () => {
      const { json } = await glue.send('GET', `/orders/${reference}`, { token })
      return [...json.data.attributes.itemStates, json.data.attributes.items[0].state]
    }
    expect(await states()).toEqual(['new', 'new'])
    const act = async (action: string, body: object) => {
      const headers = { 'x-spree-token': 'demo-spree-key', 'content-type': 'application/json' }
      const { json } = await glue.server().request('GET', `/api/orders/${reference}`, { headers })
      const path = `/api/orders/${reference}/payments/${json.payments[0].id}/${action}`
      const done = await glue.server().request('PUT', path, { headers, body: JSON.stringify(body) })
      expect(done.status).toBe(200)
    }
    await act('capture', {})
    expect(await states()).toEqual(['paid', 'paid'])
    await act('credit', { amount: '100.00' })
    expect(await states()).toEqual(['paid', 'paid'])
    await act('credit', { amount: '199.38' })
    expect(await states()).toEqual(['refunded', 'refunded'])
  })

  it('keep their figures when the catalog or the customer changes: a cart of the same goods is repriced, they are not', async () => {
    const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
    const placed = await checkout(glue, { token }, purchase(cartId))
    const path = `/orders/${placed.json.data.attributes.orderReference}`
    const before = await glue.send('GET', path, { token })
    await order(glue, token, 2)
    const after = await glue.send('GET', path, { token })
    expect(after.json).toEqual(before.json)
  })
})
