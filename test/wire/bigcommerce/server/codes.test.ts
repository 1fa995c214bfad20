import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { austin, brewer, journal, managementOver, mug, notThere } from '../management.js'

describeOnEachDatabase('codes between servers', getServer => {
  const api = managementOver(getServer)
  const post = (id: string, coupon_code: string) =>
    api.send('POST', `/v3/checkouts/${id}/coupons`, { body: { coupon_code } })

  describe('POST /stores/:storeHash/v3/checkouts/:checkoutId/coupons', () => {
    it('takes 20 % off each line, and shows where (as G3)', async () => {
      const { id } = await api.newCart([{ ...brewer, quantity: 2 }, journal])
      const answer = await post(id, 'save20')
      expect(answer.status).toBe(200)
      const { cart, ...checkout } = answer.json.data
      expect(checkout).toMatchObject({
        coupons: [
          {
            id: 2,
            code: 'SAVE20',
            coupon_type: 'percentage_discount',
            display_name: '20 % off',
            discounted_amount: 93.79,
          },
        ],
        subtotal_ex_tax: 468.95,
      })
      expect(cart).toMatchObject({ cart_amount_ex_tax: 375.16, base_amount: 468.95, discount_amount: 0 })
      expect(cart.discounts.map((one: { discounted_amount: number }) => one.discounted_amount)).toEqual([90, 3.79])
      expect(cart.line_items.physical_items[0]).toMatchObject({
        coupon_amount: 90,
        discount_amount: 0,
        sale_price: 225,
        discounts: [{ id: 'coupon', discounted_amount: 90 }],
        coupons: [{ code: 'SAVE20', discounted_amount: 90 }],
      })
      expect((await post(id, 'SAVE20')).json.data.version).toBe(answer.json.data.version)
    })

    it('offers free shipping, and drops what was chosen (G5)', async () => {
      const cart = await api.newCart([brewer])
      const line_items = [{ item_id: cart.line_items.physical_items[0].id, quantity: 1 }]
      const path = `/v3/checkouts/${cart.id}/consignments`
      const include = '?include=consignments.available_shipping_options'
      const sent = await api.send('POST', path + include, { body: [{ address: austin, line_items }] })
      const [{ id, available_shipping_options: options }] = sent.json.data.consignments
      await api.send('PUT', `${path}/${id}`, { body: { shipping_option_id: options[0].id } })
      const answer = await api.send('POST', `/v3/checkouts/${cart.id}/coupons${include}`, {
        body: { coupon_code: 'FREESHIP' },
      })
      const { consignments, coupons, shipping_cost_total_ex_tax } = answer.json.data
      expect(consignments[0].selected_shipping_option).toBeNull()
      expect(consignments[0].available_shipping_options).toMatchObject([
        { type: 'freeshipping', description: 'Free Shipping', cost: 0 },
        { cost: 8 },
        { cost: 10 },
      ])
      expect(coupons).toMatchObject([{ code: 'FREESHIP', coupon_type: 'free_shipping', discounted_amount: 0 }])
      expect(shipping_cost_total_ex_tax).toBe(0)
    })

    it('refuses unknown codes, a second one, a long one, none, and an unknown checkout', async () => {
      const { id } = await api.newCart([mug])
      const unknown = await post(id, 'NOSUCH')
      expect([unknown.status, unknown.json.errors]).toEqual([422, { coupon_code: 'invalid' }])
      expect((await post(id, 'x'.repeat(51))).status).toBe(422)
      expect((await api.send('POST', `/v3/checkouts/${id}/coupons`, { body: {} })).json.errors).toEqual({
        coupon_code: 'required',
      })
      await post(id, 'SAVE20')
      const second = await post(id, 'ONCE')
      expect([second.status, second.json.errors]).toEqual([422, { coupon_code: 'too_many_coupons' }])
      expect((await post(notThere, 'SAVE20')).status).toBe(404)
    })
  })

  describe('DELETE /stores/:storeHash/v3/checkouts/:checkoutId/coupons/:couponCode', () => {
    it('takes the coupon off, in any case; then it is 404', async () => {
      const { id } = await api.newCart([mug])
      await post(id, 'SAVE20')
      const answer = await api.send('DELETE', `/v3/checkouts/${id}/coupons/save20`)
      expect(answer.status).toBe(200)
      expect(answer.json.data).toMatchObject({ coupons: [], grand_total: 12.5 })
      expect((await api.send('DELETE', `/v3/checkouts/${id}/coupons/SAVE20`)).status).toBe(404)
    })
  })

  describe('POST /stores/:storeHash/v3/checkouts/:checkoutId/gift-certificates', () => {
    it('pays a part; the grand total stays', async () => {
      const { id } = await api.newCart([{ ...mug, quantity: 5 }])
      const body = { gift_certificate_code: 'gift50demo' }
      const answer = await api.send('POST', `/v3/checkouts/${id}/gift-certificates`, { body })
      expect(answer.status).toBe(200)
      expect(answer.json.data).toMatchObject({
        gift_certificates: [{ code: 'GIFT50DEMO', balance: 50, used: 50, remaining: 0 }],
        grand_total: 62.5,
        outstanding_balance: 12.5,
      })
    })

    it('refuses a coupon here (404), and none', async () => {
      const { id } = await api.newCart([mug])
      const send = (body: object) => api.send('POST', `/v3/checkouts/${id}/gift-certificates`, { body })
      expect((await send({ gift_certificate_code: 'SAVE20' })).status).toBe(404)
      expect((await send({})).status).toBe(422)
    })
  })

  it('DELETE /stores/:storeHash/v3/checkouts/:checkoutId/gift-certificates/:code takes it off; then it is 404', async () => {
    const { id } = await api.newCart([mug])
    const path = `/v3/checkouts/${id}/gift-certificates`
    await api.send('POST', path, { body: { gift_certificate_code: 'GIFT50DEMO' } })
    const answer = await api.send('DELETE', `${path}/GIFT50DEMO`)
    expect([answer.status, answer.json.data.outstanding_balance]).toEqual([200, 12.5])
    expect((await api.send('DELETE', `${path}/GIFT50DEMO`)).status).toBe(404)
  })
})
