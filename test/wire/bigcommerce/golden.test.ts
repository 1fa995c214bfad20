import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase, startTestServer, type TestServer } from '../../support/test-server.js'
import { type Browser, openBrowser, submit } from './browser.js'
import { channels, importSamples, lineOf } from './golden-store.js'
import { austin, basket, brewer, coffeemaker, managementOver } from './management.js'

describeOnEachDatabase("the platform's published samples", getServer => {
  const api = managementOver(getServer)
  const options = 'consignments.available_shipping_options'
  beforeAll(() => importSamples(getServer()))

  const begin = (sample: keyof typeof channels, lines: readonly object[], more: object = {}) =>
    api.newCart(lines, { channel_id: channels[sample], ...more })
  const linesOf = (cart: { line_items: { physical_items: readonly { id: string; quantity: number }[] } }) =>
    cart.line_items.physical_items.map(({ id, quantity }) => ({ item_id: id, quantity }))
  const send = async (id: string, line_items: readonly object[]) => {
    const path = `/v3/checkouts/${id}/consignments?include=${options}`
    return (await api.send('POST', path, { body: [{ address: austin, line_items }] })).json.data
  }
  const choose = async (
    id: string,
    consignment: { id: string; available_shipping_options: readonly { id: string }[] },
    index = 0,
  ) => {
    const body = { shipping_option_id: consignment.available_shipping_options[index]?.id }
    return (await api.send('PUT', `/v3/checkouts/${id}/consignments/${consignment.id}?include=${options}`, { body }))
      .json.data
  }
  const couple = async (id: string, coupon_code: string) =>
    (await api.send('POST', `/v3/checkouts/${id}/coupons?include=${options}`, { body: { coupon_code } })).json.data
  const doors = new Map<string, TestServer>()
  afterAll(() => Promise.all([...doors.values()].map(door => door.close())))
  /** A server over the same database whose shoppers are in that channel. */
  const doorOf = async (channel: string): Promise<TestServer> => {
    const known = doors.get(channel)
    if (known !== undefined) return known
    const { storage } = getServer()
    const door = await startTestServer({ storage, besides: true, mounts: `bigcommerce@${channel}` })
    doors.set(channel, door)
    return door
  }
  /** A browser that was given the cart by a link. */
  const opened = async (id: string): Promise<Browser> => {
    const { cart } = await getServer().storage.carts.read({ id })
    const links = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: {} })
    const { pathname, search } = new URL(links.json.data.checkout_url)
    const browser = openBrowser(await doorOf(cart?.channel ?? ''))
    expect((await browser.send('GET', pathname + search)).status).toBe(302)
    return browser
  }
  /** The same checkout as the storefront shows it. */
  const asStorefront = async (id: string, browser?: Browser) => {
    const query = '?include=consignments.availableShippingOptions'
    const answer = await (browser ?? (await opened(id))).send('GET', `/api/storefront/checkout/${id}${query}`)
    expect(answer.status).toBe(200)
    return answer.json
  }

  it('4.7: notebooks and a ruler, 3.00 off, Flat Rate to Austin', async () => {
    const cart = await begin('s47', [lineOf('s47-NOTEBOOK', 2), lineOf('s47-RULER')])
    const { consignments } = await send(cart.id, linesOf(cart))
    await choose(cart.id, consignments[0])
    const server = await couple(cart.id, 'S47THREE')
    expect(server).toMatchObject({
      cart: { base_amount: 32.25, cart_amount_ex_tax: 29.25, cart_amount_inc_tax: 31.59 },
      subtotal_ex_tax: 32.25,
      subtotal_inc_tax: 34.83,
      shipping_cost_total_ex_tax: 6,
      shipping_cost_total_inc_tax: 6.48,
      tax_total: 2.82,
      grand_total: 38.07,
      coupons: [{ discounted_amount: 3, coupon_type: 'per_total_discount' }],
    })
    const lines: readonly { coupon_amount: number }[] = server.cart.line_items.physical_items
    expect(lines.map(line => line.coupon_amount)).toEqual([2.33, 0.67])
    expect(await asStorefront(cart.id)).toMatchObject({
      cart: { cartAmount: 29.25, isTaxIncluded: false },
      subtotal: 32.25,
      shippingCostTotal: 6,
      taxTotal: 2.82,
      grandTotal: 38.07,
      outstandingBalance: 38.07,
    })
  })

  it('G1: a product promotion, then 5.00 off, spread over certificates too', async () => {
    const person = { name: 'A', email: 'a@example.com' }
    const gift_certificates = [
      { name: 'Gift', theme: 'General', amount: 10, quantity: 1, sender: person, recipient: person },
    ]
    const cart = await begin(
      'g1',
      ['A', 'B', 'C', 'D'].map(sku => lineOf(`g1-${sku}`)),
      { gift_certificates },
    )
    const { consignments } = await send(cart.id, linesOf(cart))
    await choose(cart.id, consignments[0])
    const server = await couple(cart.id, 'G1FIVE')
    expect(server).toMatchObject({
      subtotal_ex_tax: 117.93,
      tax_total: 28.62,
      grand_total: 211.49,
      coupons: [{ discounted_amount: 5 }],
    })
    expect(server.cart).toMatchObject({ base_amount: 119.93, cart_amount_ex_tax: 112.93, discount_amount: 0 })
    expect(server.cart.discounts.map((one: { discounted_amount: number }) => one.discounted_amount)).toEqual([
      2.59, 1.06, 2.12, 0.8, 0.43,
    ])
    expect(server.cart.line_items.physical_items[0]).toMatchObject({
      original_price: 17.99,
      list_price: 15.99,
      sale_price: 13.99,
      discount_amount: 2,
    })
    const shown = await asStorefront(cart.id)
    expect(shown).toMatchObject({
      cart: { baseAmount: 119.93, cartAmount: 112.93, discountAmount: 0 },
      subtotal: 117.93,
      shippingCostTotal: 69.94,
      taxTotal: 28.62,
      grandTotal: 211.49,
    })
    const { physicalItems, digitalItems, giftCertificates } = shown.cart.lineItems
    const lines = [...physicalItems, ...digitalItems, ...giftCertificates].map((line: { id: string }) => line.id)
    expect(shown.cart.discounts).toEqual(
      [2.59, 1.06, 2.12, 0.8, 0.43].map((discountedAmount, at) => ({ id: lines[at], discountedAmount })),
    )
    expect([...physicalItems, ...digitalItems].map((line: { couponAmount: number }) => line.couponAmount)).toEqual([
      0.59, 1.06, 2.12, 0.8,
    ])
    expect(physicalItems[0]).toMatchObject({
      originalPrice: 17.99,
      listPrice: 15.99,
      salePrice: 13.99,
      discountAmount: 2,
    })
  })

  it('G2: tax is rounded once for goods and shipping', async () => {
    const cart = await begin('g2', [lineOf('g2-A')])
    const before = await send(cart.id, linesOf(cart))
    expect(before).toMatchObject({
      taxes: [{ amount: 1.28 }],
      subtotal_ex_tax: 31.95,
      subtotal_inc_tax: 33.23,
      cart: { cart_amount_inc_tax: 33.23 },
      grand_total: 33.23,
    })
    expect(before.consignments[0].available_shipping_options.map((one: { cost: number }) => one.cost)).toEqual([
      8, 12, 43.9,
    ])
    expect(await choose(cart.id, before.consignments[0])).toMatchObject({
      shipping_cost_total_ex_tax: 8,
      shipping_cost_total_inc_tax: 8.32,
      tax_total: 1.6,
      grand_total: 41.55,
    })
  })

  it('G3: 20 % by coupon, and without it', async () => {
    const { id } = await begin('g3', [lineOf('g3-P'), lineOf('g3-D')])
    const server = await couple(id, 'G3TWENTY')
    expect(server).toMatchObject({ subtotal_ex_tax: 67, grand_total: 53.6, coupons: [{ discounted_amount: 13.4 }] })
    const { physical_items, digital_items } = server.cart.line_items
    expect([physical_items[0].coupon_amount, digital_items[0].coupon_amount]).toEqual([6.4, 7])
    expect((await api.send('DELETE', `/v3/checkouts/${id}/coupons/G3TWENTY`)).json.data.grand_total).toBe(67)
  })

  it('G4: tax once per rate, not once per consignment', async () => {
    const cart = await api.newCart([brewer, coffeemaker])
    expect(cart.cart_amount).toBe(274.5)
    const more = await api.send('POST', `/v3/carts/${cart.id}/items`, { body: { line_items: [basket] } })
    expect(more.json.data.cart_amount).toBe(394.45)
    const [, , added] = more.json.data.line_items.physical_items
    const less = await api.send('DELETE', `/v3/carts/${cart.id}/items/${added.id}`)
    expect(less.json.data.cart_amount).toBe(274.5)
    const guest = await api.send('POST', `/v3/checkouts/${cart.id}/billing-address`, {
      body: { email: 'ana@example.com', country_code: 'USA' },
    })
    expect(guest.json.data).toMatchObject({ tax_total: 27.45, grand_total: 301.95 })
    const [first, second] = linesOf(less.json.data)
    await send(cart.id, [first ?? {}])
    const sent = await send(cart.id, [second ?? {}])
    expect(sent.consignments).toHaveLength(2)
    expect(sent.tax_total).toBe(22.65)
    expect(await asStorefront(cart.id)).toMatchObject({
      cart: { baseAmount: 274.5, cartAmount: 274.5 },
      subtotal: 274.5,
      taxTotal: 22.65,
      grandTotal: 297.15,
    })
  })

  it('G5: free shipping by coupon drops what was chosen', async () => {
    const cart = await begin('g5', [lineOf('g5-A')])
    const { consignments } = await send(cart.id, linesOf(cart))
    expect((await choose(cart.id, consignments[0])).grand_total).toBe(233)
    expect(await couple(cart.id, 'G5FREE')).toMatchObject({
      grand_total: 225,
      consignments: [{ selected_shipping_option: null }],
    })
    const [consignment] = (await asStorefront(cart.id)).consignments
    expect(consignment).toMatchObject({
      selectedShippingOption: null,
      shippingCost: 0,
      availableShippingOptions: [
        { description: 'Free Shipping', cost: 0, isRecommended: true },
        { cost: 8, isRecommended: false },
        { cost: 10, isRecommended: false },
      ],
    })
  })

  it('G6: 40 % off the order while pieces are assigned one by one', async () => {
    const cart = await begin('g6', [lineOf('g6-A', 2)])
    expect(cart).toMatchObject({ base_amount: 450, discount_amount: 180, cart_amount: 270 })
    const item_id: string = cart.line_items.physical_items[0].id
    const once = await send(cart.id, [{ item_id, quantity: 1 }])
    expect(once.cart.discounts.map((one: { discounted_amount: number }) => one.discounted_amount)).toEqual([90, 90])
    expect(once.grand_total).toBe(270)
    expect((await choose(cart.id, once.consignments[0])).grand_total).toBe(278)
    const twice = await send(cart.id, [{ item_id, quantity: 1 }])
    const last = await choose(cart.id, twice.consignments[1])
    expect(last).toMatchObject({ grand_total: 286, shipping_cost_total_ex_tax: 16, subtotal_ex_tax: 450 })
    expect(last.cart.line_items.physical_items[0]).toMatchObject({
      discount_amount: 0,
      discounts: [{ id: 161, discounted_amount: 90 }],
    })
  })

  describe('prices that hold tax', () => {
    it("G7, G10: the store's tax is taken out for a place without tax; cash on delivery", async () => {
      const cart = await begin('g7', [lineOf('g7-A')])
      const { consignments } = await send(cart.id, linesOf(cart))
      await choose(cart.id, consignments[0])
      const browser = await opened(cart.id)
      expect(await asStorefront(cart.id, browser)).toMatchObject({
        cart: {
          baseAmount: 225,
          cartAmount: 204.55,
          lineItems: { physicalItems: [{ listPrice: 225, salePrice: 204.55 }] },
        },
        subtotal: 204.55,
        grandTotal: 204.55,
        taxTotal: 0,
      })
      await api.send('POST', `/v3/checkouts/${cart.id}/billing-address`, { body: austin })
      const placed = await submit(browser, cart.id, 'cod')
      expect(placed).toMatchObject({ status: 201, json: { data: { order: { isComplete: true } } } })
      const { orderId, status } = placed.json.data.order
      expect(status).toBe('ORDER_STATUS_AWAITING_PAYMENT')
      expect((await browser.send('GET', `/api/storefront/orders/${orderId}?include=payments`)).json).toMatchObject({
        status: 'AWAITING_PAYMENT',
        isComplete: true,
        orderAmount: 204.55,
        orderAmountAsInteger: 20_455,
        payments: [{ providerId: 'cod', amount: 204.55, detail: { step: 'INITIALIZE' } }],
      })
      const legacy = await api.send('GET', `/v2/orders/${orderId}`)
      expect(legacy.json).toMatchObject({ status_id: 7, total_inc_tax: '204.5500' })
    })

    it('G8: entered without tax, shown with two rates that do not compound', async () => {
      const { id } = await begin('g8', [lineOf('g8-A')])
      await api.send('POST', `/v3/checkouts/${id}/billing-address`, { body: austin })
      expect(await asStorefront(id)).toMatchObject({
        cart: {
          isTaxIncluded: true,
          baseAmount: 50,
          cartAmount: 62.5,
          lineItems: { physicalItems: [{ listPrice: 50, salePrice: 62.5 }] },
        },
        taxes: [{ amount: 5 }, { amount: 7.5 }],
        taxTotal: 12.5,
        grandTotal: 62.5,
      })
    })

    it('G9: a price by hand that holds 8.25 %, 15 % off the order', async () => {
      const cart = await begin('g9', [{ ...lineOf('g9-A', 2), list_price: 15 }])
      const server = await send(cart.id, linesOf(cart))
      expect(server).toMatchObject({
        cart: { base_amount: 30, discount_amount: 4.5, cart_amount_inc_tax: 25.5, cart_amount_ex_tax: 23.56 },
        tax_total: 1.94,
        subtotal_inc_tax: 30,
        subtotal_ex_tax: 27.72,
        grand_total: 25.5,
      })
      expect(server.consignments[0].available_shipping_options.map((one: { cost: number }) => one.cost)).toEqual([
        0, 5, 8,
      ])
    })
  })
})
