import { expect, it } from 'vitest'
import { takeToken } from '../../../../src/dialects/bigcommerce/single-use.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { managementOver, mug, notThere } from '../management.js'

describeOnEachDatabase('links into the storefront', getServer => {
  const api = managementOver(getServer)

  it('POST /stores/:storeHash/v3/carts/:cartId/redirect_urls gives three links, each usable once', async () => {
    const { id } = await api.newCart([mug])
    const answer = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: { query_params: { utm: 'a b' } } })
    expect(answer.status).toBe(201)
    const { cart_url, checkout_url, embedded_checkout_url } = answer.json.data
    const start = `${api.server.baseUrl}/cart.php?`
    expect(cart_url).toMatch(/&token=[0-9a-f]{64}&utm=a%20b$/)
    expect(cart_url.startsWith(`${start}action=load&id=${id}`)).toBe(true)
    expect(checkout_url.startsWith(`${start}action=loadInCheckout&id=${id}`)).toBe(true)
    expect(embedded_checkout_url.startsWith(`${start}embedded=1&action=loadInCheckout&id=${id}`)).toBe(true)
    const token = new URL(cart_url).searchParams.get('token') ?? ''
    const { operations } = api.server
    expect(await takeToken(operations, 'redirect', token)).toBe(id)
    expect(await takeToken(operations, 'redirect', token)).toBeUndefined()
    api.server.advance(31 * 24 * 3_600_000)
    const late = new URL(checkout_url).searchParams.get('token') ?? ''
    expect(await takeToken(operations, 'redirect', late)).toBeUndefined()
    api.server.advance(-31 * 24 * 3_600_000)
  })

  it('takes a list of pairs too; refuses an unknown cart and other parameters', async () => {
    const { id } = await api.newCart([mug])
    const post = (body: object, to = id) => api.send('POST', `/v3/carts/${to}/redirect_urls`, { body })
    const pairs = await post({ query_params: [{ key: 'a', value: 1 }] })
    expect(pairs.json.data.cart_url).toMatch(/&a=1$/)
    expect((await post({}, notThere)).status).toBe(404)
    expect((await post({ query_params: 'a=1' })).status).toBe(422)
  })

  it('POST /stores/:storeHash/v3/checkouts/:checkoutId/token gives a token of 64 digits', async () => {
    const { id } = await api.newCart([mug])
    const post = (body: object, to = id) => api.send('POST', `/v3/checkouts/${to}/token`, { body })
    const answer = await post({ maxUses: 1, ttl: 60 })
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ data: { checkoutToken: expect.stringMatching(/^[0-9a-f]{64}$/) }, meta: {} })
    expect(await takeToken(api.server.operations, 'redirect', answer.json.data.checkoutToken)).toBeUndefined()
    expect((await post({ ttl: 0 })).status).toBe(422)
    expect((await post({}, notThere)).status).toBe(404)
  })
})
