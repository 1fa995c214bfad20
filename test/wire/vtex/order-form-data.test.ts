import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { configure, importEntries } from './more-goods.js'
import { fillIn, transact } from './purchase.js'
import { checkoutPath, clientOf, errorBody, expectError } from './shop.js'

const mugs = [{ id: '18', quantity: 2 }]

describeOnEachDatabase('what else an orderForm holds', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      {
        kind: 'promotion',
        id: 'over',
        integerId: 2001,
        name: 'Over',
        channels: ['br'],
        benefits: [{ kind: 'percent_off_lines', rate: '50' }],
        coupons: [{ code: 'OVER', integerId: 2001, endsAt: '2020-01-01T00:00:00Z' }],
      },
      {
        kind: 'promotion',
        id: 'app-only',
        integerId: 2002,
        name: 'App only',
        channels: ['br'],
        conditions: [{ kind: 'marketing', field: 'source', values: ['app'] }],
        benefits: [{ kind: 'percent_off_lines', rate: '20' }],
      },
    ]),
  )

  describe('POST /api/checkout/pub/orderForm/:orderFormId/coupons', () => {
    it('sets codes, in any case, and takes them off with an empty text', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const { json } = await client.form(id, 'POST', '/coupons', { text: ' dez ' })
      expect(json).toMatchObject({ value: 2250, marketingData: { coupon: 'DEZ', utmSource: null, marketingTags: [] } })
      expect(json.items[0].priceTags).toEqual([
        {
          name: expect.stringMatching(/^discount@price-dez#/),
          identifier: 'dez',
          isPercentual: false,
          value: -250,
          rawValue: -2.5,
        },
      ])
      for (const text of ['', null]) {
        const gone = await client.form(id, 'POST', '/coupons', { text })
        expect(gone.json).toMatchObject({ value: 2500, marketingData: null })
      }
    })

    it('takes back what it told of a code that is good again', async () => {
      const [first, second] = [clientOf(getServer), clientOf(getServer)]
      const id = await first.begin(mugs)
      await first.form(id, 'POST', '/coupons', { text: 'ONCE' })
      const placed = await transact(first, id, await fillIn(first, id))
      const other = await second.begin(mugs)
      const taken = await second.form(other, 'POST', '/coupons', { text: 'ONCE' })
      expect(taken.json.messages).toMatchObject([{ code: 'couponNotFound', text: 'Cupom ONCE inválido' }])
      const cancel = `${checkoutPath}/orders/${placed.json.orderGroup}-01/user-cancel-request`
      expect((await first.send('POST', cancel, {})).status).toBe(200)
      const { json } = await second.form(other, 'POST', '/coupons', { text: 'ONCE' })
      expect([json.marketingData.coupon, json.messages]).toEqual(['ONCE', []])
    })

    it('tells of a code that is none or over, and keeps the good one', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const { json } = await client.form(id, 'POST', '/coupons', { text: 'NONE,OVER,DEZ' })
      expect(json.marketingData.coupon).toBe('DEZ')
      expect(json.messages).toEqual([
        { code: 'couponNotFound', text: 'Cupom NONE inválido', status: 'warning', fields: {} },
        { code: 'couponExpired', text: 'Cupom OVER expirado', status: 'warning', fields: {} },
      ])
      // POST /api/checkout/pub/orderForm/:orderFormId/messages/clear
      expect((await client.form(id, 'POST', '/messages/clear', {})).json.messages).toEqual([])
      expect((await client.form(id, 'GET', '')).json.messages).toEqual([])
      const loud = await client.form(id, 'POST', '/messages/clear', { all: true })
      expect([loud.status, loud.json]).toEqual([400, errorBody('001', 'Bad request')])
    })

    it('refuses what is no text', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      for (const body of [{}, { text: 5 }, { text: ['DEZ'] }]) {
        expect((await client.form(id, 'POST', '/coupons', body)).json).toEqual(errorBody('001', 'Bad request'))
      }
    })

    it('looks nothing up for more codes than a cart holds', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '18', quantity: 1 }])
      const { sql } = getServer().storage
      const refused = async (count: number) => {
        const before = sql.statementCount()
        const text = Array.from({ length: count }, (_, index) => `CODE${index}`).join()
        const answer = await client.form(id, 'POST', '/coupons', { text })
        expect([answer.status, answer.json.error.code]).toEqual([400, 'CHK0103'])
        return sql.statementCount() - before
      }
      // The cart is read for its language.
      expect(await refused(41)).toBe(1)
      expect(await refused(40)).toBeGreaterThan(1)
    })
  })

  describe('POST /api/checkout/pub/orderForm/:orderFormId/attachments/marketingData', () => {
    it('replaces the section, keeps the coupon, and runs promotions again', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      await client.form(id, 'POST', '/coupons', { text: 'DEZ' })
      const { json } = await client.form(id, 'POST', '/attachments/marketingData', {
        utmSource: 'app',
        utmiPage: 'home',
        marketingTags: ['vip'],
      })
      expect(json.marketingData).toEqual({
        utmSource: 'app',
        utmMedium: null,
        utmCampaign: null,
        utmipage: 'home',
        utmiPart: null,
        utmiCampaign: null,
        coupon: 'DEZ',
        marketingTags: ['vip'],
      })
      expect(json.value).toBe(1800)
      const replaced = await client.form(id, 'POST', '/attachments/marketingData', { utmMedium: 'mail', coupon: '' })
      expect(replaced.json.marketingData).toMatchObject({ utmSource: null, utmMedium: 'mail', coupon: null })
      expect(replaced.json.value).toBe(2500)
    })

    it.each([
      ['CHK0038', { utmSource: 'x'.repeat(201) }],
      ['CHK0143', { marketingTags: Array.from({ length: 51 }, (_, index) => `t${index}`) }],
      ['CHK0143', { marketingTags: 'vip' }],
    ])('%s', async (code, body) => {
      const client = clientOf(getServer)
      const id = await client.begin()
      const refused = await client.form(id, 'POST', '/attachments/marketingData', body)
      expectError(refused, code)
    })
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/attachments/clientPreferencesData keeps what is not mentioned', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(mugs)
    await client.form(id, 'POST', '/attachments/clientPreferencesData', { locale: 'en-US', optinNewsLetter: true })
    const partly = await client.form(id, 'POST', '/attachments/clientPreferencesData', { locale: 'en-US' })
    expect(partly.json.clientPreferencesData).toEqual({ locale: 'en-US', optinNewsLetter: true })
    expect(partly.json.totalizers[0].name).toBe('Items Total')
    const unset = await client.form(id, 'POST', '/attachments/clientPreferencesData', { optinNewsLetter: null })
    expect(unset.json.clientPreferencesData).toEqual({ locale: 'en-US', optinNewsLetter: null })
    const refused = await client.form(id, 'POST', '/attachments/clientPreferencesData', { optinNewsLetter: 'yes' })
    expectError(refused, 'CHK0203')
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/attachments/merchantContextData shows the attachment twice', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const salesAssociateData = { salesAssociateId: 'seller123' }
    const { json } = await client.form(id, 'POST', '/attachments/merchantContextData', { salesAssociateData })
    expect(json).toMatchObject({ orderFormId: id, salesAssociateData, merchantContextData: { salesAssociateData } })
    const long = { salesAssociateData: { salesAssociateId: 'x'.repeat(101) } }
    expectError(await client.form(id, 'POST', '/attachments/merchantContextData', long), 'CHK0099')
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/attachments/openTextField keeps a note', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const noted = await client.form(id, 'POST', '/attachments/openTextField', { value: 'Ring twice' })
    expect(noted.json.openTextField).toEqual({ value: 'Ring twice' })
    expect((await client.form(id, 'POST', '/attachments/openTextField', { value: null })).json.openTextField).toBeNull()
    const long = await client.form(id, 'POST', '/attachments/openTextField', { value: 'x'.repeat(2001) })
    expectError(long, 'CHK0017')
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/attachments/invoiceData needs a country', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const address = { postalCode: '22250-040', country: 'BRA', street: 'Rua A', number: '1', geoCoordinates: [] }
    const { json } = await client.form(id, 'POST', '/attachments/invoiceData', { address })
    expect(json.invoiceData.address).toMatchObject({ postalCode: '22250040', country: 'BRA', street: 'Rua A' })
    const refused = await client.form(id, 'POST', '/attachments/invoiceData', { address: { street: 'Rua A' } })
    expectError(refused, 'CHK0127')
    expectError(await client.form(id, 'POST', '/attachments/invoiceData', {}), '001')
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/attachments/subscriptionData needs items', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const plan = {
      type: 'RECURRING_PAYMENT',
      frequency: { interval: 1, periodicity: 'MONTH' },
      validity: { begin: '2026-12-01', end: '2027-12-01' },
    }
    const subscriptions = [{ itemIndex: 0, plan }]
    const early = await client.form(id, 'POST', '/attachments/subscriptionData', { subscriptions })
    expect(early.json.messages).toMatchObject([
      { code: 'subscriptionNotAllowedToOrderFormWithoutItens', status: 'info' },
    ])
    await client.form(id, 'POST', '/items', { orderItems: [{ id: '18', quantity: 1, seller: '1' }] })
    const { json } = await client.form(id, 'POST', '/attachments/subscriptionData', { subscriptions })
    expect(json.subscriptionData).toEqual({ subscriptions: [{ executionCount: 0, itemIndex: 0, plan }] })
    // DELETE /api/checkout/pub/orderForm/:orderFormId/attachments/subscriptionData
    const gone = await client.form(id, 'DELETE', '/attachments/subscriptionData', { subscriptions: [] })
    expect(gone.json.subscriptionData).toBeNull()
    const bad = await client.form(id, 'POST', '/attachments/subscriptionData', { subscriptions: [{ itemIndex: 0 }] })
    expectError(bad, '001')
    const beyond = await client.form(id, 'POST', '/attachments/subscriptionData', {
      subscriptions: [{ itemIndex: 4, plan }],
    })
    expectError(beyond, 'CHK0041')
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/attachments/:section refuses what is no section', async () => {
    const client = clientOf(getServer)
    const refused = await client.form(await client.begin(), 'POST', '/attachments/weatherData', {})
    expect([refused.status, refused.json]).toEqual([400, errorBody('CHK008', 'Section weatherData is not recognized')])
  })

  describe('custom data', () => {
    it('of the app that FastStore needs is there from the start', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      // PUT /api/checkout/pub/orderForm/:orderFormId/customData/:appId/:appFieldName
      const { json } = await client.form(id, 'PUT', '/customData/faststore/cartEtag', { value: 'etag-1' })
      expect(json.customData).toEqual({
        customApps: [{ id: 'faststore', major: 1, fields: { cartEtag: 'etag-1' } }],
        customFields: [],
      })
      // DELETE /api/checkout/pub/orderForm/:orderFormId/customData/:appId/:appFieldName
      expect((await client.form(id, 'DELETE', '/customData/faststore/cartEtag')).json.customData).toBeNull()
    })

    it('PUT /api/checkout/pub/orderForm/:orderFormId/customData/:appId sets several fields; what is not declared is refused', async () => {
      await configure(getServer(), { apps: [{ id: 'notes', fields: ['a', 'b'], major: 2 }] })
      const client = clientOf(getServer)
      const id = await client.begin()
      const { json } = await client.form(id, 'PUT', '/customData/notes', { a: 'one', b: 2 })
      expect(json.customData.customApps).toEqual([{ id: 'notes', major: 2, fields: { a: 'one', b: '2' } }])
      const field = await client.form(id, 'PUT', '/customData/notes', { a: 'x', c: 'y' })
      expect([field.status, field.json]).toEqual([400, errorBody('CHK0091', 'App key not found for id')])
      const app = await client.form(id, 'PUT', '/customData/diary/a', { value: 'x' })
      expect([app.status, app.json]).toEqual([400, errorBody('CHK0090', 'App id not found')])
      expectError(await client.form(id, 'PUT', '/customData/notes/a', {}), '001')
      expect((await client.form(id, 'GET', '')).json.customData.customApps[0].fields).toEqual({ a: 'one', b: '2' })
      await configure(getServer(), {})
    })
  })

  it('PUT /api/checkout/pub/orderForm/:orderFormId/customFields sets fields of the order, items and addresses', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(mugs)
    const address = { addressId: 'home', postalCode: '22250040', country: 'BRA' }
    const form = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [address] })
    const itemId: string = form.json.items[0].uniqueId
    const fields = [{ name: 'PO', value: '4711', refId: 'r1' }]
    const whole = await client.form(id, 'PUT', '/customFields', [
      { linkedEntity: { type: 'order', id: null }, fields },
      { linkedEntity: { type: 'item', id: itemId }, fields },
    ])
    expect(whole.json.customData.customFields).toEqual([
      { linkedEntity: { type: 'order', id: '' }, fields },
      { linkedEntity: { type: 'item', id: itemId }, fields },
    ])
    const heavy = Array.from({ length: 2_000 }, (_, index) => ({ name: `n${index}`, value: 'x' }))
    const refused = await client.form(id, 'PUT', '/customFields', [{ linkedEntity: { type: 'order' }, fields: heavy }])
    expect([refused.status, refused.json.error.code]).toEqual([400, 'CHK0099'])
    // PUT /api/checkout/pub/orderForm/:orderFormId/customFields/order
    await client.form(id, 'PUT', '/customFields/order', { name: 'PO', value: '4712' })
    // PUT /api/checkout/pub/orderForm/:orderFormId/customFields/item/:itemId
    await client.form(id, 'PUT', `/customFields/item/${itemId}`, { name: 'Cost', value: 'c1' })
    // PUT /api/checkout/pub/orderForm/:orderFormId/customFields/address/:addressId
    const last = await client.form(id, 'PUT', '/customFields/address/home', { name: 'Gate', value: '3' })
    expect(last.json.customData.customFields).toMatchObject([
      { linkedEntity: { type: 'order' }, fields: [{ name: 'PO', value: '4712', refId: '' }] },
      { linkedEntity: { type: 'item' }, fields: [{ name: 'PO' }, { name: 'Cost' }] },
      { linkedEntity: { type: 'address', id: 'home' }, fields: [{ name: 'Gate' }] },
    ])
    // DELETE /api/checkout/pub/orderForm/:orderFormId/customFields/item/:itemId
    const gone = await client.form(id, 'DELETE', `/customFields/item/${itemId}?fieldName=PO`)
    expect(gone.json.customData.customFields[2]).toMatchObject({
      linkedEntity: { type: 'item' },
      fields: [{ name: 'Cost' }],
    })
    const item = await client.form(id, 'PUT', `/customFields/item/${'0'.repeat(32)}`, { name: 'a', value: 'b' })
    expectError(item, 'CHK0022')
    const lost = await client.form(id, 'PUT', '/customFields/address/nowhere', { name: 'a', value: 'b' })
    expectError(lost, 'CHK0179')
    expectError(await client.form(id, 'PUT', '/customFields', { name: 'a' }), '001')
  })

  it('GET /api/checkout/pub/orderForm/:orderFormId/installments needs a system that the cart can be paid with', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    expectError(await client.form(id, 'GET', '/installments?paymentSystem=2'), 'CHK0152')
    expectError(await client.form(id, 'GET', '/installments'), 'CHK0203')
    await client.form(id, 'POST', '/items', { orderItems: [{ id: '18', quantity: 1, seller: '1' }] })
    expectError(await client.form(id, 'GET', '/installments?paymentSystem=99'), 'CHK0152')
    const { json } = await client.form(id, 'GET', '/installments?paymentSystem=17')
    expect(json).toMatchObject({ paymentSystem: 17, value: 1250, installments: [{ count: 1, total: 1250 }] })
  })

  it('GET /checkout/changeToAnonymousUser/:orderFormId keeps the items and forgets the person', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(mugs)
    await client.form(id, 'POST', '/attachments/clientProfileData', { email: 'ana@shop.example', firstName: 'Ana' })
    const moved = await client.send('GET', `/checkout/changeToAnonymousUser/${id}`, undefined, { accept: 'text/html' })
    expect([moved.status, moved.headers.location]).toEqual([302, `${getServer().baseUrl}/checkout/#/orderform`])
    const current = await client.send('GET', `${checkoutPath}/orderForm`)
    expect(current.json).toMatchObject({
      value: 2500,
      clientProfileData: null,
      loggedIn: false,
      items: [{ id: '18', quantity: 2 }],
    })
    expect(current.json.orderFormId).not.toBe(id)
    expect((await client.form(id, 'GET', '')).json.clientProfileData.firstName).toBe('Ana')
    // GET /api/checkout/changeToAnonymousUser/:orderFormId
    const json = await client.send('GET', `/api/checkout/changeToAnonymousUser/${'f'.repeat(32)}`)
    expect([json.status, json.json.items]).toEqual([200, []])
  })

  it('GET /checkout/cart/add puts what a link names into the cart', async () => {
    const client = clientOf(getServer)
    const link = await client.send('GET', '/checkout/cart/add?sku=18&qty=2&seller=1&sku=19&qty=1&seller=1&sc=1')
    expect(link.status).toBe(302)
    const { json } = await client.send('GET', `${checkoutPath}/orderForm`)
    expect(json).toMatchObject({ value: 6500, items: [{ id: '18' }, { id: '19' }] })
    expectError(await client.send('GET', '/checkout/cart/add?sku=18&qty=none'), 'CHK0023')
  })

  it('gifts, registries and check-in: what the store has none of stays as it is', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(mugs)
    // POST /api/checkout/pub/orderForm/:orderFormId/selectable-gifts/:listId
    const gift = await client.form(id, 'POST', '/selectable-gifts/list-1', {
      id: 'list-1',
      selectedGifts: [{ id: '19', seller: '1', index: 0 }],
    })
    expect(gift.json.messages).toMatchObject([{ code: 'GiftUnavailable', status: 'warning' }])
    expectError(await client.form(id, 'POST', '/selectable-gifts/list-1', { selectedGifts: 'mug' }), '001')
    // POST /api/checkout/pub/orderForm/:orderFormId/giftRegistry/:giftRegistryId/remove
    expect((await client.form(id, 'POST', '/giftRegistry/1/remove', {})).json.giftRegistryData).toBeNull()
    // POST /api/checkout/pub/orderForm/:orderFormId/checkIn
    const inside = await client.form(id, 'POST', '/checkIn', { isCheckedIn: true, storeId: 'rio' })
    expect(inside.json).toMatchObject({ isCheckedIn: true, storeId: 'rio' })
    const outside = await client.form(id, 'POST', '/checkIn', { isCheckedIn: false })
    expect(outside.json).toMatchObject({ isCheckedIn: false, storeId: null })
    expectError(await client.form(id, 'POST', '/checkIn', {}), 'CHK0203')
  })
})
