import { describe, expect, it } from 'vitest'
import {
  austin,
  type Browser,
  cartOf,
  describeStorefront,
  expectNotFound,
  expectProblem,
  goods,
  signedIn,
} from '../browser.js'

const hex13 = expect.stringMatching(/^[0-9a-f]{13}$/)
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)
const invalid = { status: 422, title: 'Unprocessable Entity', code: 'invalid' }

const guest = {
  id: 0,
  isGuest: true,
  email: '',
  firstName: '',
  lastName: '',
  fullName: '',
  addresses: [],
  storeCredit: 0,
  shouldEncourageSignIn: false,
}

describeStorefront("a browser's checkout", open => {
  /** Brewer and Coffeemaker, as in the demo store's figures. */
  async function twoMachines(browser: Browser): Promise<string> {
    return cartOf(browser, [
      { ...goods.brewer, quantity: 1 },
      { ...goods.coffeemaker, quantity: 1 },
    ])
  }

  const read = (browser: Browser, id: string, query = '') =>
    browser.send('GET', `/api/storefront/checkout/${id}${query}`)

  describe('GET /api/storefront/checkout/:cartId, GET /api/storefront/checkouts/:cartId', () => {
    it('shows the cart with every figure of the purchase', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const answer = await read(browser, id)
      expect(answer.status).toBe(200)
      const [cart] = (await browser.send('GET', '/api/storefront/carts')).json
      expect(answer.json).toEqual({
        id,
        cart,
        billingAddress: null,
        consignments: [],
        orderId: null,
        shippingCostTotal: 0,
        shippingCostBeforeDiscount: 0,
        comparisonShippingCost: 0,
        handlingCostTotal: 0,
        giftWrappingCostTotal: 0,
        taxTotal: 27.45,
        taxes: [{ name: 'Estimated tax', amount: 27.45 }],
        subtotal: 274.5,
        grandTotal: 301.95,
        outstandingBalance: 301.95,
        balanceDue: 301.95,
        isStoreCreditApplied: false,
        shouldExecuteSpamCheck: false,
        coupons: [],
        giftCertificates: [],
        discounts: [],
        fees: [],
        customer: guest,
        customerMessage: '',
        channelId: 1,
        createdTime: time,
        updatedTime: time,
        version: 1,
        displayDiscountTotal: 0,
        totalDiscount: 0,
        orderBasedAutoDiscountTotal: 0,
        manualDiscountTotal: 0,
      })
    })

    it('is the same, byte by byte, however often and under whichever name it is read', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const first = await read(browser, id)
      expect((await read(browser, id)).text).toBe(first.text)
      expect((await browser.send('GET', `/api/storefront/checkouts/${id}`)).text).toBe(first.text)
      expect((await read(browser, id.toUpperCase())).text).toBe(first.text)
    })

    it('shows what is asked for, and ignores what it does not know', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const include = [
        'cart.lineItems.physicalItems.options',
        'cart.lineItems.physicalItems.stockPosition',
        'cart.lineItems.physicalItems.categoryNames',
        'customer',
        'customer.customerGroup',
        'payments',
        'promotions.banners',
        'something.else',
      ]
      const { json } = await read(browser, id, `?include=${encodeURIComponent(include.join(','))}`)
      expect(json).toMatchObject({ payments: [], promotions: [], customer: { customerGroup: [] } })
      const [line] = json.cart.lineItems.physicalItems
      expect(line).toMatchObject({
        options: expect.any(Array),
        categoryNames: expect.any(Array),
        stockPosition: { quantityBackordered: 0, quantityOutOfStock: 0, backorderMessage: null },
      })
    })

    it('is 404 for strangers, for no id, and for one that is none', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const stranger = open()
      await cartOf(stranger, [{ ...goods.mug, quantity: 1 }])
      expectNotFound(await read(stranger, id))
      expectNotFound(await read(open(), id))
      expectNotFound(await read(browser, crypto.randomUUID()))
      expectNotFound(await read(browser, 'no-id'))
    })
  })

  describe.each(['PUT /api/storefront/checkout/:cartId', 'PUT /api/storefront/checkouts/:cartId'])('%s', route => {
    const put = (browser: Browser, id: string, body: object) =>
      browser.send('PUT', route.slice('PUT '.length).replace(':cartId', id), { body })

    it("keeps the customer's message", async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const answer = await put(browser, id, { customerMessage: 'Ring twice', version: 1 })
      expect(answer).toMatchObject({ status: 200, json: { customerMessage: 'Ring twice', version: 2 } })
      expect((await read(browser, id)).text).toBe(answer.text)
    })

    it('refuses none, one that is too long, an old version and strangers', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      expectProblem(await put(browser, id, {}), { ...invalid, detail: 'customerMessage required' })
      const long = await put(browser, id, { customerMessage: 'x'.repeat(2001) })
      expectProblem(long, { ...invalid, detail: 'customerMessage must be at most 2000 characters long' })
      expect((await put(browser, id, { customerMessage: 'x'.repeat(2000) })).status).toBe(200)
      expect((await put(browser, id, { customerMessage: 'late', version: 1 })).status).toBe(409)
      expectNotFound(await put(open(), id, { customerMessage: 'mine' }))
    })
  })

  describe('POST /api/storefront/checkouts/:cartId/billing-address', () => {
    const post = (browser: Browser, id: string, body: object) =>
      browser.send('POST', `/api/storefront/checkouts/${id}/billing-address`, { body })

    it('takes an e-mail address alone, as a guest begins; the cart’s mail goes there', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const answer = await post(browser, id, {
        email: 'ana@example.test',
        shouldSaveAddress: false,
        acceptsMarketingNewsletter: true,
      })
      expect(answer.status).toBe(200)
      const empty = { firstName: '', lastName: '', company: '', address1: '', address2: '', city: '', phone: '' }
      const nowhere = { stateOrProvince: '', stateOrProvinceCode: '', country: '', countryCode: '', postalCode: '' }
      expect(answer.json.billingAddress).toEqual({
        id: hex13,
        email: 'ana@example.test',
        ...empty,
        ...nowhere,
        customFields: [],
      })
      expect(answer.json).toMatchObject({
        cart: { email: 'ana@example.test' },
        customer: { ...guest, email: 'ana@example.test' },
      })
      expect(answer.json).toMatchObject({ taxTotal: 27.45, grandTotal: 301.95 })
    })

    it('names state and country from their codes, and takes the state by its name', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const address = { firstName: 'Ana', lastName: 'Ruiz', address1: '9 Elm St', city: 'Austin', postalCode: '78701' }
      for (const state of [{ stateOrProvince: 'Texas' }, { stateOrProvinceCode: 'TX' }, { stateOrProvince: 'TX' }]) {
        const answer = await post(browser, id, {
          ...address,
          ...state,
          countryCode: 'us',
          customFields: [{ fieldId: 'field_25', fieldValue: 7 }],
        })
        expect(answer.json.billingAddress).toMatchObject({
          ...address,
          stateOrProvince: 'Texas',
          stateOrProvinceCode: 'TX',
          country: 'United States',
          countryCode: 'US',
          customFields: [{ fieldId: 'field_25', fieldValue: 7 }],
        })
      }
    })

    it('keeps its id when it is replaced, and forgets what the former had', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const first = await post(browser, id, { email: 'ana@example.test', city: 'Austin', countryCode: 'US' })
      const second = await post(browser, id, { email: 'bob@example.test', address1: 'Elm' })
      expect(second.json.billingAddress).toMatchObject({
        email: 'bob@example.test',
        address1: 'Elm',
        city: '',
        countryCode: '',
      })
      expect(second.json.billingAddress.id).toBe(first.json.billingAddress.id)
    })

    it('stores a country that is none as no country', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const answer = await post(browser, id, { countryCode: 'USA', stateOrProvince: 'Texas' })
      expect(answer.json.billingAddress).toMatchObject({ country: '', countryCode: '', stateOrProvince: 'Texas' })
    })

    it('refuses members of another kind, an old version and strangers', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      expectProblem(await post(browser, id, { city: ['Austin'] }), { ...invalid, detail: 'city is invalid' })
      expect((await post(browser, id, { city: 'x'.repeat(256) })).status).toBe(422)
      expect((await post(browser, id, { city: 'Austin', version: 9 })).status).toBe(409)
      expectNotFound(await post(open(), id, { city: 'Austin' }))
      expect((await read(browser, id)).json.billingAddress).toBeNull()
    })
  })

  describe('PUT /api/storefront/checkouts/:cartId/billing-address/:addressId', () => {
    const put = (browser: Browser, id: string, address: string, body: object) =>
      browser.send('PUT', `/api/storefront/checkouts/${id}/billing-address/${address}`, { body })

    async function withAddress(browser: Browser) {
      const id = await twoMachines(browser)
      const body = {
        email: 'ana@example.test',
        city: 'Austin',
        stateOrProvinceCode: 'TX',
        countryCode: 'US',
        phone: '1',
      }
      const { json } = await browser.send('POST', `/api/storefront/checkouts/${id}/billing-address`, { body })
      return { id, address: json.billingAddress }
    }

    it('changes what is sent and leaves the rest', async () => {
      const browser = open()
      const { id, address } = await withAddress(browser)
      const changed = await put(browser, id, address.id, { firstName: 'Ana', phone: '', stateOrProvince: 'California' })
      expect(changed.json.billingAddress).toEqual({
        ...address,
        firstName: 'Ana',
        phone: '',
        stateOrProvince: 'California',
        stateOrProvinceCode: 'CA',
      })
    })

    it('takes the whole object back that it gave', async () => {
      const browser = open()
      const { id, address } = await withAddress(browser)
      const changed = await put(browser, id, address.id, {
        ...address,
        type: 'residential',
        label: 'x',
        shouldSaveAddress: false,
      })
      expect(changed.json.billingAddress).toEqual(address)
    })

    it('takes a customer’s first address under its id in the address book, and no second one', async () => {
      const browser = open()
      await signedIn(browser)
      const id = await twoMachines(browser)
      const first = await put(browser, id, '7', { ...austin, id: 7 })
      expect(first.status).toBe(200)
      expect(first.json.billingAddress).toMatchObject({ city: 'Austin', address1: '9 Elm St', countryCode: 'US' })
      expect(first.json.billingAddress.id).not.toBe(7)
      expect((await put(browser, id, '7', { ...austin, id: 7, city: 'Dallas' })).status).toBe(404)
      const bare = open()
      expect((await put(bare, await twoMachines(bare), '7', austin)).status).toBe(404)
    })

    it('is 404 for an address that is not there, and for strangers', async () => {
      const browser = open()
      const { id, address } = await withAddress(browser)
      const detail = 'The checkout has no such address.'
      const unknown = await put(browser, id, '5d484d668e5aa', { city: 'Dallas' })
      expectProblem(unknown, { status: 404, title: 'Not found', detail, code: 'not_found' })
      const bare = await cartOf(open(), [{ ...goods.mug, quantity: 1 }])
      expectNotFound(await put(browser, bare, address.id, { city: 'Dallas' }))
      expectNotFound(await put(open(), id, address.id, { city: 'Dallas' }))
      expect((await read(browser, id)).json.billingAddress).toEqual(address)
    })
  })

  describe('POST /api/storefront/checkouts/:cartId/spam-protection', () => {
    it('asks for no further check', async () => {
      const browser = open()
      const id = await twoMachines(browser)
      const post = (body: object) => browser.send('POST', `/api/storefront/checkouts/${id}/spam-protection`, { body })
      expect(await post({ token: 'x' })).toMatchObject({ status: 200, json: { id, shouldExecuteSpamCheck: false } })
      expectProblem(await post({}), { ...invalid, detail: 'token required' })
    })
  })

  it('POST /api/storefront/checkout/:cartId/event and POST /api/storefront/checkouts/:cartId/event are taken note of by nobody', async () => {
    const browser = open()
    const id = await twoMachines(browser)
    for (const path of ['checkout', 'checkouts']) {
      const answer = await browser.send('POST', `/api/storefront/${path}/${id}/event`, { body: { name: 'x' } })
      expect(answer).toMatchObject({ status: 204, text: '' })
    }
  })
})
