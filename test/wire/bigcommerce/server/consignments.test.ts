import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { austin, brewer, coffeemaker, journal, managementOver, mug, notThere } from '../management.js'

const include = 'consignments.available_shipping_options'
const errorType = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes'

describeOnEachDatabase('consignments between servers', getServer => {
  const api = managementOver(getServer)
  const itemsOf = (cart: { line_items: { physical_items: readonly { id: string; quantity: number }[] } }) =>
    cart.line_items.physical_items.map(({ id, quantity }) => ({ item_id: id, quantity }))
  const post = (id: string, body: unknown) =>
    api.send('POST', `/v3/checkouts/${id}/consignments?include=${include}`, { body: body as object })
  const put = (id: string, consignment: string, body: object) =>
    api.send('PUT', `/v3/checkouts/${id}/consignments/${consignment}?include=${include}`, { body })

  describe('POST /stores/:storeHash/v3/checkouts/:checkoutId/consignments', () => {
    it('sends everything to Austin: tax 22.65, not 22.64 (figure 3, G4)', async () => {
      const cart = await api.newCart([brewer, coffeemaker])
      const answer = await post(cart.id, [{ address: austin, line_items: itemsOf(cart) }])
      expect(answer.status).toBe(200)
      const { data } = answer.json
      expect(data).toMatchObject({ tax_total: 22.65, grand_total: 297.15, shipping_cost_total_ex_tax: 0, version: 2 })
      const id = expect.stringMatching(/^[0-9a-f]{13}$/)
      const address = { id, ...austin, country: 'United States', custom_fields: [] }
      const option = (description: string, cost: number) => ({
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        type: 'shipping_flatrate',
        description,
        image_url: '',
        cost,
        transit_time: '',
        additional_description: '',
      })
      expect(data.consignments).toEqual([
        {
          id,
          shipping_cost_inc_tax: 0,
          shipping_cost_ex_tax: 0,
          handling_cost_inc_tax: 0,
          handling_cost_ex_tax: 0,
          coupon_discounts: [],
          discounts: [],
          line_item_ids: cart.line_items.physical_items.map((line: { id: string }) => line.id),
          selected_shipping_option: null,
          address,
          shipping_address: address,
          available_shipping_options: [option('Ship by Weight', 8), option('Flat Rate', 10)],
        },
      ])
    })

    it('two consignments in one zone are taxed once per rate: 22.65 too', async () => {
      const cart = await api.newCart([brewer, coffeemaker])
      const [first, second] = itemsOf(cart)
      await post(cart.id, [{ address: austin, line_items: [first] }])
      const answer = await post(cart.id, { shipping_address: austin, line_items: [second] })
      expect(answer.json.data).toMatchObject({ tax_total: 22.65, consignments: [{}, {}] })
    })

    it('splits a line of which a part goes (as G6)', async () => {
      const cart = await api.newCart([{ ...brewer, quantity: 2 }])
      const item_id: string = cart.line_items.physical_items[0].id
      const once = (await post(cart.id, [{ address: austin, line_items: [{ item_id, quantity: 1 }] }])).json.data
      expect(itemsOf(once.cart).map(one => one.quantity)).toEqual([1, 1])
      const [stays, goes] = once.cart.line_items.physical_items
      expect(stays.id).toBe(item_id)
      expect(once.consignments[0].line_item_ids).toEqual([goes.id])
      const other = { ...austin, city: 'Dallas', postal_code: '75201' }
      const twice = (await post(cart.id, [{ address: other, line_items: [{ item_id, quantity: 1 }] }])).json.data
      expect(twice.consignments.map((one: { line_item_ids: string[] }) => one.line_item_ids)).toEqual([
        [goes.id],
        [item_id],
      ])
      expect(twice.cart.base_amount).toBe(450)
    })

    it.each([
      ['an empty list', () => [], 422],
      ['no items', () => [{ address: austin, line_items: [] }], 422],
      ['no address', (item: object) => [{ line_items: [item] }], 422],
      ['an address without e-mail', (item: object) => [{ address: { ...austin, email: '' }, line_items: [item] }], 422],
      ['a bad country', (item: object) => [{ address: { ...austin, country_code: 'USA' }, line_items: [item] }], 422],
      ['an unknown item', () => [{ address: austin, line_items: [{ item_id: notThere, quantity: 1 }] }], 422],
      ['too many pieces', (item: object) => [{ address: austin, line_items: [{ ...item, quantity: 9 }] }], 422],
      ['an unknown pickup', (item: object) => [{ pickup_option: { pickup_method_id: 9 }, line_items: [item] }], 422],
      ['an old version', (item: object) => [{ address: austin, line_items: [item], version: 7 }], 409],
    ])('refuses %s, and nothing changes', async (_, body, status) => {
      const cart = await api.newCart([mug])
      const answer = await post(cart.id, body(itemsOf(cart)[0] ?? {}))
      expect(answer.status).toBe(status)
      expect(answer.json).toMatchObject({ status, title: expect.any(String), type: errorType })
      expect(await api.checkout(cart.id)).toMatchObject({ version: 1, consignments: [] })
    })

    it('refuses goods that are not shipped, and an unknown checkout', async () => {
      const cart = await api.newCart([journal])
      const [{ id }] = cart.line_items.digital_items
      const body = [{ address: austin, line_items: [{ item_id: id, quantity: 1 }] }]
      expect((await post(cart.id, body)).status).toBe(422)
      expect((await post(notThere, body)).status).toBe(404)
    })
  })

  describe('PUT /stores/:storeHash/v3/checkouts/:checkoutId/consignments/:consignmentId', () => {
    const sent = async (lines: readonly object[] = [brewer]) => {
      const cart = await api.newCart(lines)
      const answer = await post(cart.id, [{ address: austin, line_items: itemsOf(cart) }])
      const [consignment] = answer.json.data.consignments
      return { id: cart.id as string, consignment, items: itemsOf(cart) }
    }

    it('takes an option that is offered: 8.00 and its tax', async () => {
      const { id, consignment } = await sent()
      const [option] = consignment.available_shipping_options
      const answer = await put(id, consignment.id, { shipping_option_id: option.id, version: 2 })
      expect(answer.status).toBe(200)
      expect(answer.json.data).toMatchObject({
        shipping_cost_total_ex_tax: 8,
        shipping_cost_total_inc_tax: 8.66,
        tax_total: 19.22,
        grand_total: 252.22,
        consignments: [{ id: consignment.id, selected_shipping_option: option }],
      })
      expect((await put(id, consignment.id, { shipping_option_id: 'f'.repeat(32) })).json).toMatchObject({
        status: 422,
        title: 'Shipping option is not available',
      })
    })

    it('keeps the option while the offers stay, and drops it with others (G5)', async () => {
      const { id, consignment } = await sent()
      const [option] = consignment.available_shipping_options
      await put(id, consignment.id, { shipping_option_id: option.id })
      const near = { ...austin, address1: '10 Elm St' }
      const kept = (await put(id, consignment.id, { address: near })).json.data.consignments[0]
      expect([kept.selected_shipping_option?.id, kept.address.address1]).toEqual([option.id, '10 Elm St'])
      const far = { ...austin, country_code: 'CA', state_or_province: 'Ontario', state_or_province_code: 'ON' }
      const dropped = (await put(id, consignment.id, { address: far })).json.data.consignments[0]
      expect([dropped.selected_shipping_option, dropped.available_shipping_options]).toEqual([null, []])
    })

    it('changes the items; what is not named goes nowhere', async () => {
      const { id, consignment, items } = await sent([brewer, mug])
      const data = (await put(id, consignment.id, { line_items: [items[0]] })).json.data
      expect(data.consignments[0].line_item_ids).toEqual([items[0]?.item_id])
    })

    it('takes an option by hand', async () => {
      const { id, consignment } = await sent([mug])
      const body = { custom_shipping: { price: 4.5, description: 'Courier' } }
      const data = (await put(id, consignment.id, body)).json.data
      expect(data.shipping_cost_total_ex_tax).toBe(4.5)
      expect(data.consignments[0]).toMatchObject({
        selected_shipping_option: { id: '', type: 'custom', description: 'Courier', cost: 4.5 },
        available_shipping_options: [{ cost: 8 }, { cost: 10 }],
      })
    })

    it('refuses two kinds of change at once, none, an old version, what is not there', async () => {
      const { id, consignment } = await sent()
      const [option] = consignment.available_shipping_options
      const both = { shipping_option_id: option.id, address: austin }
      expect((await put(id, consignment.id, both)).status).toBe(422)
      expect((await put(id, consignment.id, {})).status).toBe(422)
      expect((await put(id, consignment.id, { shipping_option_id: option.id, version: 9 })).status).toBe(409)
      expect((await put(id, '0123456789abc', { shipping_option_id: option.id })).status).toBe(404)
      expect((await put(notThere, consignment.id, { shipping_option_id: option.id })).status).toBe(404)
    })

    it('two at once both count', async () => {
      const cart = await api.newCart([brewer, coffeemaker])
      const [first, second] = itemsOf(cart)
      const body = [
        { address: austin, line_items: [first] },
        { address: { ...austin, city: 'Dallas' }, line_items: [second] },
      ]
      const { consignments } = (await post(cart.id, body)).json.data
      const choose = (one: { id: string; available_shipping_options: readonly { id: string }[] }) =>
        put(cart.id, one.id, { shipping_option_id: one.available_shipping_options[0]?.id })
      const answers = await Promise.all(consignments.map(choose))
      expect(answers.map(answer => answer.status)).toEqual([200, 200])
      expect((await api.checkout(cart.id)).shipping_cost_total_ex_tax).toBe(16)
    })
  })

  describe('DELETE /stores/:storeHash/v3/checkouts/:checkoutId/consignments/:consignmentId', () => {
    it('makes the parts of a split line one again', async () => {
      const cart = await api.newCart([{ ...brewer, quantity: 3 }])
      const [line] = itemsOf(cart)
      const sent = (await post(cart.id, [{ address: austin, line_items: [{ ...line, quantity: 2 }] }])).json.data
      const path = `/v3/checkouts/${cart.id}/consignments/${sent.consignments[0].id}`
      const answer = await api.send('DELETE', path)
      expect(answer.status).toBe(200)
      expect(answer.json.data.consignments).toEqual([])
      expect(itemsOf(answer.json.data.cart)).toEqual([line])
      expect((await api.send('DELETE', path)).status).toBe(404)
    })
  })
})
