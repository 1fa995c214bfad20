import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { type BrowserItem, type Send, validateCart } from './cart-validation.js'

const session = { postalCode: '22250040', country: 'BRA', locale: 'en-US', utmSource: 'app' }
const mugs: BrowserItem = { sku: '18', seller: '1', quantity: 2, price: 12.5 }

describeOnEachDatabase('a storefront server that validates carts', getServer => {
  const send: Send = async (method, path, body) => {
    const headers = { 'content-type': 'application/json', 'X-FORWARDED-HOST': 'shop.example' }
    const options = { headers, ...(body === undefined ? {} : { body }) }
    const answer = await getServer().request(method, `/api/checkout/pub${path}`, options)
    expect(answer.status, `${method} ${path}: ${answer.text.slice(0, 300)}`).toBe(200)
    return answer.json
  }

  it('fills the cart, and finds nothing to do the next time', async () => {
    const first = await validateCart(send, { items: [mugs] }, session)
    expect(first.order).toMatchObject({
      value: 3200,
      items: [{ id: '18', quantity: 2, sellingPrice: 1250, listPrice: 1500 }],
      clientPreferencesData: { locale: 'en-US' },
      totalizers: [{ id: 'Items' }, { id: 'Shipping', value: 700 }],
    })
    expect(await validateCart(send, { id: first.id, items: [mugs] }, session)).toEqual({
      order: undefined,
      id: first.id,
      messages: [],
    })
  })

  it('changes, adds and removes in one call, and tells what cannot be had', async () => {
    const { id } = await validateCart(send, { items: [mugs] }, session)
    const twenty: BrowserItem = { sku: '901', seller: '1', quantity: 25, price: 5 }
    const { order, messages } = await validateCart(send, { id, items: [twenty] }, session)
    expect(order?.items).toMatchObject([{ id: '901', quantity: 20 }])
    expect(messages).toMatchObject([{ status: 'WARNING' }])
    const after = await validateCart(send, { id, items: [{ ...twenty, quantity: 20 }] }, session)
    expect(after.messages).toHaveLength(1)
    expect((await validateCart(send, { id, items: [{ ...twenty, quantity: 20 }] }, session)).messages).toEqual([])
  })

  it('a change at another browser wins over a stale one', async () => {
    const { id } = await validateCart(send, { items: [mugs] }, session)
    const orderItems = [{ index: 0, quantity: 7 }]
    await send('POST', `/orderForm/${id}/items/update`, JSON.stringify({ orderItems }))
    const { order } = await validateCart(send, { id, items: [mugs] }, session)
    expect(order?.items).toMatchObject([{ id: '18', quantity: 7 }])
  })

  it('an id that is long gone becomes that of a new cart', async () => {
    const id = crypto.randomUUID().replaceAll('-', '')
    const { order } = await validateCart(send, { id, items: [mugs] }, session)
    expect(order).toMatchObject({ orderFormId: id, value: 3200 })
  })
})
