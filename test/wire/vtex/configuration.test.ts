import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { clientOf, demoKey, errorBody, expectError } from './shop.js'

const path = '/api/checkout/pvt/configuration'
const form = `${path}/orderForm`
const days = `${path}/window-to-change-seller`
const paymentConfiguration = { requiresAuthenticationForPreAuthorizedPaymentOption: false }

describeOnEachDatabase('the configuration of an account', getServer => {
  const send = (method: string, where: string, body?: unknown, headers: Readonly<Record<string, string>> = demoKey) =>
    clientOf(getServer).send(method, where, body, headers)

  async function weakKey() {
    const token = await getServer().operations.issueCredential({
      ...{ kind: 'api_key', subject: 'weak', dialect: 'vtex', permissions: ['carts:read'] },
      data: { appKey: 'weak', scopes: ['Read Shopping Cart'] },
    })
    return { 'X-VTEX-API-AppKey': 'weak', 'X-VTEX-API-AppToken': token }
  }

  it.each([
    ['GET', form],
    ['POST', form],
    ['PATCH', form],
    ['GET', days],
    ['POST', days],
  ])('%s %s is closed without a key, and to keys that lack the right', async (method, where) => {
    const body = method === 'GET' ? undefined : { paymentConfiguration, waitingTime: 9 }
    const nobody = await send(method, where, body, {})
    expect([nobody.status, nobody.json]).toEqual([401, errorBody('ORD062', 'Unauthorized')])
    const weak = await send(method, where, body, await weakKey())
    expect([weak.status, weak.json]).toEqual([403, errorBody('CHK003', 'Access denied')])
  })

  describe('POST /api/checkout/pvt/configuration/orderForm', () => {
    it('replaces every setting, at once for the next call: GET /api/checkout/pvt/configuration/orderForm', async () => {
      const first = await send('GET', form)
      expect(first.json).toMatchObject({
        minimumQuantityAccumulatedForItems: 1,
        decimalDigitsPrecision: 2,
        apps: [{ id: 'faststore', fields: ['cartEtag'], major: 1 }],
        recaptchaValidation: 'vtexCriteria',
      })
      const apps = [{ id: 'gifts', fields: ['note'], major: 2 }]
      const set = await send('POST', form, { paymentConfiguration, apps, allowManualPrice: true })
      expect([set.status, set.text]).toEqual([204, ''])
      expect((await send('GET', form)).json).toMatchObject({ apps, allowManualPrice: true })

      const client = clientOf(getServer)
      const id = await client.begin([{ id: '18', quantity: 1 }])
      const kept = await client.form(id, 'PUT', '/customData/gifts/note', { value: 'hi' })
      expect(kept.json.customData.customApps).toEqual([{ id: 'gifts', major: 2, fields: { note: 'hi' } }])
      expectError(await client.form(id, 'PUT', '/customData/other/note', { value: 'hi' }), 'CHK0090')
      expect((await client.form(id, 'PUT', '/items/0/price', { price: 900 })).json.items[0].sellingPrice).toBe(900)

      // PATCH /api/checkout/pvt/configuration/orderForm changes what is sent
      expect((await send('PATCH', form, { allowManualPrice: false })).status).toBe(204)
      expect((await send('GET', form)).json).toMatchObject({ apps, allowManualPrice: false })
      const refused = await client.form(id, 'PUT', '/items/0/price', { price: 800 })
      expectError(refused, 'CHK003')
      expect((await send('POST', form, { paymentConfiguration })).status).toBe(204)
      expect((await send('GET', form)).json).toMatchObject({ apps: null, allowManualPrice: null })
    })

    it.each([
      ['CHK0288', { paymentConfiguration: null }],
      ['ORD032', { paymentConfiguration, maxNumberOfWhiteLabelSellers: 0 }],
      ['ORD033', { paymentConfiguration, minimumQuantityAccumulatedForItems: 0 }],
      ['ORD034', { paymentConfiguration, decimalDigitsPrecision: 3 }],
      [
        'ORD035',
        {
          paymentConfiguration,
          apps: [
            { id: 'a', fields: [] },
            { id: 'a', fields: [] },
          ],
        },
      ],
      ['ORD036', { paymentConfiguration, minimumValueAccumulated: -1 }],
      ['ORD037', { paymentConfiguration, recaptchaValidation: 'sometimes' }],
    ])('refuses with %s what is wrong', async (code, body) => {
      const before = await send('GET', form)
      const refused = await send('POST', form, body)
      expectError(refused, code)
      expect((await send('GET', form)).json).toEqual(before.json)
    })
  })

  it('POST /api/checkout/pvt/configuration/window-to-change-seller sets the days that GET /api/checkout/pvt/configuration/window-to-change-seller tells', async () => {
    const first = await send('GET', days)
    expect([first.status, first.text, first.headers['content-type']]).toEqual([200, '2', 'text/plain; charset=utf-8'])
    const set = await send('POST', days, { waitingTime: 4 })
    expect([set.status, set.text]).toEqual([201, ''])
    expect((await send('GET', days)).text).toBe('4')
    for (const waitingTime of [-1, 32, 'soon', null]) {
      const refused = await send('POST', days, { waitingTime })
      expectError(refused, 'ORD040')
    }
    expect((await send('GET', days)).text).toBe('4')
  })
})
