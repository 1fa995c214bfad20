import { expect, it } from 'vitest'
import { describeGlue, newEmail } from '../glue.js'

describeGlue('POST /token', glue => {
  const post = (form: Readonly<Record<string, string>>, guest?: string) =>
    glue.send('POST', '/token', {
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...(guest === undefined ? {} : { guest }),
    })
  const demo = { grant_type: 'password', username: 'customer@polytill.test', password: 'change123' }
  const pair = {
    token_type: 'Bearer',
    expires_in: 28_800,
    access_token: expect.any(String),
    refresh_token: expect.any(String),
  }

  it('grants by password, in plain JSON', async () => {
    const answer = await post({ ...demo, client_id: 'frontend', scope: 'x' })
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(answer.json).toEqual(pair)
    const own = await glue.send('GET', '/customers', { token: answer.json.access_token })
    expect(own.json.data[0].attributes.email).toBe('customer@polytill.test')
  })

  it('reads a name that no database takes as one that nobody has', async () => {
    for (const username of ['a%00b', 'a\0b']) {
      const body = `grant_type=password&username=${username}&password=x`
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await glue.send('POST', '/token', { body, headers })
      expect([answer.status, answer.json.error]).toEqual([400, 'invalid_grant'])
    }
  })

  it('grants by refresh token, its own and those of /access-tokens', async () => {
    const first = (await post(demo)).json.refresh_token
    const second = (await glue.newCustomer()).refreshToken
    for (const refresh_token of [first, second]) {
      const answer = await post({ grant_type: 'refresh_token', refresh_token })
      expect(answer.status).toBe(200)
      expect(answer.json).toEqual(pair)
    }
  })

  it.each([
    ['an unknown grant', { ...demo, grant_type: 'magic' }, 'invalid_grant', expect.any(String)],
    ['no grant', { username: 'a', password: 'b' }, 'invalid_grant', expect.any(String)],
    ['a wrong password', { ...demo, password: 'wrong' }, 'invalid_grant', 'The user credentials were incorrect.'],
    [
      'an unknown user',
      { ...demo, username: 'nobody@polytill.test\0' },
      'invalid_grant',
      'The user credentials were incorrect.',
    ],
    ['no password', { grant_type: 'password', username: 'a' }, 'invalid_request', expect.any(String)],
    ['no user', { grant_type: 'password', password: 'a' }, 'invalid_request', expect.any(String)],
    ['no refresh token', { grant_type: 'refresh_token' }, 'invalid_request', expect.any(String)],
    [
      'a bad refresh token',
      { grant_type: 'refresh_token', refresh_token: 'fake' },
      'invalid_request',
      'The refresh token is invalid.',
    ],
  ])('refuses %s', async (_, form, error, description) => {
    const answer = await post(form)
    expect(answer.status).toBe(400)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.json).toEqual({ error, error_description: description })
  })

  it('brings the cart of the guest header along', async () => {
    const shopper = await glue.newCustomer()
    const guest = newEmail()
    const line = { type: 'guest-cart-items', attributes: { sku: 'TEE-1', quantity: 1 } }
    await glue.send('POST', '/guest-cart-items', { data: line, guest })
    const form = { grant_type: 'password', username: shopper.email, password: shopper.password }
    const { json } = await post(form, guest)
    const carts = await glue.send('GET', '/carts?include=items', { token: json.access_token })
    expect(carts.json.included).toMatchObject([{ attributes: { sku: 'TEE-1', quantity: 1 } }])
  })
})
