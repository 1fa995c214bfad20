import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { callBack, fillIn, sendPayments, transact } from './purchase.js'
import { checkoutPath, clientOf, demoKey, errorBody, type VtexClient } from './shop.js'

const login = '/api/vtexid/pub/authentication'
const form = { 'content-type': 'application/x-www-form-urlencoded' }

describeOnEachDatabase('people', getServer => {
  const newClient = () => clientOf(getServer)

  async function signIn(client: VtexClient, password = 'change123') {
    const body = new URLSearchParams({ login: 'customer@polytill.test', password }).toString()
    return client.send('POST', `${login}/classic/validate`, body, form)
  }

  it('POST /api/vtexid/pub/authentication/classic/validate signs in by password, which POST /api/vtexid/credential/validate and carts know', async () => {
    const client = newClient()
    // GET /api/vtexid/pub/authentication/start
    const start = await client.send('GET', '/api/vtexid/pub/authentication/start?scope=polytill')
    expect([start.status, start.json.showClassicAuthentication]).toEqual([200, true])
    const wrong = await signIn(client, 'guessed')
    expect([wrong.status, wrong.json.authStatus, wrong.json.authCookie]).toEqual([200, 'WrongCredentials', null])
    const right = await signIn(client)
    const token = right.json.authCookie.Value
    expect(right.json).toMatchObject({
      authStatus: 'Success',
      authCookie: { Name: 'VtexIdclientAutCookie_polytill', Value: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) },
      expiresIn: 86_399,
      userId: 'c0ffee00-0003-4a6b-9b61-000000000001',
    })
    const known = await newClient().send('POST', '/api/vtexid/credential/validate', { token })
    expect([known.status, known.json]).toEqual([
      200,
      {
        ...{ authStatus: 'Success', id: 'c0ffee00-0003-4a6b-9b61-000000000001', user: 'customer@polytill.test' },
        ...{ account: 'polytill', audience: 'webstore', tokenType: 'user' },
      },
    ])
    const none = await newClient().send('POST', '/api/vtexid/credential/validate', { token: `${token}x` })
    expect([none.status, none.json]).toEqual([401, { authStatus: 'WrongCredentials' }])
    const cart = await client.send('POST', `${checkoutPath}/orderForm`, {})
    expect(cart.json).toMatchObject({ loggedIn: true, clientProfileData: { firstName: 'Carla' } })
    const odd = await client.send('POST', `${login}/classic/validate`, 'x', { 'content-type': 'application/json' })
    expect(odd.status).toBe(400)
  })

  it('GET /api/sessions, POST /api/sessions and PATCH /api/sessions keep what a browser says, GET /api/segments tells it', async () => {
    const client = newClient()
    const made = await client.send('POST', '/api/sessions', { public: { country: { value: 'BRA' } } })
    expect(made.status).toBe(201)
    const { id } = made.json
    const [, payload = ''] = made.json.sessionToken.split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')).id).toBe(id)
    const patched = await client.send('PATCH', '/api/sessions', { public: { postalCode: { value: '22250040' } } })
    expect(patched.status).toBe(200)
    const read = await client.send('GET', '/api/sessions?items=public.country,checkout.regionId')
    expect(read.json).toMatchObject({
      id,
      namespaces: {
        store: { channel: { value: '1' }, countryCode: { value: 'BRA' }, currencyCode: { value: 'BRL' } },
        profile: { isAuthenticated: { value: 'false' } },
        checkout: { regionId: { value: expect.stringMatching(/^v2\./) } },
        public: { country: { value: 'BRA' }, postalCode: { value: '22250040' } },
      },
    })
    const segment = await client.send('GET', '/api/segments')
    expect(segment.json).toMatchObject({ channel: '1', currencySymbol: 'R$', countryCode: 'BRA', cultureInfo: 'pt-BR' })
    const refused = await client.send('POST', '/api/sessions', { public: 'x' })
    expect([refused.status, refused.json]).toEqual([400, errorBody('001', 'Bad request')])
    // Browsers drop a cookie of more than 4096 bytes, and the session with it.
    const heavy = await client.send('PATCH', '/api/sessions', { public: { note: { value: '\u6f22'.repeat(900) } } })
    expect([heavy.status, heavy.json]).toEqual([400, errorBody('001', 'Bad request')])
    const light = await client.send('PATCH', '/api/sessions', { public: { note: { value: '\u6f22'.repeat(600) } } })
    expect(light.status).toBe(200)
    expect(light.json.sessionToken.length).toBeLessThan(4_000)
    await signIn(client)
    expect((await client.send('GET', '/api/sessions')).json.namespaces.profile.email.value).toBe(
      'customer@polytill.test',
    )
  })

  it('GET /api/oms/user/orders and GET /api/oms/user/orders/:orderId are for who is signed in; GET /api/checkout/pub/orders too', async () => {
    const client = newClient()
    await signIn(client)
    const id = await client.begin([{ id: '18', quantity: 2 }])
    const value = await fillIn(client, id, { profile: { email: 'customer@polytill.test' } })
    const placed = await transact(client, id, value)
    expect(placed.status).toBe(200)
    const sale = { transactionId: placed.json.id, orderGroup: placed.json.orderGroup, value }
    await sendPayments(client, sale)
    await callBack(client, sale.orderGroup)
    const orderId = `${sale.orderGroup}-01`
    const elsewhere = newClient()
    await signIn(elsewhere)
    const list = await elsewhere.send('GET', '/api/oms/user/orders?page=1&per_page=5')
    expect(list.json).toMatchObject({
      list: [{ orderId, totalValue: 3200, clientName: 'Carla Customer', status: 'payment-approved', totalItems: 2 }],
      facets: [],
      paging: { total: 1, pages: 1, currentPage: 1, perPage: 5 },
    })
    const one = await elsewhere.send('GET', `/api/oms/user/orders/${orderId}`)
    expect(one.json).toMatchObject({
      ...{ orderId, orderGroup: sale.orderGroup, status: 'payment-approved', origin: 'Marketplace', value: 3200 },
      shippingData: {
        logisticsInfo: [{ selectedSla: 'Normal', price: 700, sellingPrice: 700, slas: [{ id: 'Normal' }] }],
      },
    })
    expect((await elsewhere.send('GET', `${checkoutPath}/orders`)).json).toMatchObject([{ orderId }])
    expect((await newClient().send('GET', '/api/oms/user/orders')).status).toBe(401)
    expect((await newClient().send('GET', `/api/oms/user/orders/${orderId}`)).status).toBe(401)

    // GET /api/oms/pvt/orders/:orderId and GET /api/oms/pvt/orders/order-group/:orderGroup are for keys
    const own = await newClient().send('GET', `/api/oms/pvt/orders/${orderId}`, undefined, demoKey)
    expect(own.json).toMatchObject({ orderId, clientProfileData: { firstName: 'Carla' } })
    const group = await newClient().send(
      'GET',
      `/api/oms/pvt/orders/order-group/${sale.orderGroup}`,
      undefined,
      demoKey,
    )
    expect(group.json).toEqual([own.json])
    const unknown = await newClient().send('GET', '/api/oms/pvt/orders/1-01', undefined, demoKey)
    expect([unknown.status, unknown.json]).toEqual([404, errorBody('CHK0201', 'Order not found')])
    for (const path of [orderId, `order-group/${sale.orderGroup}`]) {
      const closed = await client.send('GET', `/api/oms/pvt/orders/${path}`)
      expect([closed.status, closed.json]).toEqual([401, errorBody('ORD062', 'Unauthorized')])
    }
    // POST /api/oms/pvt/orders/:orderId/cancel
    expect((await client.send('POST', `/api/oms/pvt/orders/${orderId}/cancel`, {})).status).toBe(401)
    const canceled = await newClient().send('POST', `/api/oms/pvt/orders/${orderId}/cancel`, { reason: 'x' }, demoKey)
    expect([canceled.status, canceled.json.orderId]).toEqual([200, orderId])
  })
})
