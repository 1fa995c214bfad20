import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { addressed, cartOf, goods, openBrowser, submit } from './browser.js'
import { brewer, journal, managementOver } from './management.js'
import { fillIn, newOrder, pay } from './purchase.js'

/** Red paper is 2.50 and a gift box 5.00 per piece, taxed as goods are. Source: dialects/bigcommerce.md 3.1, 3.3, 5.3. */
describeOnEachDatabase('gift wrapping', getServer => {
  const api = managementOver(getServer)
  const open = () => openBrowser(getServer())
  const red = { id: 1, message: 'For you' }
  const box = { id: 2 }
  const together = { wrap_together: true, wrap_details: [red] }
  const wrappingsOf = (cart: {
    line_items: { physical_items: readonly { quantity: number; gift_wrapping: unknown }[] }
  }) => cart.line_items.physical_items.map(({ quantity, gift_wrapping }) => [quantity, gift_wrapping])
  const redPaper = { name: 'Red paper', message: 'For you', amount: 2.5, amount_as_integer: 250 }
  const giftBox = { name: 'Gift box', message: '', amount: 5, amount_as_integer: 500 }

  describe('between servers', () => {
    it('costs its price per piece, beside the goods, and is taxed as its class', async () => {
      const { id, ...cart } = await api.newCart([{ ...brewer, quantity: 2, gift_wrapping: together }])
      expect(wrappingsOf(cart)).toEqual([[2, redPaper]])
      expect(cart).toMatchObject({ base_amount: 450, cart_amount: 450 })
      expect(await api.checkout(id)).toMatchObject({
        subtotal_ex_tax: 450,
        tax_total: 45.5,
        grand_total: 500.5,
        fees: [],
        cart: { cart_amount_ex_tax: 450, cart_amount_inc_tax: 495 },
      })
    })

    it('wraps pieces by themselves: those that are wrapped otherwise stand on lines of their own', async () => {
      const gift_wrapping = { wrap_together: false, wrap_details: [red, red, box] }
      const { id, ...cart } = await api.newCart([{ ...brewer, quantity: 4, gift_wrapping }])
      expect(wrappingsOf(cart)).toEqual([
        [2, redPaper],
        [1, giftBox],
        [1, null],
      ])
      const same = await api.send('POST', `/v3/carts/${id}/items`, {
        body: { line_items: [{ ...brewer, gift_wrapping: { wrap_together: true, wrap_details: [box] } }, brewer] },
      })
      expect(wrappingsOf(same.json.data)).toEqual([
        [2, redPaper],
        [2, giftBox],
        [2, null],
      ])
    })

    it('is added, changed and taken away by PUT, with quantity and price in one write', async () => {
      const { id, line_items, version } = await api.newCart([{ ...brewer, quantity: 3 }])
      const path = `/v3/carts/${id}/items/${line_items.physical_items[0].id}`
      const put = (line_item: object, more: object = {}) => api.send('PUT', path, { body: { line_item, ...more } })
      const added = await put({ quantity: 2, list_price: 100, gift_wrapping: together })
      expect([wrappingsOf(added.json.data), added.json.data.cart_amount]).toEqual([[[2, redPaper]], 200])
      expect((await put({ gift_wrapping: together }, { version })).status).toBe(409)
      const changed = await put({ gift_wrapping: { wrap_together: true, wrap_details: [box] } })
      expect(wrappingsOf(changed.json.data)).toEqual([[2, giftBox]])
      const plain = await put({ quantity: 2, gift_wrapping: null })
      expect(wrappingsOf(plain.json.data)).toEqual([[2, null]])
      const apart = await put({ gift_wrapping: { wrap_together: false, wrap_details: [box] } })
      expect(wrappingsOf(apart.json.data)).toEqual([
        [1, giftBox],
        [1, null],
      ])
    })

    it.each([
      ['an unknown wrapping', { ...together, wrap_details: [{ id: 99 }] }],
      ['no details', { ...together, wrap_details: [] }],
      ['a wrapping without its way', { wrap_details: [red] }],
      ['more details than pieces', { wrap_together: false, wrap_details: [red, box] }],
      ['a long message', { ...together, wrap_details: [{ id: 1, message: 'x'.repeat(256) }] }],
    ])('refuses %s with 422, and changes nothing', async (_what, gift_wrapping) => {
      const { id, line_items } = await api.newCart([brewer])
      const path = `/v3/carts/${id}/items`
      const body = { line_items: [{ ...brewer, gift_wrapping }] }
      expect((await api.send('POST', path, { body })).status).toBe(422)
      const one = { body: { line_item: { quantity: 1, gift_wrapping } } }
      expect((await api.send('PUT', `${path}/${line_items.physical_items[0].id}`, one)).status).toBe(422)
      expect((await api.checkout(id)).cart.line_items.physical_items).toMatchObject([
        { quantity: 1, gift_wrapping: null },
      ])
    })

    it('is not for files', async () => {
      const answer = await api.send('POST', '/v3/carts', {
        body: { line_items: [{ ...journal, gift_wrapping: together }] },
      })
      expect(answer.status).toBe(422)
    })

    it('stands on the order of v2, on it and on its product', async () => {
      const { id } = await api.newCart([{ ...brewer, quantity: 2, gift_wrapping: together }])
      await fillIn(api, id)
      const order = await newOrder(api, id)
      expect((await pay(api, order)).status).toBe(201)
      // 450 and 5.00 and 8.00, taxed at 8.25 %.
      expect((await api.send('GET', `/v2/orders/${order}`)).json).toMatchObject({
        base_wrapping_cost: '5.0000',
        wrapping_cost_ex_tax: '5.0000',
        total_ex_tax: '463.0000',
        total_inc_tax: '501.2000',
        total_tax: '38.2000',
        subtotal_ex_tax: '450.0000',
      })
      expect((await api.send('GET', `/v2/orders/${order}/products`)).json).toMatchObject([
        {
          wrapping_id: 1,
          wrapping_name: 'Red paper',
          wrapping_message: 'For you',
          base_wrapping_cost: '5.0000',
          wrapping_cost_ex_tax: '5.0000',
          base_total: '450.0000',
        },
      ])
      expect((await api.send('GET', `/v2/orders/${order}/fees`)).status).toBe(204)
    })
  })

  describe('in a browser', () => {
    it('is told by the cart, the checkout and the order, and unwrapped by null', async () => {
      const browser = open()
      const giftWrapping = { wrapTogether: true, wrapDetails: [red] }
      const made = await browser.send('POST', '/api/storefront/carts', {
        body: { lineItems: [{ ...goods.brewer, quantity: 1, giftWrapping }] },
      })
      const [line] = made.json.lineItems.physicalItems
      expect(line.giftWrapping).toEqual({ name: 'Red paper', message: 'For you', amount: 2.5 })
      const { id } = made.json
      const checkout = await browser.send('GET', `/api/storefront/checkout/${id}`)
      expect(checkout.json).toMatchObject({
        giftWrappingCostTotal: 2.5,
        subtotal: 225,
        taxTotal: 22.75,
        grandTotal: 250.25,
        outstandingBalance: 250.25,
        fees: [],
        cart: { cartAmount: 225 },
      })
      expect((await browser.send('GET', `/api/storefront/checkout/${id}`)).text).toBe(checkout.text)
      const path = `/api/storefront/carts/${id}/items/${line.id}`
      const put = (wrapping: object | null) =>
        browser.send('PUT', path, { body: { lineItem: { quantity: 1, giftWrapping: wrapping } } })
      expect((await put(null)).json.lineItems.physicalItems[0].giftWrapping).toBeNull()
      expect((await put({ wrapTogether: true, wrapDetails: [{ id: 7 }] })).status).toBe(400)
      expect((await put({ ...giftWrapping, wrapDetails: [box] })).json.lineItems.physicalItems[0].giftWrapping).toEqual(
        {
          name: 'Gift box',
          message: '',
          amount: 5,
        },
      )
      await addressed(browser, id)
      const placed = await submit(browser, id, 'cod')
      const { orderId, grandTotal } = placed.json.data.order
      // 225 and 5.00 and 8.00, taxed at 8.25 %.
      expect(grandTotal.amount).toBe(257.64)
      const order = await browser.send('GET', `/api/storefront/orders/${orderId}`)
      expect(order.json).toMatchObject({
        giftWrappingCostTotal: 5,
        orderAmount: 257.64,
        fees: [],
        lineItems: { physicalItems: [{ giftWrapping: { name: 'Gift box', amount: 5 } }] },
      })
    })

    it('leaves lines that nobody asks to wrap as they are', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.brewer, quantity: 1 }])
      const checkout = await browser.send('GET', `/api/storefront/checkout/${id}`)
      expect(checkout.json).toMatchObject({ giftWrappingCostTotal: 0, grandTotal: 247.5 })
    })
  })
})
