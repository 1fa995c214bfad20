import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { fault, wixOver } from './wix.js'

/** Every endpoint of carts and checkouts that asks who is there. */
const endpoints = [
  'POST /ecom/v1/checkouts',
  'GET /ecom/v1/checkouts/:id',
  'PATCH /ecom/v1/checkouts/:id',
  'GET /ecom/v1/checkouts/by-cart-id/:id',
  'GET /ecom/v1/checkouts/:id/checkout-url',
  'GET /ecom/v1/checkouts/:id/wix-checkout-url',
  'POST /ecom/v1/checkouts/:id/add-to-checkout',
  'POST /ecom/v1/checkouts/:id/update-line-items-quantity',
  'POST /ecom/v1/checkouts/:id/remove-line-items',
  'POST /ecom/v1/checkouts/:id/remove-coupon',
  'POST /ecom/v1/checkouts/:id/remove-gift-card',
  'POST /ecom/v1/checkouts/:id/remove-override-checkout-url',
  'POST /ecom/v1/checkouts/:id/mark-as-completed',
  'POST /ecom/v1/checkouts/:id/create-order',
  'POST /ecom/v1/checkouts/:id/create-order-and-charge',
  'GET /ecom/v1/carts/current',
  'PATCH /ecom/v1/carts/current',
  'DELETE /ecom/v1/carts/current',
  'POST /ecom/v1/carts/current/add-to-cart',
  'POST /ecom/v1/carts/current/update-line-items-quantity',
  'POST /ecom/v1/carts/current/remove-line-items',
  'POST /ecom/v1/carts/current/remove-coupon',
  'POST /ecom/v1/carts/current/estimate-totals',
  'POST /ecom/v1/carts/current/create-checkout',
  'POST /ecom/v1/carts',
  'GET /ecom/v1/carts/:id',
  'PATCH /ecom/v1/carts/:id',
  'DELETE /ecom/v1/carts/:id',
  'GET /ecom/v1/carts/by-checkout-id/:id',
  'POST /ecom/v1/carts/:id/add-to-cart',
  'POST /ecom/v1/carts/:id/update-line-items-quantity',
  'POST /ecom/v1/carts/:id/remove-line-items',
  'POST /ecom/v1/carts/:id/remove-coupon',
  'POST /ecom/v1/carts/:id/estimate-totals',
  'POST /ecom/v1/carts/:id/create-checkout',
  'POST /ecom/v1/carts/:id/remove-business-location',
  'GET /_api/ecom-cart/v1/carts/current',
  'PATCH /_api/ecom-cart/v1/carts/current',
  'DELETE /_api/ecom-cart/v1/carts/current',
  'POST /_api/ecom-cart/v1/carts/current/add-to-cart',
  'POST /_api/ecom-cart/v1/carts/current/update-line-items-quantity',
  'POST /_api/ecom-cart/v1/carts/current/remove-line-items',
  'POST /_api/ecom-cart/v1/carts/current/remove-coupon',
  'POST /_api/ecom-cart/v1/carts/current/estimate-totals',
  'POST /_api/ecom-cart/v1/carts/current/create-checkout',
  'POST /_api/ecom-cart/v1/carts',
  'GET /_api/ecom-cart/v1/carts/:id',
  'PATCH /_api/ecom-cart/v1/carts/:id',
  'DELETE /_api/ecom-cart/v1/carts/:id',
  'GET /_api/ecom-cart/v1/carts/by-checkout-id/:id',
  'POST /_api/ecom-cart/v1/carts/:id/add-to-cart',
  'POST /_api/ecom-cart/v1/carts/:id/update-line-items-quantity',
  'POST /_api/ecom-cart/v1/carts/:id/remove-line-items',
  'POST /_api/ecom-cart/v1/carts/:id/remove-coupon',
  'POST /_api/ecom-cart/v1/carts/:id/estimate-totals',
  'POST /_api/ecom-cart/v1/carts/:id/create-checkout',
  'POST /_api/ecom-cart/v1/carts/:id/remove-business-location',
  'POST /ecom/v1/calculate-totals',
  'POST /_api/totals-calculator/v1/calculate-totals',
] as const

const id = 'c0ffee00-0009-4a6b-9b61-000000000009'

describeOnEachDatabase('every endpoint', getServer => {
  const wix = wixOver(getServer)

  it.each(endpoints)('%s asks who is there, by both path families', async endpoint => {
    const [method = '', path = ''] = endpoint.split(' ')
    const body = method === 'POST' || method === 'PATCH' ? {} : undefined
    const answer = await wix.send(method, path.replace(':id', id), body === undefined ? {} : { body })
    expect(fault(answer)).toEqual([401, 'UNAUTHENTICATED'])
    expect(answer.headers['x-wix-request-id']).toMatch(/^\S{8,}$/)
    expect(answer.headers['content-type']).toBe('application/json')
  })

  it.each(endpoints.filter(each => each.includes(':id')))('%s wants a GUID', async endpoint => {
    const [method = '', path = ''] = endpoint.split(' ')
    const auth = await wix.visitor()
    const body = method === 'POST' || method === 'PATCH' ? {} : undefined
    const answer = await wix.send(method, path.replace(':id', 'nonsense'), {
      auth,
      ...(body === undefined ? {} : { body }),
    })
    expect(fault(answer)).toEqual([400, 'id FORMAT'])
    expect(answer.json.details.validationError.fieldViolations[0].description).toBe('is not a valid GUID')
  })

  it('GET /ecom/v1/checkouts/mark-checkout-as-completed-and-redirect-to-url wants a token', async () => {
    const path = '/ecom/v1/checkouts/mark-checkout-as-completed-and-redirect-to-url'
    expect(fault(await wix.send('GET', `${path}?token=nonsense`))).toEqual([401, 'UNAUTHENTICATED_TOKEN'])
    expect(fault(await wix.send('GET', path))).toEqual([401, 'UNAUTHENTICATED_TOKEN'])
  })

  it('browsers of other origins may ask with the headers that the SDK sends, and read the request id', async () => {
    const origin = 'https://shop.example'
    const asked = ['authorization', 'content-type', 'x-wix-bi-gateway', 'x-wix-consistent', 'wix-site-id']
    for (const endpoint of endpoints) {
      const [method = '', path = ''] = endpoint.split(' ')
      const preflight = await getServer().request('OPTIONS', path.replace(':id', id), {
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': asked.join(','),
        },
      })
      expect(preflight.status).toBe(200)
      expect(preflight.headers['access-control-allow-origin']).toMatch(/^(\*|https:\/\/shop\.example)$/)
      expect(preflight.headers['access-control-allow-methods']?.split(/,\s*/)).toContain(method)
      const allowed = preflight.headers['access-control-allow-headers']?.toLowerCase().split(/,\s*/)
      expect(allowed).toEqual(expect.arrayContaining(asked))
    }
    const headers = { origin, authorization: await wix.visitor() }
    const answer = await getServer().request('GET', '/ecom/v1/carts/current', { headers })
    const exposed = answer.headers['access-control-expose-headers']?.toLowerCase().split(/,\s*/)
    expect(exposed).toEqual(expect.arrayContaining(['x-wix-request-id', 'x-wix-consistent']))
  })

  it('a path or method that nobody knows is not found, in the same envelope', async () => {
    expect(fault(await wix.send('GET', '/ecom/v1/nothing'))).toEqual([404, 'NOT_FOUND'])
    expect(fault(await wix.send('DELETE', `/ecom/v1/checkouts/${id}`))).toEqual([404, 'NOT_FOUND'])
  })
})
