import { describe, expect, it } from 'vitest'
import { austin, type Browser, cartOf, describeStorefront, expectNotFound, expectProblem, goods } from '../browser.js'

const hex13 = expect.stringMatching(/^[0-9a-f]{13}$/)
const hex32 = expect.stringMatching(/^[0-9a-f]{32}$/)
const invalid = { status: 422, title: 'Unprocessable Entity', code: 'invalid' }

const dallas = { ...austin, city: 'Dallas', postalCode: '75201' }
const options = '?include=consignments.availableShippingOptions'

interface Line {
  readonly id: string
  readonly quantity: number
  readonly sku: string
}

describeStorefront('where goods of a checkout go', open => {
  async function machines(browser: Browser) {
    const id = await cartOf(browser, [
      { ...goods.brewer, quantity: 1 },
      { ...goods.coffeemaker, quantity: 1 },
    ])
    const { json } = await browser.send('GET', `/api/storefront/checkout/${id}`)
    const lines: readonly Line[] = json.cart.lineItems.physicalItems
    return { id, lines }
  }

  const all = (lines: readonly Line[]) => lines.map(line => ({ itemId: line.id, quantity: line.quantity }))
  const post = (browser: Browser, id: string, body: object, query = options) =>
    browser.send('POST', `/api/storefront/checkouts/${id}/consignments${query}`, { body })
  const put = (browser: Browser, id: string, consignment: string, body: object) =>
    browser.send('PUT', `/api/storefront/checkouts/${id}/consignments/${consignment}${options}`, { body })

  describe('POST /api/storefront/checkouts/:cartId/consignments', () => {
    it('sends everything to one address, and offers what goes there', async () => {
      const browser = open()
      const { id, lines } = await machines(browser)
      const answer = await post(browser, id, [{ address: austin, lineItems: all(lines) }])
      expect(answer.status).toBe(200)
      const option = (description: string, cost: number, isRecommended: boolean) => ({
        id: hex32,
        type: 'shipping_flatrate',
        description,
        imageUrl: '',
        cost,
        costAfterDiscount: cost,
        transitTime: '',
        additionalDescription: '',
        isRecommended,
      })
      const address = { id: hex13, ...austin }
      expect(answer.json.consignments).toEqual([
        {
          id: hex13,
          shippingCost: 0,
          shippingCostBeforeDiscount: 0,
          comparisonShippingCost: 0,
          handlingCost: 0,
          couponDiscounts: [],
          discounts: [],
          lineItemIds: lines.map(line => line.id),
          selectedShippingOption: null,
          shippingAddress: address,
          address,
          availableShippingOptions: [option('Ship by Weight', 8, true), option('Flat Rate', 10, false)],
        },
      ])
      // 225 + 49.50 at 8.25 %, rounded once: demo-store figure 3
      expect(answer.json).toMatchObject({ taxTotal: 22.65, grandTotal: 297.15, shippingCostTotal: 0 })
      expect(answer.json.taxes).toEqual([{ name: 'Texas sales tax', amount: 22.65 }])
    })

    it('takes an address of empty texts, as pages send it while they load: nothing is offered', async () => {
      const browser = open()
      const { id, lines } = await machines(browser)
      const blank = Object.fromEntries(Object.keys(austin).map(name => [name, name === 'customFields' ? [] : '']))
      const answer = await post(browser, id, [{ address: blank, lineItems: all(lines) }])
      expect(answer.status).toBe(200)
      expect(answer.json.consignments).toMatchObject([{ availableShippingOptions: [], selectedShippingOption: null }])
    })

    // Source: bigcommerce/docs reference/checkouts.sf.yml, the request that creates consignments.
    it('sends goods by the option that is named, each consignment by its own', async () => {
      const browser = open()
      const { id, lines } = await machines(browser)
      const first = await post(browser, id, [{ address: austin, lineItems: all(lines) }])
      const [weight, flat] = first.json.consignments[0].availableShippingOptions
      const [one, other] = all(lines)
      const sent = await post(browser, id, [
        { address: austin, lineItems: [one], shippingOptionId: flat.id },
        { address: austin, lineItems: [other], shippingOptionId: weight.id },
      ])
      expect(sent.status).toBe(200)
      expect(sent.json.consignments).toMatchObject([
        { lineItemIds: [one?.itemId], selectedShippingOption: flat, shippingCost: 10 },
        { lineItemIds: [other?.itemId], selectedShippingOption: weight, shippingCost: 8 },
      ])
      // (274.50 + 18) at 8.25 %, rounded once
      expect(sent.json).toMatchObject({ shippingCostTotal: 18, taxTotal: 24.13, grandTotal: 316.63 })
      expect((await browser.send('GET', `/api/storefront/checkout/${id}${options}`)).json).toEqual(sent.json)
      const unchosen = await post(browser, id, [{ address: austin, lineItems: all(lines), shippingOptionId: '' }])
      expect(unchosen.json.consignments).toMatchObject([{ selectedShippingOption: null }])
    })

    it('refuses goods by an option that is not offered, and changes nothing', async () => {
      const browser = open()
      const { id, lines } = await machines(browser)
      const before = (await browser.send('GET', `/api/storefront/checkout/${id}`)).json
      const body = [{ address: austin, lineItems: all(lines), shippingOptionId: 'f'.repeat(32) }]
      const detail = 'Shipping option is not available'
      expectProblem(await post(browser, id, body), {
        status: 400,
        title: 'Bad Request',
        detail,
        code: 'shipping_option',
      })
      expect((await browser.send('GET', `/api/storefront/checkout/${id}`)).json).toEqual(before)
    })

    it('shows options only when asked', async () => {
      const browser = open()
      const { id, lines } = await machines(browser)
      const { json } = await post(browser, id, [{ shippingAddress: austin, lineItems: all(lines) }], '')
      expect(json.consignments).toHaveLength(1)
      expect(json.consignments[0]).not.toHaveProperty('availableShippingOptions')
    })

    it('sends goods to several addresses, and splits a line of which a part goes elsewhere', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.brewer, quantity: 3 }])
      const { json } = await browser.send('GET', `/api/storefront/checkout/${id}`)
      const [line] = json.cart.lineItems.physicalItems
      const split = await post(browser, id, [{ address: austin, lineItems: [{ itemId: line.id, quantity: 1 }] }])
      expect(split.json.cart.lineItems.physicalItems.map((one: Line) => one.quantity)).toEqual([2, 1])
      const part = split.json.cart.lineItems.physicalItems[1]
      expect(part.id).not.toBe(line.id)
      expect(split.json.consignments).toMatchObject([{ lineItemIds: [part.id] }])
      const both = await post(browser, id, [{ address: dallas, lineItems: [{ itemId: line.id, quantity: 2 }] }])
      expect(both.json.consignments).toMatchObject([{ lineItemIds: [part.id] }, { lineItemIds: [line.id] }])
      expect(both.json).toMatchObject({ subtotal: 675, cart: { cartAmount: 675 } })
    })

    it('refuses no items, unknown ones, too many pieces and what is not shipped', async () => {
      const browser = open()
      const { id, lines } = await machines(browser)
      await browser.send('POST', `/api/storefront/carts/${id}/items`, {
        body: { lineItems: [{ ...goods.journal, quantity: 1 }] },
      })
      const before = await browser.send('GET', `/api/storefront/checkout/${id}`)
      const [digital] = before.json.cart.lineItems.digitalItems
      const of = (itemId: string, quantity: number) => [{ address: austin, lineItems: [{ itemId, quantity }] }]
      expectProblem(await post(browser, id, []), { ...invalid, detail: 'body must not be empty' })
      expectProblem(await post(browser, id, [{ address: austin, lineItems: [] }]), {
        ...invalid,
        detail: '0.lineItems must not be empty',
      })
      expectProblem(await post(browser, id, [{ address: austin }]), { ...invalid, detail: '0.lineItems required' })
      const unknown = await post(browser, id, of(crypto.randomUUID(), 1))
      expectProblem(unknown, { ...invalid, detail: 'The cart has no such item.' })
      const many = await post(browser, id, of(lines[0]?.id ?? '', 2))
      const detail = 'You can only purchase a maximum of 1 of this item per order.'
      expectProblem(many, { status: 400, title: 'Bad Request', detail, code: 'invalid_quantity' })
      expect((await post(browser, id, of(digital.id, 1))).status).toBe(400)
      expectNotFound(await post(open(), id, of(lines[0]?.id ?? '', 1)))
      expect((await post(browser, id, [{ address: austin, lineItems: all(lines), version: 99 }])).status).toBe(409)
      expect((await browser.send('GET', `/api/storefront/checkout/${id}`)).text).toBe(before.text)
    })
  })

  describe('PUT /api/storefront/checkouts/:cartId/consignments/:consignmentId', () => {
    async function consigned(browser: Browser) {
      const { id, lines } = await machines(browser)
      const { json } = await post(browser, id, [{ address: austin, lineItems: all(lines) }])
      return { id, lines, consignment: json.consignments[0] }
    }

    it('chooses a shipping option', async () => {
      const browser = open()
      const { id, consignment } = await consigned(browser)
      const [weight] = consignment.availableShippingOptions
      const answer = await put(browser, id, consignment.id, { shippingOptionId: weight.id })
      expect(answer.status).toBe(200)
      expect(answer.json.consignments[0]).toMatchObject({ selectedShippingOption: weight, shippingCost: 8 })
      // (225 + 49.50 + 8) at 8.25 % = 23.30625
      expect(answer.json).toMatchObject({
        shippingCostTotal: 8,
        taxTotal: 23.31,
        grandTotal: 305.81,
        outstandingBalance: 305.81,
      })
      expect((await browser.send('GET', `/api/storefront/checkout/${id}${options}`)).text).toBe(answer.text)
    })

    it('sends the goods elsewhere: the choice stays while option and price do', async () => {
      const browser = open()
      const { id, lines, consignment } = await consigned(browser)
      await put(browser, id, consignment.id, { shippingOptionId: consignment.availableShippingOptions[0].id })
      const moved = await put(browser, id, consignment.id, { shippingAddress: dallas, lineItems: all(lines) })
      expect(moved.json.consignments).toMatchObject([{ id: consignment.id, address: { city: 'Dallas' } }])
      const abroad = { ...austin, countryCode: 'DE', stateOrProvince: '', stateOrProvinceCode: '', postalCode: '10115' }
      const gone = await put(browser, id, consignment.id, { address: abroad })
      expect(gone.json.consignments).toMatchObject([{ selectedShippingOption: null, availableShippingOptions: [] }])
      expect(gone.json).toMatchObject({ shippingCostTotal: 0, taxTotal: 0, grandTotal: 274.5 })
    })

    it('loses no change of several that come at once', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.brewer, quantity: 4 }])
      const { json } = await browser.send('GET', `/api/storefront/checkout/${id}`)
      const itemId = json.cart.lineItems.physicalItems[0].id
      const one = (city: string) => ({ address: { ...austin, city }, lineItems: [{ itemId, quantity: 1 }] })
      const made = await post(browser, id, ['A', 'B', 'C', 'D'].map(one))
      const found: readonly {
        readonly id: string
        readonly availableShippingOptions: readonly { readonly id: string }[]
      }[] = made.json.consignments
      expect(found).toHaveLength(4)
      const answers = await Promise.all(
        found.flatMap((each, index) => [
          put(browser, id, each.id, { shippingOptionId: each.availableShippingOptions[index % 2]?.id }),
          browser.send('POST', `/api/storefront/carts/${id}/items`, {
            body: { lineItems: [{ ...goods.mug, quantity: 1 }] },
          }),
        ]),
      )
      expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]))
      const read = await browser.send('GET', `/api/storefront/checkout/${id}`)
      const chosen = read.json.consignments.map(
        (each: { selectedShippingOption: { cost: number } }) => each.selectedShippingOption.cost,
      )
      expect(chosen).toEqual([8, 10, 8, 10])
      expect(read.json.shippingCostTotal).toBe(36)
      expect(read.json.cart.lineItems.physicalItems.at(-1)).toMatchObject({ sku: 'MUG-1', quantity: 4 })
    })

    it('refuses both kinds at once, neither, an option that is not offered and an unknown consignment', async () => {
      const browser = open()
      const { id, consignment } = await consigned(browser)
      const [weight] = consignment.availableShippingOptions
      const both = await put(browser, id, consignment.id, { shippingOptionId: weight.id, address: dallas })
      expectProblem(both, { ...invalid, detail: 'shippingOptionId must not stand beside an address or items' })
      expectProblem(await put(browser, id, consignment.id, {}), { ...invalid, detail: 'shippingOptionId required' })
      const other = await put(browser, id, consignment.id, { shippingOptionId: 'f'.repeat(32) })
      const detail = 'Shipping option is not available'
      expectProblem(other, { status: 400, title: 'Bad Request', detail, code: 'shipping_option' })
      const unknown = await put(browser, id, 'f'.repeat(13), { shippingOptionId: weight.id })
      const missing = 'The checkout has no such consignment.'
      expectProblem(unknown, { status: 404, title: 'Not found', detail: missing, code: 'not_found' })
      expectNotFound(await put(open(), id, consignment.id, { shippingOptionId: weight.id }))
      expect((await put(browser, id, consignment.id, { shippingOptionId: weight.id, version: 99 })).status).toBe(409)
      const read = await browser.send('GET', `/api/storefront/checkout/${id}`)
      expect(read.json.consignments[0].selectedShippingOption).toBeNull()
    })
  })

  describe('DELETE /api/storefront/checkouts/:cartId/consignments/:consignmentId', () => {
    it('leaves the lines without a destination, parts of one line together again', async () => {
      const browser = open()
      const id = await cartOf(browser, [{ ...goods.brewer, quantity: 2 }])
      const { json } = await browser.send('GET', `/api/storefront/checkout/${id}`)
      const itemId = json.cart.lineItems.physicalItems[0].id
      const made = await post(browser, id, [{ address: austin, lineItems: [{ itemId, quantity: 1 }] }])
      const path = `/api/storefront/checkouts/${id}/consignments/${made.json.consignments[0].id}`
      const left = await browser.send('DELETE', path)
      expect(left).toMatchObject({ status: 200, json: { consignments: [] } })
      expect(left.json.cart.lineItems.physicalItems).toMatchObject([{ id: itemId, quantity: 2 }])
      const detail = 'The checkout has no such consignment.'
      expectProblem(await browser.send('DELETE', path), { status: 404, title: 'Not found', detail, code: 'not_found' })
      expectNotFound(await open().send('DELETE', path))
    })
  })

  it('a free offer of a coupon stands first, and what was chosen has to be chosen again', async () => {
    const browser = open()
    const { id, lines } = await machines(browser)
    const made = await post(browser, id, [{ address: austin, lineItems: all(lines) }])
    const [
      {
        id: consignment,
        availableShippingOptions: [weight],
      },
    ] = made.json.consignments
    await put(browser, id, consignment, { shippingOptionId: weight.id })
    const body = { couponCode: 'FREESHIP' }
    const free = await browser.send('POST', `/api/storefront/checkouts/${id}/coupons${options}`, { body })
    const offers = free.json.consignments[0].availableShippingOptions
    expect(offers.map((offer: { cost: number; isRecommended: boolean }) => [offer.cost, offer.isRecommended])).toEqual([
      [0, true],
      [8, false],
      [10, false],
    ])
    expect(free.json.consignments[0].selectedShippingOption).toBeNull()
    expect(free.json).toMatchObject({ shippingCostTotal: 0, grandTotal: 297.15 })
  })
})
