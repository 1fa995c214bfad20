import { expect, it } from 'vitest'
import { describeGlue, expectError } from '../glue.js'

describeGlue('what all endpoints share', glue => {
  const demo = { username: 'customer@polytill.test', password: 'change123' }

  it('answers 404 without a code where nothing is', async () => {
    expectError(await glue.send('GET', '/customers/DE--1/unknown'), 404, undefined, 'Not Found')
    expectError(await glue.send('POST', '/customers/DE--1'), 404, undefined, 'Not Found')
    expectError(await glue.send('PUT', '/customers'), 404, undefined, 'Not Found')
  })

  it('negotiates the language and echoes the version of the media type', async () => {
    const headers = { 'accept-language': 'de, en;q=0.9', 'content-type': 'application/vnd.api+json; version=1.0' }
    const answer = await glue.send('GET', '/stores', { headers })
    expect(answer.headers['content-language']).toBe('de_DE')
    expect(answer.headers['content-type']).toBe('application/vnd.api+json; version=1.0')
  })

  it('keeps only the attributes that were asked for', async () => {
    const { json } = await glue.send('GET', '/stores/DE?fields[stores]=timeZone,defaultCurrency')
    expect(json.data.attributes).toEqual({ timeZone: 'Europe/Berlin', defaultCurrency: 'EUR' })
  })

  it('takes empty headers for absent ones', async () => {
    const headers = { authorization: '', 'x-anonymous-customer-unique-id': '' }
    expect((await glue.send('GET', '/stores', { headers })).status).toBe(200)
    expectError(await glue.send('GET', '/customers', { headers }), 403, '002', 'Missing access token.')
  })

  it('refuses a page that is none, in plain text', async () => {
    const answer = await glue.send('GET', '/stores?page[offset]=0&page[limit]=0')
    expect(answer.status).toBe(400)
    expect(answer.text).toBe('Pagination parameters are invalid.')
  })

  it('sends the security headers of the platform', async () => {
    const { headers } = await glue.send('GET', '/stores')
    expect(headers).toMatchObject({
      'x-frame-options': 'SAMEORIGIN',
      'x-content-type-options': 'nosniff',
      'x-xss-protection': '1; mode=block',
      'referrer-policy': 'same-origin',
      'content-security-policy': "frame-ancestors 'self'",
    })
    expect(headers['set-cookie']).toBeUndefined()
  })

  it('does not trip over texts that no database keeps', async () => {
    const body = JSON.stringify({ data: { type: 'access-tokens', attributes: { ...demo, username: 'a\0b' } } })
    expectError(await glue.send('POST', '/access-tokens', { body }), 400, undefined, 'Post data is invalid.')
    const { accessToken: token } = await glue.signIn(demo.username, demo.password)
    expectError(await glue.send('GET', '/customers/DE--1%00', { token }), 400, undefined, 'Bad Request')
  })

  it('lets a browser of another origin order, also where a page shares the path', async () => {
    const asked = (method: string) => ({
      origin: 'https://shop.example.test',
      'access-control-request-method': method,
      'access-control-request-headers': 'content-type,x-anonymous-customer-unique-id',
    })
    for (const path of ['/checkout', '/checkout-data', '/guest-cart-items', '/token']) {
      const answer = await glue.server().request('OPTIONS', path, { headers: asked('POST') })
      expect(answer.status).toBe(200)
      expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example.test')
      expect(answer.headers['access-control-allow-credentials']).toBe('true')
      expect(answer.headers['access-control-allow-methods']).toContain('POST')
      expect(answer.headers['access-control-allow-headers']).toBe(
        'accept, content-type, content-language, accept-language, authorization, X-Anonymous-Customer-Unique-Id, If-Match, Idempotency-Key, Store',
      )
    }
  })
})
