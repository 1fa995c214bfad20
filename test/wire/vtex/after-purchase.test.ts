import { beforeAll, describe, expect, it } from 'vitest'
import { signingSecretName, writeShopperToken } from '../../../src/dialects/vtex/auth.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { configure, importEntries } from './more-goods.js'
import { ana, callBack, cardOf, fillIn, place, rio, sendPayments, transact, visa } from './purchase.js'
import { checkoutPath, clientOf, demoKey, errorBody, expectError, type VtexClient } from './shop.js'

const customerId = 'c0ffee00-0003-4a6b-9b61-000000000002'
const email = 'second@polytill.test'
const mugs = [{ id: '18', quantity: 2 }]

/** A key of the store that may do nothing. */
const poorKey = { 'X-VTEX-API-AppKey': 'poor-vtex-key', 'X-VTEX-API-AppToken': 'poor-vtex-token' }

describeOnEachDatabase('after a purchase', getServer => {
  const newClient = () => clientOf(getServer)

  beforeAll(() =>
    importEntries(getServer(), [
      {
        ...{ kind: 'credential', secret: 'poor-vtex-token', subject: 'poor-vtex-key' },
        ...{ dialect: 'vtex', permissions: [], data: { appKey: 'poor-vtex-key', scopes: [] } },
      },
    ]),
  )

  async function shopper(): Promise<VtexClient> {
    const secret = await getServer().operations.signingSecret(signingSecretName)
    const token = await writeShopperToken({ customerId, email, account: 'polytill' }, secret)
    const client = newClient()
    client.cookies.set('VtexIdclientAutCookie_polytill', token)
    return client
  }

  /** Buys two mugs; the order group. */
  async function buy(client: VtexClient, wishes: object, profile: object, address: object = rio): Promise<string> {
    const id = await client.begin(mugs)
    const value = await fillIn(client, id, { profile })
    await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [address] })
    const placed = await transact(client, id, value, wishes)
    expect(placed.status).toBe(200)
    const orderGroup: string = placed.json.orderGroup
    await sendPayments(client, { orderGroup, transactionId: placed.json.id, value })
    expect((await callBack(client, orderGroup)).status).toBe(204)
    return orderGroup
  }

  const profileOf = async (client: VtexClient) =>
    (await client.send('GET', `${checkoutPath}/profiles?email=${email}&ensureComplete=false`)).json

  describe('savePersonalData', () => {
    const typed = { ...ana, email, firstName: 'Segunda', lastName: 'Silva' }
    const home = { ...rio, receiverName: 'Segunda Silva', isDisposable: false }

    it('false leaves the profile of a shopper as it was', async () => {
      const client = await shopper()
      const before = await profileOf(client)
      await buy(client, { savePersonalData: false }, typed, home)
      expect(await profileOf(client)).toEqual(before)
    })

    it('true puts what is new into the profile, once, and no address that is for one purchase', async () => {
      const client = await shopper()
      const before = await profileOf(client)
      await buy(client, { savePersonalData: true }, typed, { ...home, isDisposable: true, street: 'Outra rua' })
      const named = await profileOf(client)
      expect(named.userProfile).toMatchObject({ firstName: 'Segunda', lastName: 'Silva', document: ana.document })
      expect(named.availableAddresses).toEqual(before.availableAddresses)
      const orderGroup = await buy(client, { savePersonalData: true }, typed, home)
      await callBack(client, orderGroup)
      await buy(client, { savePersonalData: true }, typed, home)
      const kept = (await profileOf(client)).availableAddresses
      expect(kept).toHaveLength(before.availableAddresses.length + 1)
      expect(kept.at(-1)).toMatchObject({ street: rio.street, receiverName: 'Segunda Silva', isDisposable: false })
    })

    it('true of somebody without a profile makes none', async () => {
      const client = newClient()
      const nobody = { ...ana, email: 'nobody@shop.example' }
      await buy(client, { savePersonalData: true, optinNewsLetter: true }, nobody)
      const found = await client.send('GET', `${checkoutPath}/profiles?email=nobody@shop.example&ensureComplete=false`)
      expect(found.json).toMatchObject({ userProfileId: null, userProfile: null })
    })
  })

  it('is asked of the shopper where the account says so: on the orderForm, and kept by it', async () => {
    const client = await shopper()
    const id = await client.begin(mugs)
    const preferences = (body: object) => client.form(id, 'POST', '/attachments/clientPreferencesData', body)
    const unasked = await preferences({ savePersonalData: true })
    expect(unasked.json.clientPreferencesData).toEqual({ locale: 'pt-BR', optinNewsLetter: null })
    await configure(getServer(), { savePersonalDataAsOptIn: true })
    const asked = (await client.form(id, 'GET', '')).json.clientPreferencesData
    expect(asked).toEqual({ locale: 'pt-BR', optinNewsLetter: null, savePersonalData: false, savePaymentData: false })
    expectError(await preferences({ savePersonalData: 'yes' }), 'CHK0203', 'savePersonalData', 'boolean')
    const wanted = await preferences({ savePersonalData: true })
    expect(wanted.json.clientPreferencesData).toMatchObject({ savePersonalData: true })
    const value = await fillIn(client, id, { profile: { ...ana, email, lastName: 'Optada' } })
    const bought = async (wishes: object) => {
      const placed = await transact(client, id, value, wishes)
      const { orderGroup, id: transactionId } = placed.json
      await sendPayments(client, { orderGroup, transactionId, value })
      expect((await callBack(client, orderGroup)).status).toBe(204)
    }
    await bought({})
    await configure(getServer(), {})
    expect((await profileOf(client)).userProfile).toMatchObject({ lastName: 'Optada' })
  })

  it('optinNewsLetter of a transaction stands on the order', async () => {
    const client = newClient()
    const group = await buy(client, { optinNewsLetter: true }, ana)
    const [order] = (await client.send('GET', `${checkoutPath}/orders/order-group/${group}`)).json
    expect(order.clientPreferencesData.optinNewsLetter).toBe(true)
  })

  describe('GET /api/oms/user/orders', () => {
    it('shows those that its query names', async () => {
      const client = await shopper()
      const kept = await buy(client, {}, { ...ana, email })
      const gone = await buy(client, {}, { ...ana, email })
      await client.send('POST', `${checkoutPath}/orders/${gone}-01/user-cancel-request`, { reason: 'x' })
      const list = async (query: string) => {
        const answer = await client.send('GET', `/api/oms/user/orders?per_page=50&${query}`)
        expect(answer.status).toBe(200)
        return answer.json.list.map((entry: { orderId: string }) => entry.orderId)
      }
      const [first, second] = [`${kept}-01`, `${gone}-01`]
      expect(await list('')).toEqual(expect.arrayContaining([first, second]))
      expect(await list('status=canceled')).toEqual([second])
      expect(await list('status=payment-approved')).toContain(first)
      expect(await list('status=payment-approved')).not.toContain(second)
      expect(await list('status=weather')).toEqual([])
      // Several, as `@faststore/api` 4.8.0 sends the boxes that are ticked in the list of orders.
      const several = await list('status=canceled%2Cpayment-approved,weather')
      expect(several).toEqual(expect.arrayContaining([first, second]))
      expect(await list('status=canceled,weather')).toEqual([second])
      expect(await list('status=payment-pending,weather')).not.toContain(first)
      expect(await list(`text=${kept}`)).toEqual([first])
      expect(await list(`text=${first}`)).toEqual([first])
      expect(await list(`clientEmail=${email}`)).toContain(first)
      expect(await list('clientEmail=other@shop.example')).toEqual([])
      const yesterday = new Date(Date.now() - 86_400_000).toISOString()
      const before = encodeURIComponent(`creationDate:[2020-01-01T00:00:00.000Z TO ${yesterday}]`)
      const since = encodeURIComponent(`creationDate:[${yesterday} TO 2099-01-01T00:00:00.000Z]`)
      expect(await list(`creation_date=${before}`)).toEqual([])
      expect(await list(`creation_date=${since}`)).toContain(first)
      const between = (from: string, to: string) => list(`creation_date=${encodeURIComponent(`[${from} TO ${to}]`)}`)
      expect(await between('-100000-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z')).toContain(first)
      expect(await between('+275760-09-13T00:00:00.000Z', '+275760-09-13T00:00:00.000Z')).toEqual([])
      expect(await between('0000-01-01', '0000-02-01')).toEqual([])
      for (const word of ['constructor', 'toString', '__proto__']) expect(await list(`status=${word}`)).toEqual([])
    })
  })

  describe('GET /api/oms/user/orders, by status,', () => {
    it('has every order under the status that it shows, and under no other', async () => {
      await importEntries(getServer(), [
        {
          ...{ kind: 'payment_method', channel: 'br', id: '97', integerId: 97, name: 'Transfer', provider: 'manual' },
          ...{ providerName: 'bankInvoicePaymentGroup', paymentKind: 'bank_transfer', position: 9 },
        },
      ])
      const client = await shopper()
      const bought = async (system: number, card: string | undefined, isFinished: boolean) => {
        const sale = await place(client, mugs, { system, profile: { ...ana, email } })
        const fields = card === undefined ? {} : { fields: cardOf(card) }
        await sendPayments(client, sale, { paymentSystem: system, ...fields })
        if (isFinished) expect((await callBack(client, sale.orderGroup)).status).toBe(204)
        return `${sale.orderGroup}-01`
      }
      const transfer = await bought(97, undefined, true)
      const open = await bought(97, undefined, false)
      const card = await bought(visa, '4111111111111111', true)
      const list = async (status: string): Promise<readonly { orderId: string; status: string }[]> =>
        (await client.send('GET', `/api/oms/user/orders?per_page=50&status=${status}`)).json.list
      const statuses = ['payment-pending', 'payment-approved', 'ready-for-handling', 'handling', 'invoiced', 'canceled']
      const lists = await Promise.all(statuses.map(list))
      lists.forEach((entries, index) => {
        expect(new Set(entries.map(({ status }) => status)).size).toBeLessThanOrEqual(1)
        expect(entries.every(({ status }) => status === statuses[index])).toBe(true)
      })
      const [pending = [], approved = []] = lists.map(entries => entries.map(({ orderId }) => orderId))
      expect(pending).toEqual(expect.arrayContaining([transfer, open]))
      expect(pending).not.toContain(card)
      expect(approved).toContain(card)
      expect(approved).not.toContain(transfer)
      const all = await list('')
      expect(lists.flat()).toHaveLength(all.length)
    })
  })

  describe('a transaction, for keys', () => {
    it('GET /api/pvt/transactions/:transactionId says where it stands, from start to end', async () => {
      const client = newClient()
      const sale = await place(client, mugs, { system: visa })
      const path = `/api/pvt/transactions/${sale.transactionId}`
      const read = async () => (await client.send('GET', path, undefined, demoKey)).json
      expect(await read()).toMatchObject({
        ...{ id: sale.transactionId, transactionId: sale.transactionId, status: 'Started', value: 3200 },
        ...{
          shopperInteraction: 'ecommerce',
          totalRefunds: 0,
          orderId: sale.orderGroup,
          salesChannel: '1',
          payments: { href: `${path}/payments` },
        },
      })
      await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf('4111111111111111') })
      await callBack(client, sale.orderGroup)
      expect((await read()).status).toBe('Approved')
      // GET /api/pvt/transactions/:transactionId/payments
      const all = await client.send('GET', `${path}/payments`, undefined, demoKey)
      expect(all.json).toMatchObject([
        {
          ...{ paymentSystem: visa, paymentSystemName: 'Visa', status: 'Approved', value: 3200, installments: 1 },
          ...{ currencyCode: 'BRL', referenceValue: 3200, installmentsValue: 3200, installmentsInterestRate: 0 },
          fields: expect.arrayContaining([{ name: 'lastDigits', value: '1111' }]),
        },
      ])
      expect(JSON.stringify(all.json)).not.toContain('4111111111111111')
      // GET /api/pvt/transactions/:transactionId/payments/:paymentId
      const one = await client.send('GET', `${path}/payments/${all.json[0].id}`, undefined, demoKey)
      expect([one.status, one.json]).toEqual([200, all.json[0]])
      const other = await client.send('GET', `${path}/payments/${'0'.repeat(32)}`, undefined, demoKey)
      expect([other.status, other.json]).toEqual([404, errorBody('CHK0169', 'Invalid payment')])
    })

    it('that was denied says so', async () => {
      const client = newClient()
      const sale = await place(client, mugs, { system: visa })
      await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf('4000000000000002') })
      await callBack(client, sale.orderGroup)
      const { json } = await client.send('GET', `/api/pvt/transactions/${sale.transactionId}`, undefined, demoKey)
      expect(json.status).toBe('Denied')
    })

    it.each(['', '/payments', `/payments/${'0'.repeat(32)}`])('is closed to others: %s', async rest => {
      const client = newClient()
      const { transactionId } = await place(client)
      const path = `/api/pvt/transactions/${transactionId}${rest}`
      const nobody = await client.send('GET', path)
      expect([nobody.status, nobody.json]).toEqual([401, errorBody('ORD062', 'Unauthorized')])
      const poor = await client.send('GET', path, undefined, poorKey)
      expect([poor.status, poor.json]).toEqual([403, errorBody('CHK003', 'Access denied')])
      for (const unknown of ['F'.repeat(32), 'none']) {
        const answer = await client.send('GET', `/api/pvt/transactions/${unknown}${rest}`, undefined, demoKey)
        expectError(answer, 'CHK0169')
      }
    })
  })

  describe('POST /api/vtexid/apptoken/login', () => {
    const path = '/api/vtexid/apptoken/login'

    it('gives a token that does what the key may, for a day', async () => {
      const client = newClient()
      const body = { appkey: 'demo-vtex-key', apptoken: 'demo-vtex-token' }
      const { status, json } = await client.send('POST', path, body)
      expect(status).toBe(200)
      expect(json).toEqual({ authStatus: 'Success', token: expect.any(String), expires: expect.any(Number) })
      const settings = '/api/checkout/pvt/configuration/orderForm'
      const byToken = await client.send('GET', settings, undefined, { VtexIdclientAutCookie: json.token })
      expect(byToken.status).toBe(200)
      expect((await client.send('GET', settings)).status).toBe(401)
      const whose = await client.send('POST', '/api/vtexid/credential/validate', { token: json.token })
      expect(whose.json).toEqual({
        ...{ authStatus: 'Success', id: 'demo-vtex-key', user: 'demo-vtex-key', account: 'polytill' },
        ...{ audience: 'admin', tokenType: 'appkey' },
      })
      getServer().advance(86_401_000)
      expect((await client.send('GET', settings, undefined, { VtexIdclientAutCookie: json.token })).status).toBe(401)
      getServer().advance(-86_401_000)
    })

    it('whose key is revoked ends with it', async () => {
      const { operations } = getServer()
      const client = newClient()
      const settings = '/api/checkout/pvt/configuration/orderForm'
      const apptoken = await operations.issueCredential({
        kind: 'api_key',
        subject: 'short-lived',
        dialect: 'vtex',
        permissions: ['settings:read'],
        data: { appKey: 'short-lived', scopes: ['Save OrderForm Configuration'] },
      })
      const { token } = (await client.send('POST', path, { appkey: 'short-lived', apptoken })).json
      expect((await client.send('GET', settings, undefined, { VtexIdclientAutCookie: token })).status).toBe(200)
      await operations.revokeCredentials({ kind: 'api_key', subject: 'short-lived' })
      expect((await client.send('GET', settings, undefined, { VtexIdclientAutCookie: token })).status).toBe(401)
    })

    it.each([
      {},
      { appkey: 'demo-vtex-key', apptoken: 'wrong' },
      { appkey: 'wrong', apptoken: 'demo-vtex-token' },
      { appkey: 'demo-vtex-key' },
    ])('%j is nobody', async body => {
      const answer = await newClient().send('POST', path, body)
      expect([answer.status, answer.json]).toEqual([401, { authStatus: 'WrongCredentials' }])
    })
  })
})
