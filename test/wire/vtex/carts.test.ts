import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { checkoutPath, clientOf, errorBody, expectError } from './shop.js'

describeOnEachDatabase('orderForms', getServer => {
  it('POST /api/checkout/pub/orderForm makes an empty cart, and its cookie brings it back', async () => {
    const client = clientOf(getServer)
    const made = await client.send('POST', `${checkoutPath}/orderForm`, '')
    expect(made.status).toBe(200)
    expect(made.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(made.json).toMatchObject({
      orderFormId: expect.stringMatching(/^[0-9a-f]{32}$/),
      salesChannel: '1',
      loggedIn: false,
      canEditData: true,
      value: 0,
      messages: [],
      items: [],
      totalizers: [],
      selectableGifts: [],
      sellers: [],
      clientProfileData: null,
      marketingData: null,
      clientPreferencesData: { locale: 'pt-BR', optinNewsLetter: null },
      storePreferencesData: {
        countryCode: 'BRA',
        timeZone: 'E. South America Standard Time',
        currencyCode: 'BRL',
        currencyLocale: 1046,
        currencySymbol: 'R$',
        currencyFormatInfo: {
          currencyDecimalDigits: 2,
          currencyDecimalSeparator: ',',
          currencyGroupSeparator: '.',
          currencyGroupSize: 3,
          startsWithCurrencySymbol: true,
        },
      },
      itemMetadata: { items: [] },
      ratesAndBenefitsData: { rateAndBenefitsIdentifiers: [], teaser: [] },
    })
    expect(client.cookies.get('checkout.vtex.com')).toBe(`__ofid=${made.json.orderFormId}`)
    // GET /api/checkout/pub/orderForm reads it by the cookie
    const again = await client.send('GET', `${checkoutPath}/orderForm/`)
    expect(again.json.orderFormId).toBe(made.json.orderFormId)
    const forced = await client.send('POST', `${checkoutPath}/orderForm?forceNewCart=true`, {})
    expect(forced.json.orderFormId).not.toBe(made.json.orderFormId)
    expect(client.cookies.get('checkout.vtex.com')).toBe(`__ofid=${forced.json.orderFormId}`)
  })

  it('GET /api/checkout/pub/orderForm/:orderFormId and POST /api/checkout/pub/orderForm/:orderFormId read a cart by its id', async () => {
    const id = await clientOf(getServer).begin([{ id: '18', quantity: 2 }])
    const stranger = clientOf(getServer)
    const read = await stranger.form(id, 'GET', '?refreshOutdatedData=true&sc=1')
    const posted = await stranger.form(id, 'POST', '/', { expectedOrderFormSections: ['items'] })
    expect(read.json).toMatchObject({ orderFormId: id, value: 2500 })
    expect(posted.json).toEqual(read.json)
    expect(Object.keys(posted.json)).toContain('shippingData')
  })

  it('an id that nobody knows becomes that of an empty cart; an id that is none is refused', async () => {
    const client = clientOf(getServer)
    const unknown = crypto.randomUUID().replaceAll('-', '')
    const read = await client.form(unknown, 'POST', '?refreshOutdatedData=true')
    expect(read.status).toBe(200)
    expect(read.json).toMatchObject({ orderFormId: unknown, items: [] })
    const filled = await client.form(unknown, 'POST', '/items', { orderItems: [{ id: 18, quantity: 1, seller: '1' }] })
    expect(filled.json).toMatchObject({ orderFormId: unknown, value: 1250 })
    const bad = await client.form('not-an-id', 'GET', '')
    expect([bad.status, bad.json]).toEqual([400, errorBody('ORD002', 'Invalid order form')])
    const never = await client.form(crypto.randomUUID(), 'POST', '/items/removeAll', {})
    expectError(never, 'ORD002')
  })

  it('a body that is no JSON is refused, a path that is none has a page', async () => {
    const client = clientOf(getServer)
    const broken = await client.send('POST', `${checkoutPath}/orderForm`, '{')
    expect([broken.status, broken.json]).toEqual([400, errorBody('001', 'Bad request')])
    const lost = await client.send('GET', `${checkoutPath}/nowhere`)
    expect(lost.status).toBe(404)
    expect(lost.headers['content-type']).toContain('text/html')
    expect(lost.text).toContain('404 Not Found')
  })

  it('a key that is wrong is refused, whatever is asked', async () => {
    const headers = { 'X-VTEX-API-AppKey': 'demo-vtex-key', 'X-VTEX-API-AppToken': 'guessed' }
    const answer = await clientOf(getServer).send('GET', `${checkoutPath}/orderForm`, undefined, headers)
    expect([answer.status, answer.json]).toEqual([401, errorBody('ORD062', 'Unauthorized')])
  })
})
