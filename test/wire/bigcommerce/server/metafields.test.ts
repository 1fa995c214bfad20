import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { managementOver, mug } from '../management.js'
import { cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

describeOnEachDatabase('metafields of a cart', getServer => {
  const api = managementOver(getServer)
  const field = (changes: object = {}) => ({
    ...{ permission_set: 'app_only', namespace: 'Sales', key: 'Staff', value: 'Sam' },
    ...changes,
  })
  const otherApp = () =>
    getServer().operations.issueCredential({
      ...{ kind: 'api_key', subject: 'other-app', dialect: 'bigcommerce' },
      permissions: ['carts:read', 'carts:write', 'carts:admin', 'customers:read'],
      data: { storeHash: 'demo', scopes: ['store_cart'] },
    })
  const isTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/)

  it('POST /stores/:storeHash/v3/carts/:cartId/metafields and GET /stores/:storeHash/v3/carts/:cartId/metafields/:metafieldId keep one', async () => {
    const { id } = await api.newCart([mug])
    const made = await api.send('POST', `/v3/carts/${id}/metafields`, { body: field({ description: 'Who sold it' }) })
    expect(made.json).toEqual({
      data: {
        ...{ id: '1', permission_set: 'app_only', namespace: 'Sales', key: 'Staff', value: 'Sam' },
        ...{ description: 'Who sold it', resource_type: 'cart', resource_id: id, owner_client_id: expect.any(String) },
        ...{ date_created: isTime, date_modified: isTime },
      },
      meta: {},
    })
    expect((await api.send('GET', `/v3/carts/${id}/metafields/1`)).json).toEqual(made.json)
    const again = await api.send('POST', `/v3/carts/${id}/metafields`, { body: field({ value: 'Alex' }) })
    expect([again.status, again.json.title]).toEqual([409, 'The key is taken already.'])
    expect(JSON.stringify(await api.checkout(id))).not.toContain('Sam')
  })

  it('that cannot be read are left alone: the request fails, and nothing is lost', async () => {
    const { id } = await api.newCart([mug])
    const path = `/v3/carts/${id}/metafields`
    await api.send('POST', path, { body: field() })
    const { storage } = getServer()
    const read = await storage.carts.read({ id })
    if (read.cart === undefined) throw new Error('it is there')
    const strange = { metafields: [{ id: 7, of: 'a later version' }] }
    const spoiled = { ...read.cart, version: read.cart.version + 1, extras: { bigcommerce: strange } }
    expect(await storage.carts.save(spoiled, read.cart.version, [])).toBe('saved')
    for (const [method, body] of [['GET'], ['POST', field({ key: 'Other' })]] as const) {
      const answer = await api.send(method, path, body === undefined ? {} : { body })
      expect(answer).toMatchObject({ status: 500, json: { status: 500 } })
    }
    expect((await storage.carts.read({ id })).cart?.extras).toEqual({ bigcommerce: strange })
  })

  it('GET /stores/:storeHash/v3/carts/:cartId/metafields lists, filters and pages', async () => {
    const { id } = await api.newCart([mug])
    const path = `/v3/carts/${id}/metafields`
    expect((await api.send('GET', path)).json).toMatchObject({ data: [], meta: { pagination: { total: 0 } } })
    for (const key of ['a', 'b', 'c']) await api.send('POST', path, { body: field({ key }) })
    await api.send('POST', path, { body: field({ namespace: 'Stock', key: 'a' }) })
    const ids = async (query: string) =>
      (await api.send('GET', `${path}?${query}`)).json.data.map((one: { id: string }) => one.id)
    expect(await ids('')).toEqual(['1', '2', '3', '4'])
    expect(await ids('key=a')).toEqual(['1', '4'])
    expect(await ids('key=a&namespace=Stock')).toEqual(['4'])
    expect(await ids('limit=3&page=2')).toEqual(['4'])
    expect(await ids('direction=desc&limit=1')).toEqual(['4'])
  })

  it('PUT /stores/:storeHash/v3/carts/:cartId/metafields/:metafieldId and DELETE /stores/:storeHash/v3/carts/:cartId/metafields/:metafieldId change and remove one', async () => {
    const { id } = await api.newCart([mug])
    const path = `/v3/carts/${id}/metafields`
    await api.send('POST', path, { body: field() })
    await api.send('POST', path, { body: field({ key: 'Desk' }) })
    const changed = await api.send('PUT', `${path}/1`, { body: { value: 'Alex' } })
    expect(changed.json.data).toMatchObject({ id: '1', key: 'Staff', value: 'Alex' })
    expect((await api.send('PUT', `${path}/1`, { body: { key: 'Desk' } })).status).toBe(409)
    expect((await api.send('DELETE', `${path}/1`)).status).toBe(204)
    expect((await api.send('GET', `${path}/1`)).status).toBe(404)
    const next = await api.send('POST', path, { body: field() })
    expect(next.json.data.id).toBe('3')
  })

  it('are private to their app unless it says otherwise', async () => {
    const token = await otherApp()
    const { id } = await api.newCart([mug])
    const path = `/v3/carts/${id}/metafields`
    for (const permission_set of ['app_only', 'read', 'write']) {
      await api.send('POST', path, { body: field({ key: permission_set, permission_set }) })
    }
    const seen = await api.send('GET', path, { token })
    expect(seen.json.data.map((one: { key: string }) => one.key)).toEqual(['read', 'write'])
    const put = async (number: number) =>
      (await api.send('PUT', `${path}/${number}`, { token, body: { value: 'x' } })).status
    expect([await put(1), await put(2), await put(3)]).toEqual([404, 403, 200])
    expect((await api.send('DELETE', `${path}/2`, { token })).status).toBe(403)
    const own = await api.send('POST', path, { token, body: field({ key: 'app_only' }) })
    expect(own.json.data.owner_client_id).toBe('other-app')
  })

  it('are all there when many are written at once, and stay readable when the cart was ordered', async () => {
    const id = await readyCart(api, [mug])
    const path = `/v3/carts/${id}/metafields`
    const keys = Array.from({ length: 20 }, (_, at) => `k${at}`)
    const made = await Promise.all(keys.map(key => api.send('POST', path, { body: field({ key }) })))
    expect(new Set(made.map(answer => answer.json.data.id)).size).toBe(20)
    await pay(api, await newOrder(api, id), cashOnDelivery)
    expect((await api.send('GET', `${path}?limit=250`)).json.data).toHaveLength(20)
    expect((await api.send('POST', path, { body: field() })).status).toBe(404)
  })
})
