import { expect, it } from 'vitest'
import { describeStorefront, expectInternalProblem, expectProblem, goods, readyCheckout, submit } from '../browser.js'
import { managementOver, mug } from '../management.js'

describeStorefront('cart settings', (open, server) => {
  const api = managementOver(server)
  const put = (body: object, path = '/v3/carts/settings', token?: string) =>
    api.send('PUT', path, { body, ...(token === undefined ? {} : { token }) })

  it('PUT /stores/:storeHash/v3/carts/settings stops shoppers from buying, and lets them again', async () => {
    // GET /stores/:storeHash/v3/carts/settings
    const before = await api.send('GET', '/v3/carts/settings')
    expect([before.status, before.json]).toEqual([200, { data: { allow_purchasing: true }, meta: {} }])
    const browser = open()
    const { id } = await readyCheckout(browser)
    const stopped = await put({ allow_purchasing: false })
    expect([stopped.status, stopped.json]).toEqual([200, { data: { allow_purchasing: false }, meta: {} }])
    const body = { lineItems: [{ ...goods.mug, quantity: 1 }] }
    const detail = 'This shop does not sell at the moment.'
    const refused = { status: 403, title: 'Forbidden', detail, code: 'catalog_only' }
    expectProblem(await open().send('POST', '/api/storefront/carts', { body }), refused)
    expectProblem(await browser.send('POST', `/api/storefront/carts/${id}/items`, { body }), refused)
    const { code: type, ...rest } = refused
    expectInternalProblem(await submit(browser, id, 'cod'), { ...rest, type })
    expect((await browser.send('GET', `/api/storefront/checkouts/${id}`)).status).toBe(200)
    await api.newCart([mug])
    await put({ allow_purchasing: true })
    expect((await submit(browser, id, 'cod')).status).toBe(201)
  })

  it('PUT /stores/:storeHash/v3/carts/settings/channels/:channelId is of that channel', async () => {
    const path = '/v3/carts/settings/channels/1'
    // GET /stores/:storeHash/v3/carts/settings/channels/:channelId
    expect((await put({ allow_purchasing: false }, path)).json.data).toEqual({ allow_purchasing: false })
    expect((await api.send('GET', path)).json.data).toEqual({ allow_purchasing: false })
    expect((await put({ allow_purchasing: true }, path)).status).toBe(200)
    for (const unknown of ['99', 'abc']) {
      const answer = await api.send('GET', `/v3/carts/settings/channels/${unknown}`)
      expect([answer.status, answer.json.errors]).toEqual([422, { channel_id: 'unknown' }])
      expect((await put({ allow_purchasing: true }, `/v3/carts/settings/channels/${unknown}`)).status).toBe(422)
    }
  })

  it('refuses other bodies, and tokens without the right', async () => {
    const answer = await put({ allow_purchasing: 'yes' })
    expect([answer.status, answer.json.errors]).toEqual([422, { allow_purchasing: 'must be of type boolean' }])
    expect((await put({})).status).toBe(422)
    const token = await api.server.operations.issueCredential({
      kind: 'api_key',
      subject: 'carts but no settings',
      dialect: 'bigcommerce',
      permissions: ['carts:read'],
      data: { storeHash: 'demo', scopes: ['store_cart'] },
    })
    expect((await put({ allow_purchasing: false }, '/v3/carts/settings', token)).status).toBe(403)
    expect((await api.send('GET', '/v3/carts/settings')).json.data).toEqual({ allow_purchasing: true })
  })
})
