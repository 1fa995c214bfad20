import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { austin, brewer, coffeemaker, journal, managementOver, notThere } from '../management.js'

type Checkout = Awaited<ReturnType<ReturnType<typeof managementOver>['checkout']>>

const errorType = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes'

describeOnEachDatabase('checkouts between servers', getServer => {
  const api = managementOver(getServer)

  describe('GET /stores/:storeHash/v3/checkouts/:checkoutId', () => {
    it('shows the cart as a checkout, in the guest zone (figure 3: 27.45 and 301.95)', async () => {
      const { id } = await api.newCart([brewer, coffeemaker])
      const first = await api.send('GET', `/v3/checkouts/${id}`)
      expect(first.status).toBe(200)
      expect(first.json).toEqual({
        data: {
          id,
          cart: expect.objectContaining({
            id,
            cart_amount_ex_tax: 274.5,
            cart_amount_inc_tax: 301.95,
            base_amount: 274.5,
          }),
          billing_address: {},
          consignments: [],
          taxes: [{ name: 'Estimated tax', amount: 27.45 }],
          coupons: [],
          gift_certificates: [],
          fees: [],
          order_id: null,
          shipping_cost_total_inc_tax: 0,
          shipping_cost_total_ex_tax: 0,
          handling_cost_total_inc_tax: 0,
          handling_cost_total_ex_tax: 0,
          tax_total: 27.45,
          subtotal_inc_tax: 301.95,
          subtotal_ex_tax: 274.5,
          grand_total: 301.95,
          outstanding_balance: 301.95,
          is_store_credit_applied: false,
          store_credit_used: 0,
          created_time: expect.any(String),
          updated_time: expect.any(String),
          customer_message: '',
          staff_note: '',
          version: 1,
        },
        meta: {},
      })
      expect((await api.send('GET', `/v3/checkouts/${id}`)).text).toBe(first.text)
    })

    it('shows some keys only when asked, and ignores what it does not know', async () => {
      const cart = await api.newCart([brewer, journal])
      const lines = cart.line_items.physical_items
      const line_items = [{ item_id: lines[0].id, quantity: 1 }]
      await api.send('POST', `/v3/checkouts/${cart.id}/consignments`, { body: [{ address: austin, line_items }] })
      const guarded: Readonly<Record<string, (checkout: Checkout) => object>> = {
        'cart.line_items.physical_items.options': ({ cart: { line_items: items } }) => items.physical_items[0],
        'cart.line_items.digital_items.options': ({ cart: { line_items: items } }) => items.digital_items[0],
        'consignments.available_shipping_options': ({ consignments }) => consignments[0],
        'promotions.banners': checkout => checkout,
      }
      const keys = ['options', 'options', 'available_shipping_options', 'promotions']
      const names = Object.keys(guarded)
      for (const asked of [undefined, ...names, names.join(','), 'nonsense,cart.nothing']) {
        const shown = await api.checkout(cart.id, asked)
        for (const [at, name] of names.entries()) {
          const isAsked = asked?.split(',').includes(name) === true
          const holder = guarded[name]?.(shown) ?? {}
          expect(Object.hasOwn(holder, keys[at] ?? ''), `${name} of ${asked}`).toBe(isAsked)
        }
      }
    })

    it('answers 404 in both documented forms at once', async () => {
      const answer = await api.send('GET', `/v3/checkouts/${notThere}`)
      expect(answer.status).toBe(404)
      const title = 'The resource at that URL is not found.'
      const error = { status: 404, title, type: errorType, detail: title }
      expect(answer.json).toEqual({ status: 404, title, type: errorType, errors: [error] })
    })
  })

  describe('PUT /stores/:storeHash/v3/checkouts/:checkoutId', () => {
    it("keeps the customer's message", async () => {
      const { id } = await api.newCart([brewer])
      const body = { customer_message: 'Leave it at the door', version: 1 }
      const answer = await api.send('PUT', `/v3/checkouts/${id}`, { body })
      expect(answer.status).toBe(200)
      expect(answer.json.data).toMatchObject({ customer_message: 'Leave it at the door', version: 2 })
    })

    it('refuses a long one, none, an old version and an unknown checkout', async () => {
      const { id } = await api.newCart([brewer])
      const put = (body: object, to = id) => api.send('PUT', `/v3/checkouts/${to}`, { body })
      expect((await put({ customer_message: 'x'.repeat(2001) })).status).toBe(422)
      expect((await put({})).json.errors).toEqual({ customer_message: 'required' })
      expect((await put({ customer_message: 'x', version: 2 })).status).toBe(409)
      expect((await put({ customer_message: 'x' }, notThere)).status).toBe(404)
    })
  })
})
